import { assert, describe, it } from "@effect/vitest"
import { execFile, spawnSync } from "node:child_process"
import { appendFile, chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { newDataDirectory } from "../support/ServiceProcess.ts"

const script = join(import.meta.dirname, "../../../../scripts/setup.js")

/** In the place of npx: says what it was asked for, and installs next to nothing, or fails half-way. */
const npx = `#!/bin/sh
echo "install $*" >> log
mkdir -p node_modules packages/cli/node_modules packages/api/node_modules packages/domain/node_modules
[ -e fails ] && exit 3
echo > node_modules/.modules.yaml
`

/** In the place of esbuild: one file, of the source. */
const bundle = (name: string) => `
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
appendFileSync("log", "bundle ${name}\\n")
mkdirSync("packages/${name}/dist", { recursive: true })
writeFileSync("packages/${name}/dist/main.js", readFileSync("packages/${name}/src/main.ts"))
`

/** A checkout that nobody has set up, and what a run of the script does in it. */
const newCheckout = async () => {
  const folder = await newDataDirectory()
  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path, ".."), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await mkdir(join(folder, "scripts"))
  await cp(script, join(folder, "scripts/setup.js"))
  await write("package.json", "{\"type\":\"module\"}")
  await write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n")
  await write("pnpm-workspace.yaml", "packages: []\n")
  await write("bin/npx", npx)
  await chmod(join(folder, "bin/npx"), 0o755)
  for (const name of ["cli", "api", "domain"]) {
    await write(`packages/${name}/package.json`, "{\"type\":\"module\"}")
    await write(`packages/${name}/src/main.ts`, "export {}\n")
    if (name !== "domain") await write(`packages/${name}/scripts/bundle.ts`, bundle(name))
  }
  const run = async (node = 24) => {
    await rm(join(folder, "log"), { force: true })
    const env = {
      PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
      npm_config_user_agent: `npm/11.0.0 node/v${node}.1.0 linux x64 workspaces/false`
    }
    const status = await new Promise<number>((resolve) =>
      execFile(
        process.execPath,
        ["scripts/setup.js"],
        { cwd: folder, env },
        (error) => resolve(Number(error?.code ?? 0))
      )
    )
    const log = await readFile(join(folder, "log"), "utf8").catch(() => "")
    return [
      status,
      ...log.split("\n").filter((line) => line !== "").map((line) => line.replace(/^install .*/, "install"))
    ]
  }
  const log = () => readFile(join(folder, "log"), "utf8")
  return { run, write, log, at: (path: string) => join(folder, path) }
}

const everything = [0, "install", "bundle cli", "bundle api"]
const nothing = [0]

describe("what `npm start` and `npm test` do first", () => {
  it("is everything in a new checkout, from what is on this machine as far as it goes, and then nothing", async () => {
    const { log, run } = await newCheckout()
    assert.deepStrictEqual(await run(), everything)
    assert.match(await log(), /^install --yes --prefer-offline pnpm@\S+ install --frozen-lockfile --prefer-offline\n/)
    assert.deepStrictEqual(await run(), nothing)
    assert.deepStrictEqual(await run(), nothing)
  })

  it("is to bundle what has changed, and is nothing for a file that was only touched", async () => {
    const { run, write } = await newCheckout()
    await run()
    await write("packages/api/src/main.ts", "export const changed = 1\n")
    assert.deepStrictEqual(await run(), [0, "bundle api"])
    await write("packages/cli/src/main.ts", "export {}\n")
    assert.deepStrictEqual(await run(), nothing)
    await write("packages/cli/src/more.ts", "export {}\n")
    assert.deepStrictEqual(await run(), [0, "bundle cli"])
    await write("packages/domain/src/main.ts", "export const changed = 1\n")
    assert.deepStrictEqual(await run(), [0, "bundle cli", "bundle api"])
  })

  it("is to bundle again where a bundle is gone, is there by half, or is of other sources", async () => {
    const { at, run, write } = await newCheckout()
    await run()
    await rm(at("packages/api/dist"), { recursive: true })
    assert.deepStrictEqual(await run(), [0, "bundle api"])
    await write("packages/cli/dist/main.js", "")
    assert.deepStrictEqual(await run(), [0, "bundle cli"])
  })

  it("is to install where something that decides an install has changed, or a folder of it is gone", async () => {
    const { at, run } = await newCheckout()
    await run()
    for (const file of ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", "packages/domain/package.json"]) {
      await appendFile(at(file), "\n")
      assert.deepStrictEqual((await run()).slice(0, 2), [0, "install"], file)
      assert.deepStrictEqual(await run(), nothing, file)
    }
    await rm(at("packages/cli/node_modules"), { recursive: true })
    assert.deepStrictEqual((await run()).slice(0, 2), [0, "install"])
    await rm(at("node_modules"), { recursive: true })
    assert.deepStrictEqual(await run(), everything)
  })

  it("is to install again where Node is of another major version", async () => {
    const { run } = await newCheckout()
    await run(20)
    assert.deepStrictEqual(await run(20), nothing)
    assert.deepStrictEqual((await run(22)).slice(0, 2), [0, "install"])
    assert.deepStrictEqual(await run(22), nothing)
  })

  it("is to install again after an install that failed, whose status it ends with", async () => {
    const { at, run, write } = await newCheckout()
    await run()
    await appendFile(at("pnpm-lock.yaml"), "\n")
    await write("fails", "")
    assert.deepStrictEqual(await run(), [3, "install"])
    // Even if the lock file is what it was before.
    await write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n")
    await rm(at("fails"))
    assert.deepStrictEqual(await run(), everything)
  })

  // Nobody but root can be somebody else.
  it.runIf(process.getuid?.() === 0)(
    "is a line where the checkout is somebody else's and there is something to do",
    async () => {
      const { at, run } = await newCheckout()
      await run()
      await chmod(at("."), 0o755)
      const asNobody = () => {
        const { status, stderr } = spawnSync(process.execPath, ["scripts/setup.js"], {
          cwd: at("."),
          env: { PATH: process.env["PATH"], npm_config_user_agent: "npm/11.0.0 node/v24.1.0 linux x64" },
          uid: 65_534,
          gid: 65_534,
          encoding: "utf8"
        })
        return [status, stderr]
      }
      assert.deepStrictEqual(asNobody(), [0, ""])
      await rm(at("packages/api/dist"), { recursive: true })
      const checkout = at(".").replace(/\/$/, "")
      assert.deepStrictEqual(asNobody(), [
        1,
        `todo: this checkout, ${checkout}, cannot be written to (EACCES): its owner has to do this\n`
      ])
    }
  )
})
