/*
 * Makes a checkout ready to run: installs what the lock file names, and bundles the client and the service. Each is done
 * only where something of it has changed, so that a second `npm start` neither waits nor asks the network.
 *
 * Plain JavaScript, for Node 20 and without a package: it runs before there is another Node, or any package.
 */
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { accessSync, constants, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (path) => join(root, path)

const pnpm = "pnpm@12.21.0"
const packages = readdirSync(at("packages"))
  .map((name) => `packages/${name}`)
  .filter((path) => existsSync(at(`${path}/package.json`)))
const bundled = ["packages/cli", "packages/api"]

const filesIn = (path) => {
  if (!existsSync(path)) return []
  return statSync(path).isDirectory()
    ? readdirSync(path).toSorted().flatMap((name) => filesIn(join(path, name)))
    : [path]
}

/** A hash of files and folders, by name and content. Their times say nothing: git sets them anew. */
const fingerprint = (paths, ...facts) => {
  const hash = createHash("sha256").update(facts.join("\0"))
  for (const file of paths.flatMap((path) => filesIn(at(path)))) {
    const content = readFileSync(file)
    hash.update(`\0${relative(root, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest("hex")
}

/** The major version of the Node that npm runs on; inside a script of npm's, `node` is that of the install. */
const nodeMajor = /node\/v(\d+)/.exec(process.env.npm_config_user_agent)?.[1] ?? process.versions.node.split(".")[0]

/** All that decides what an install brings. */
const install = fingerprint(
  [
    "package.json",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "patches",
    ...packages.map((path) => `${path}/package.json`)
  ],
  pnpm,
  process.platform,
  process.arch,
  nodeMajor
)

/** A bundle together with its sources: one that is of other sources, or was made by half, has another. */
const bundleOf = (path) =>
  fingerprint(
    [
      ...["dist", "src", "package.json", "scripts/bundle.ts", "scripts/notices.ts"].map((part) => `${path}/${part}`),
      "packages/domain/src",
      // What `todo skill` prints is beside it.
      "docs/agents.md"
    ],
    install
  )

/** What was done last, and of what. It goes with the folder that it is about. */
const recordFile = at("node_modules/.todo-setup.json")

const readRecord = () => {
  try {
    return JSON.parse(readFileSync(recordFile, "utf8"))
  } catch {
    return {}
  }
}

const write = (record) => writeFileSync(recordFile, JSON.stringify(record))

const run = (program, ...args) => {
  const { error, signal, status } = spawnSync(program, args, { cwd: root, stdio: "inherit" })
  if (error !== undefined) console.error(`todo: ${program} cannot be run: ${error.message}`)
  if (status !== 0) process.exit(status ?? (signal === "SIGINT" ? 130 : 1))
}

/** What there is to do cannot be done by whoever may not write in the checkout. */
const checkWritable = () => {
  try {
    for (const path of [".", ...bundled]) accessSync(at(path), constants.W_OK)
  } catch (error) {
    console.error(`todo: this checkout, ${root}, cannot be written to (${error.code}): its owner has to do this`)
    process.exit(1)
  }
}

let record = readRecord()

if (
  record.install !== install
  || !["node_modules/.modules.yaml", ...packages.map((path) => `${path}/node_modules`)].every((path) =>
    existsSync(at(path))
  )
) {
  checkWritable()
  // An install that is interrupted has not been done.
  rmSync(recordFile, { force: true })
  run("npx", "--yes", "--prefer-offline", pnpm, "install", "--frozen-lockfile", "--prefer-offline")
  record = { install }
  write(record)
}

for (const path of bundled) {
  if (record[path] === bundleOf(path)) continue
  checkWritable()
  const node = at("node_modules/.bin/node")
  run(existsSync(node) ? node : process.execPath, `${path}/scripts/bundle.ts`)
  record[path] = bundleOf(path)
  write(record)
}
