import { assert, beforeAll, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { cp, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { embeddedRelease } from "../../src/database/embedded/EmbeddedFailure.ts"
import { freePort } from "../support/freePort.ts"
import { usedDataDirectory } from "../support/preparedData.ts"
import { Client, newDataDirectory, ServiceProcess } from "../support/ServiceProcess.ts"

let used: string
let email: string

beforeAll(async () => {
  used = usedDataDirectory()
  const service = await ServiceProcess.start({ TODO_DATA_DIR: used })
  const client = await new Client(service.url).signUp()
  assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Kept" })).status, 201)
  email = client.email
  await service.stop()
}, 120_000)

/** A copy of a data directory with somebody's task in it, of a service that has stopped. */
const usedDirectory = async () => {
  const data = await newDataDirectory()
  await cp(used, data, { recursive: true, preserveTimestamps: true })
  return data
}

/** The one line that a service ends with which is not to come up. */
const refusal = async (settings: Record<string, string>) => {
  const service = ServiceProcess.launch(await freePort(), settings)
  assert.strictEqual(await service.ended, 1, service.stderr)
  assert.match(service.said, /^todo: [^\n]+\n$/)
  return service.said
}

describe("an embedded database that does not start", () => {
  it("is of another release of PostgreSQL", async () => {
    const data = await usedDirectory()
    const release = join(data, "postgres", "PG_VERSION")
    assert.strictEqual((await readFile(release, "utf8")).trim(), embeddedRelease)
    await writeFile(release, "17\n")
    assert.match(await refusal({ TODO_DATA_DIR: data }), /was made by PostgreSQL 17, and this is 18: start the release/)
  })

  for (const lost of ["global/pg_control", "PG_VERSION", "base"]) {
    it(`is damaged: without ${lost}`, async () => {
      const data = await usedDirectory()
      await rm(join(data, "postgres", lost), { recursive: true })
      const said = await refusal({ TODO_DATA_DIR: data })
      assert.match(said, / is damaged \([^\n]+\): restore the copy of TODO_DATA_DIR/)
      assert.notMatch(said, /\[object Object\]|ASSERTIONS/)
    })
  }

  it("has no room", async (test) => {
    const data = await newDataDirectory()
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=20m,mode=700", "tmpfs", data])
    test.skip(mounted.status !== 0, "Only an administrator makes a small disk")
    try {
      const said = await refusal({ TODO_DATA_DIR: data })
      assert.match(said, /^todo: No space left for the embedded database in [^\n]+ KiB are free/)
    } finally {
      spawnSync("umount", [data])
    }
  })

  it("has no folder for its socket", async () => {
    const nowhere = join(await newDataDirectory(), "nowhere")
    const said = await refusal({ TODO_DATA_DIR: await newDataDirectory(), TMPDIR: nowhere })
    assert.match(said, /needs a folder for its socket, and none can be made in [^\n]+: set TMPDIR/)
    assert.include(said, nowhere)
  })
})

describe("the secret of an embedded database", () => {
  it("is lost: another is made, with a warning, and tasks and passwords are there", async () => {
    const data = await usedDirectory()
    await rm(join(data, "secret"))
    for (const start of ["first", "second"]) {
      const service = await ServiceProcess.start({ TODO_DATA_DIR: data })
      const warning = /"The secret of [^"]+ is lost, and another is made[^"]+","level":"WARN"/
      if (start === "first") assert.match(service.stderr, warning)
      else assert.notMatch(service.stderr, warning)
      assert.deepStrictEqual(await (await new Client(service.url, email).signIn()).titles(), ["Kept"])
      await service.stop()
    }
  })

  it("is that of another copy: the line says which to restore", async () => {
    const data = await usedDirectory()
    await writeFile(join(data, "secret"), "the secret of another copy, which opens nothing")
    const said = await refusal({ TODO_DATA_DIR: data })
    assert.match(said, /^todo: The secret is not the one [^\n]+: restore [^\n]+\/secret from the same copy/)
    assert.notInclude(said, "auth.jwks")
  })

  it("is empty: the line says so", async () => {
    const data = await usedDirectory()
    await writeFile(join(data, "secret"), "")
    assert.match(await refusal({ TODO_DATA_DIR: data }), /\/secret has no secret in it: restore it/)
  })
})
