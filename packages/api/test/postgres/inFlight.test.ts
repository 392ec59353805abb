import { PgClient } from "@effect/sql-pg"
import { assert } from "@effect/vitest"
import { Effect, Fiber, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"
import { newDevice, poll } from "../support/devices.ts"
import { type Answer, bearer, newPerson, origin, type Person, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import type { TestService } from "../support/TestService.ts"
import { claimsOf } from "../support/tokens.ts"

const administrator = PgClient.layer({ url: Redacted.make(inject("postgresUrl")), maxConnections: 2 })

/**
 * Sends a request while `statement` has been run and not been committed, and commits when the request has got as far as
 * to wait for that, after one more statement if there is one: what it had read by then is no longer so.
 */
const sentMeanwhile = Effect.fnUntraced(function*(
  statement: string,
  request: Effect.Effect<Answer, never, TestService>,
  last = "SELECT"
) {
  const sql = yield* SqlClient.SqlClient
  const sending = yield* sql.withTransaction(Effect.gen(function*() {
    const [own] = yield* sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`
    yield* sql.unsafe(statement)
    const fiber = yield* Effect.forkChild(request)
    for (;;) {
      // Not of pg_stat_activity, which a transaction sees as it was at first: the connection may be a new one.
      const [waiting] = yield* sql<{ count: number }>`
        SELECT count(*)::int AS count FROM pg_locks l WHERE ${own!.pid} = ANY (pg_blocking_pids(l.pid))`
      if (waiting!.count > 0) break
      yield* Effect.sleep("10 millis")
    }
    yield* sql.unsafe(last)
    return fiber
  }))
  return yield* Fiber.join(sending)
}, Effect.provide(administrator))

const moved = ({ id }: Person) => `UPDATE auth."user" SET credentials = credentials + 1 WHERE "id" = '${id}'`
const ended = (jwt: string) => `DELETE FROM auth."session" WHERE "id" = '${claimsOf(jwt).sid}'`

const ask = (session: string, path: string, body: unknown) =>
  sendJson("POST", `/api/auth${path}`, body, { ...bearer(session), ...origin })

suite("what is on its way while credentials change", (it) => {
  const signIn = ({ email, password }: Person) =>
    sendJson("POST", "/api/auth/sign-in/email", { email, password }, origin)

  it.effect("is compared once more: a sign-in with the password that holds then gets in", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const answer = yield* sentMeanwhile(moved(pat), signIn(pat))
      assert.strictEqual(answer.status, 200)
      assert.isString(yield* tokenOf(answer.body.token))
    }))

  it.effect("makes no session of a device that was approved", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const device = yield* newDevice()
      yield* ask(pat.session, "/device/approve", { userCode: device.userCode })
      const answer = yield* sentMeanwhile(moved(pat), poll(device))
      assert.deepStrictEqual([answer.status, answer.body.error], [400, "invalid_grant"])
      const jwt = yield* tokenOf((yield* signIn(pat)).body.token)
      const { body } = yield* send("/api/v1/sessions", { headers: bearer(jwt) })
      assert.lengthOf(body.items, 1)
    }))

  it.effect("makes no session of a device whose approval has ended with its session", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const device = yield* newDevice()
      const session: string = (yield* signIn(pat)).body.token
      yield* ask(session, "/device/approve", { userCode: device.userCode })
      // It has used up the code, and waits to make the session.
      const held = `SELECT FROM auth."user" WHERE "id" = '${pat.id}' FOR UPDATE`
      const answer = yield* sentMeanwhile(held, poll(device), ended(yield* tokenOf(session)))
      assert.deepStrictEqual([answer.status, answer.body.error], [400, "invalid_grant"])
    }))

  it.effect("approves no device", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const device = yield* newDevice()
      const approval = ask(pat.session, "/device/approve", { userCode: device.userCode })
      const answer = yield* sentMeanwhile(moved(pat), approval)
      assert.deepStrictEqual([answer.status, answer.body.error], [401, "unauthorized"])
      assert.strictEqual((yield* poll(device)).body.error, "authorization_pending")
    }))

  it.effect("makes no token for scripts", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const token = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }
      const answer = yield* sentMeanwhile(moved(pat), pat.json("POST", "/api/v1/tokens", token))
      assert.deepStrictEqual([answer.status, answer.body.code], [401, "token_invalid"])
      const keyed = pat.json("POST", "/api/v1/tokens", token, { "idempotency-key": crypto.randomUUID() })
      assert.strictEqual((yield* keyed).status, 401)
      const jwt = yield* tokenOf((yield* signIn(pat)).body.token)
      assert.deepStrictEqual((yield* send("/api/v1/tokens", { headers: bearer(jwt) })).body.items, [])
    }))

  it.effect("changes no password", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const change = { currentPassword: pat.password, newPassword: "a thief's battery" }
      const changed = yield* sentMeanwhile(moved(pat), ask(pat.session, "/change-password", change))
      assert.deepStrictEqual([changed.status, changed.body.code], [401, "UNAUTHORIZED"])
      assert.strictEqual((yield* signIn(pat)).status, 200)
    }))

  it.effect("deletes no account whose password has changed", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const changed = `UPDATE auth."account" SET "password" = "password" || 'x' WHERE "userId" = '${pat.id}'`
      const answer = yield* sentMeanwhile(changed, ask(pat.session, "/delete-user", { password: pat.password }))
      assert.strictEqual(answer.status, 400)
      const sql = yield* SqlClient.SqlClient
      assert.lengthOf(yield* sql`SELECT FROM auth."user" WHERE "id" = ${pat.id}::uuid`, 1)
    }))
})
