/*
 * Bundles the client for its tarball, writes its manual pages, and sets the checkout up first where nobody has.
 *
 * Plain JavaScript, for Node 20 and without a package: `npm pack` in a fresh clone has no other Node, nor any package.
 */
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, "../../..")

// What `npm pack` says on stdout is the name of the tarball.
const run = (program, script) => {
  const { error, status } = spawnSync(program, [script], { stdio: ["inherit", 2, 2] })
  if (error !== undefined) console.error(`todo: ${program} cannot be run: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}

// Not what `npm start` would do anew: an offline machine packs what it has.
if (!existsSync(join(root, "node_modules/.todo-setup.json"))) run(process.execPath, join(root, "scripts/setup.js"))

const node = join(root, "node_modules/.bin/node")
for (const script of ["bundle.ts", "manual.ts"]) run(existsSync(node) ? node : process.execPath, join(here, script))
