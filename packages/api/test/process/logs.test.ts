import { PgClient } from "@effect/sql-pg"
import { assert, it, vi } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { newDatabase } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const settings = {
  BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
  // One issuer: the JWTs of each are good for all.
  PUBLIC_URL: "http://localhost"
}

/** Lets no table take another row; PostgreSQL's error then shows the row. */
const breakTables = (url: URL) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    for (const table of ["todo.tasks", "todo.script_tokens", "auth.\"user\"", "auth.\"session\""]) {
      yield* sql.unsafe(`ALTER TABLE ${table} ADD CHECK (false) NOT VALID`)
    }
  }).pipe(
    Effect.provide(PgClient.layer({ url: Redacted.make(url.href), maxConnections: 1 })),
    Effect.runPromise
  )

it("a statement that fails is in the log, whatever the format, without a value of the row that it was about", async () => {
  const url = await newDatabase()
  const services = await Promise.all(
    ["json", "logfmt", "pretty"].map((LOG_FORMAT) =>
      ServiceProcess.start({ ...settings, DATABASE_URL: url.href, LOG_FORMAT })
    )
  )
  const owner = await new Client(services[0]!.url).signUp()
  await breakTables(url)
  for (const service of services) {
    const client = new Client(service.url, owner.email)
    const ask = (path: string, body: unknown, token = "") => client.json("POST", path, body, token)
    const { email, password } = owner
    const title = `Nobody else's business ${crypto.randomUUID()}`
    const newcomer = { name: `Ada ${crypto.randomUUID()}`, email: `new-${email}`, password }
    const answers = [
      await ask("/api/v1/tasks", { title }, owner.jwt),
      await ask("/api/v1/tokens", { name: title, scopes: ["tasks:read"], expiresInDays: 1 }, owner.jwt),
      await ask("/api/auth/sign-in/email", { email, password }),
      await ask("/api/auth/sign-up/email", newcomer)
    ]
    const ids = answers.map((answer) => answer.headers.get("x-request-id")!)
    // A line may come a moment after its answer.
    await vi.waitFor(() => ids.forEach((id) => assert.include(service.stderr, id)), 5000)
    const log = service.stdout + service.stderr
    for (const answer of answers) assert.include([500, 422], answer.status, answer.url)
    assert.include(log, "A request failed")
    for (const value of [title, email, password, newcomer.name]) assert.notInclude(log, value)
    assert.notMatch(log, /argon2|Failing row/)
  }
  await Promise.all(services.map((service) => service.stop()))
})
