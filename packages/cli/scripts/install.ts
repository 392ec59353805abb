/*
 * Puts `todo` on the PATH: packs this package as it would be published, and installs the tarball globally with npm.
 * Nothing is fetched, since it has no dependencies.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs"
import { homedir, tmpdir } from "node:os"
import { delimiter, join, resolve, sep } from "node:path"
import { parseArgs } from "node:util"
import packageJson from "../package.json" with { type: "json" }
import { makeFolder } from "../src/client/MakeFolder.ts"

const usage = "Usage: npm run install-cli [-- --prefix <folder>]"
const root = join(import.meta.dirname, "..")
const { INIT_CWD: here = process.cwd(), npm_execpath: npmProgram, npm_node_execpath: node, PATH = "" } = process.env

/** Ends with what is wrong, a line each. */
const refuse = (exitCode: number, ...lines: ReadonlyArray<string>): never => {
  console.error(lines.join("\n"))
  process.exit(exitCode)
}

const parsed = () => {
  try {
    return parseArgs({ options: { prefix: { type: "string" }, help: { type: "boolean", short: "h" } } }).values
  } catch (error) {
    const [what = ""] = String(error instanceof Error ? error.message : error).split("\n")
    return refuse(2, what, usage)
  }
}

/** Where to put it, as npm's option; npm's own choice where nothing is said. */
const prefixOption = (prefix: string | undefined): ReadonlyArray<string> => {
  if (prefix === undefined) return []
  if (prefix === "") return refuse(2, "--prefix takes a folder", usage)
  // A shell leaves the ~ of `--prefix=~/.local` as it is.
  return ["--prefix", resolve(here, prefix.replace(/^~(?=\/|$)/, homedir()))]
}

/**
 * Runs npm and answers its stdout. With the Node that npm runs on, and not that of this install: its global folder is
 * beside that Node.
 */
const npm = (...args: ReadonlyArray<string>): string => {
  const [program, before] = npmProgram?.endsWith("npm-cli.js") === true && node !== undefined
    ? [node, [npmProgram]]
    : ["npm", []]
  const { error, status, stdout } = spawnSync(program, [...before, ...args], {
    cwd: root,
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
    makeFolder(folder)
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

const install = (options: ReadonlyArray<string>) => {
  // Packing bundles it first.
  const ownObstacle = obstacleIn(root)
  if (ownObstacle !== undefined) {
    refuse(1, `The checkout ${root} cannot be written to (${ownObstacle}): its owner has to do this.`)
  }

  const prefix = npm("prefix", "--global", ...options)
  for (const folder of [npm("root", "--global", ...options), join(prefix, "bin")]) {
    const obstacle = obstacleIn(folder)
    if (obstacle === undefined) continue
    refuse(
      1,
      `npm's global folder ${folder} cannot be written to (${obstacle}). Take one of your own:`,
      "",
      "  npm run install-cli -- --prefix ~/.local",
      "",
      "and have its programs on the PATH: export PATH=\"$HOME/.local/bin:$PATH\""
    )
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

const { help, prefix } = parsed()
if (help === true) console.log(usage)
else install(prefixOption(prefix))
