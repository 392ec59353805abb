import { assert, describe, it } from "@effect/vitest"
import { mkdtemp, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { inject } from "vitest"
import { newDatabase } from "../support/newDatabase.ts"
import { usedDataDirectory } from "../support/preparedData.ts"
import { ServiceProcess } from "../support/ServiceProcess.ts"

interface Line {
  readonly level: string
  readonly message: string
}

/** What the log of a service says from its start until it is ready. */
const logOf = async (environment: Record<string, string>) => {
  const service = await ServiceProcess.start(environment)
  await service.stop()
  return service.stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Line)
}

const warnings = (log: ReadonlyArray<Line>) => log.filter(({ level }) => level === "WARN").map(({ message }) => message)

describe("what the log says of a start", () => {
  it("where the tasks are kept, and not by which password", async () => {
    const url = await newDatabase()
    const log = await logOf({
      DATABASE_URL: url.href,
      BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
      NODE_ENV: "production",
      SMTP_URL: "smtp://127.0.0.1:9",
      MAIL_FROM: "todo@example.com"
    })
    const said = `Tasks are kept in PostgreSQL at ${url.host}, database ${url.pathname.slice(1)}`
    assert.deepStrictEqual(log.filter(({ message }) => message === said).map(({ level }) => level), ["INFO"])
    assert.deepStrictEqual(warnings(log), [])
  })

  it("in production that there is no database server and no mail, in a line each", async () => {
    const data = usedDataDirectory()
    const said = warnings(await logOf({ TODO_DATA_DIR: data, NODE_ENV: "production" }))
    assert.lengthOf(said, 2)
    assert.include(said[0], `embedded PostgreSQL in ${data}`)
    assert.match(said[0]!, /set DATABASE_URL in production$/)
    assert.include(said[1], `files in ${join(data, "mail")}`)
    assert.match(said[1]!, /set SMTP_URL in production$/)
  })

  it("elsewhere where they are, without a warning", async () => {
    const data = usedDataDirectory()
    const log = await logOf({ TODO_DATA_DIR: data })
    assert.deepStrictEqual(warnings(log), [])
    assert.include(log.map(({ message }) => message), `Tasks are kept in an embedded PostgreSQL in ${data}`)
  })

  it("which variable is nearly a setting, also one of .env", async () => {
    const folder = await mkdtemp(join(inject("scratch"), "env-"))
    await writeFile(join(folder, ".env"), "TRUSTED_PROXY=10.0.0.1\n")
    const environment = { TODO_DATA_DIR: usedDataDirectory(), DATABSE_URL: "postgres://todo:secret@host/todo" }
    const service = await ServiceProcess.start(environment, undefined, folder)
    await service.stop()
    assert.include(service.stderr, "\"DATABSE_URL is set, which is no setting: is DATABASE_URL meant?\"")
    assert.include(service.stderr, "\"TRUSTED_PROXY is set, which is no setting: is TRUSTED_PROXIES meant?\"")
    assert.notInclude(service.stderr, "todo:secret")
  })

  it("which line of .env sets nothing, and not what it says", async () => {
    const folder = await mkdtemp(join(inject("scratch"), "env-"))
    await writeFile(join(folder, ".env"), "NODE_ENV=production\n\nDATABASE_URL postgres://todo:secret@host/todo\n")
    const service = await ServiceProcess.start({ TODO_DATA_DIR: usedDataDirectory() }, undefined, folder)
    await service.stop()
    assert.include(service.stderr, "\"Line 3 of .env sets nothing: it is no NAME=value\"")
    assert.notInclude(service.stderr, "todo:secret")
    // What .env says of production holds too.
    assert.include(service.stderr, "set DATABASE_URL in production")
  })
})
