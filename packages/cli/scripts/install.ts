/*
 * Puts `todo` on the PATH: packs this package as it would be published, and installs the tarball globally with npm.
 * Nothing is fetched, since it has no dependencies. What comes after `--` is npm's:
 *
 *   npm run install-cli [-- --prefix ~/.local]
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join, sep } from "node:path"
import packageJson from "../package.json" with { type: "json" }

const options = process.argv.slice(2)
const { npm_execpath: npmProgram, npm_node_execpath: node, PATH = "" } = process.env

/**
 * Runs npm and answers its stdout. With the Node that npm runs on, and not that of this install: its global folder is
 * beside that Node.
 */
const npm = (...args: ReadonlyArray<string>): string => {
  const [program, before] = npmProgram?.endsWith("npm-cli.js") === true && node !== undefined
    ? [node, [npmProgram]]
    : ["npm", []]
  const { error, status, stdout } = spawnSync(program, [...before, ...args], {
    cwd: join(import.meta.dirname, ".."),
    stdio: ["inherit", "pipe", "inherit"],
    encoding: "utf8"
  })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
  return stdout.trim()
}

/** Why nothing can be put into a folder, which may not be there yet; undefined where it can. */
const obstacleIn = (folder: string): string | undefined => {
  try {
    mkdirSync(folder, { recursive: true })
    rmSync(mkdtempSync(join(folder, ".todo-")), { recursive: true })
    return undefined
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error)
  }
}

/** The program that a shell finds as `todo`. npm puts those of the checkout before the others, for its scripts alone. */
const found = () =>
  PATH.split(delimiter)
    .filter((folder) => !folder.split(sep).includes("node_modules"))
    .map((folder) => join(folder, "todo"))
    .find((file) => existsSync(file))

const install = () => {
  const prefix = npm("prefix", "--global", ...options)
  for (const folder of [npm("root", "--global", ...options), join(prefix, "bin")]) {
    const obstacle = obstacleIn(folder)
    if (obstacle === undefined) continue
    console.error([
      `npm's global folder ${folder} cannot be written to (${obstacle}). Take one of your own:`,
      "",
      "  npm run install-cli -- --prefix ~/.local",
      "",
      "and have its programs on the PATH: export PATH=\"$HOME/.local/bin:$PATH\""
    ].join("\n"))
    process.exit(1)
  }

  const scratch = mkdtempSync(join(tmpdir(), "todo-cli-"))
  try {
    npm("pack", "--silent", "--pack-destination", scratch)
    const tarballs = readdirSync(scratch).map((file) => join(scratch, file))
    npm("install", "--global", "--silent", "--offline", "--no-audit", "--no-fund", ...options, ...tarballs)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }

  const program = join(prefix, "bin", "todo")
  console.log(`todo ${packageJson.version} is installed: ${program}`)
  const first = found()
  if (first === undefined || realpathSync(first) !== realpathSync(program)) {
    console.log(
      first === undefined
        ? "It is not on the PATH yet:"
        : `Another program of that name comes before it on the PATH, ${first}. To have this one first:`
    )
    console.log(`\n  export PATH="${join(prefix, "bin")}:$PATH"\n`)
  }
}

install()
