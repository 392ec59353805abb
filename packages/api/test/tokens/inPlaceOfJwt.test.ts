import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { makeSecret } from "../../src/tokens/ScriptTokenSecret.ts"
import { awaitMail } from "../support/mail.ts"
import { assertProblem, bearer, newPerson, origin, type Person, send, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"

suite("a token for scripts in the place of a JWT", (it) => {
  const make = (person: Person, scopes: ReadonlyArray<string> = ["tasks:read", "tasks:write"]) =>
    Effect.map(
      person.json("POST", "/api/v1/tokens", { name: "ci", scopes, expiresInDays: 90 }),
      ({ body }): { readonly id: string; readonly secret: string } => body
    )
  const list = (secret: string) => send("/api/v1/tasks", { headers: bearer(secret) })

  it.effect("needs no exchange, and is its user's alone", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      const { secret } = yield* make(pat)
      const other = yield* make(sam)
      const made = yield* sendJson("POST", "/api/v1/tasks", { title: "From CI" }, bearer(secret))
      assert.strictEqual(made.status, 201)
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [made.body])
      assert.deepStrictEqual((yield* list(secret)).body.items, [made.body])
      assert.deepStrictEqual((yield* list(other.secret)).body.items, [])
      const foreign = yield* send(`/api/v1/tasks/${made.body.id}`, { headers: bearer(other.secret) })
      assertProblem(foreign, 404, "task_not_found")
      assert.strictEqual((yield* send("/api/v1/me", { headers: bearer(secret) })).body.id, pat.id)
    }))

  it.effect("is exchanged once for many requests, also for those that come together", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { secret } = yield* make(pat)
      const used = Effect.map(pat.get("/api/v1/tokens"), ({ body }): string => body.items[0].lastUsedAt)
      const answers = yield* Effect.all(Array.from({ length: 20 }, () => list(secret)), { concurrency: "unbounded" })
      assert.isTrue(answers.every(({ status }) => status === 200))
      const first = yield* used
      assert.isString(first)
      for (let count = 0; count < 5; count++) assert.strictEqual((yield* list(secret)).status, 200)
      assert.strictEqual(yield* used, first)
    }))

  it.effect("stops with the next request when it is revoked", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id, secret } = yield* make(pat)
      assert.strictEqual((yield* list(secret)).status, 200)
      assert.strictEqual((yield* pat.json("DELETE", `/api/v1/tokens/${id}`, "")).status, 204)
      const refused = yield* list(secret)
      assertProblem(refused, 401, "token_invalid")
      assert.strictEqual(refused.body.detail, "The session or the token for scripts has ended")
      assertProblem(yield* sendJson("POST", "/api/v1/tasks", { title: "x" }, bearer(secret)), 401, "token_invalid")
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
    }))

  it.effect("stops when its time is over, when its user resets the password, and with the account", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const ended = yield* make(pat)
      assert.strictEqual((yield* list(ended.secret)).status, 200)
      yield* sql.withTransaction(Effect.andThen(
        sql`SELECT FROM todo.authenticate(${claimsOf(pat.jwt).sid}, ${pat.id})`,
        sql`UPDATE todo.script_tokens SET expires_at = now() - interval '1 second' WHERE id = ${ended.id}`
      ))
      assertProblem(yield* list(ended.secret), 401, "token_invalid")

      const { secret } = yield* make(pat)
      assert.strictEqual((yield* list(secret)).status, 200)
      yield* sendJson("POST", "/api/auth/request-password-reset", { email: pat.email }, origin)
      const { code } = yield* awaitMail(pat.email, "Set a new password")
      const reset = yield* sendJson(
        "POST",
        "/api/auth/reset-password",
        { token: code, newPassword: "another horse" },
        origin
      )
      assert.strictEqual(reset.status, 200)
      assertProblem(yield* list(secret), 401, "token_invalid")

      const sam = yield* newPerson
      const doomed = yield* make(sam)
      assert.strictEqual((yield* list(doomed.secret)).status, 200)
      const { password, session } = sam
      yield* sendJson("POST", "/api/auth/delete-user", { password }, { ...bearer(session), ...origin })
      assertProblem(yield* list(doomed.secret), 401, "token_invalid")
    }))

  it.effect("is told apart from one that is not real, whatever is sent with it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { secret } = yield* make(pat)
      const flipped = secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0")
      const cookie = { cookie: `better-auth.session_token=${pat.session}` }
      for (const wrong of [flipped, `${secret}0`, "todo_", "todo_' OR true --", makeSecret()]) {
        const answer = yield* send("/api/v1/tasks", { headers: { ...bearer(wrong), ...cookie } })
        assertProblem(answer, 401, "token_invalid")
        assert.include(answer.headers.get("www-authenticate")!, "error=\"invalid_token\"")
        assert.isNull(answer.headers.get("set-cookie"))
      }
      for (const path of [`/api/v1/tasks?access_token=${secret}`, "/api/v1/tasks"]) {
        assertProblem(yield* send(path, { headers: cookie }), 401, "token_missing")
      }
    }))
})
