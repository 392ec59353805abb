import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import {
  type Answer,
  assertProblem,
  bearer,
  invalidPaths,
  newPerson,
  origin,
  type Person,
  send,
  sendJson
} from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"

suite("tokens for scripts", (it) => {
  const make = (person: Person, scopes: ReadonlyArray<string> = ["tasks:read", "tasks:write"]) =>
    person.json("POST", "/api/v1/tokens", { name: "ci", scopes, expiresInDays: 90 })
  const exchange = (secret: string) => send("/api/auth/token", { headers: { ...bearer(secret), ...origin } })
  const jwtOf = (made: Answer) => Effect.map(exchange(made.body.secret), (answer): string => answer.body.token)
  const callAs = (jwt: string, method: string, path: string, body?: unknown) =>
    body === undefined
      ? send(path, { method, headers: bearer(jwt) })
      : sendJson(method, path, body, bearer(jwt))

  it.effect("show their secret once, in a shape that scanners know, and keep its hash only", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* make(pat)
      assert.strictEqual(made.status, 201)
      assert.match(made.body.secret, /^todo_[0-9A-Za-z]{36}$/)
      assert.include(made.body, { name: "ci", lastUsedAt: null })
      const days = (Date.parse(made.body.expiresAt) - Date.parse(made.body.createdAt)) / 86_400_000
      assert.closeTo(days, 90, 0.1)
      const listed = yield* pat.get("/api/v1/tokens")
      const { secret, ...token } = made.body
      assert.deepStrictEqual(listed.body.items, [token])
      const sql = yield* SqlClient.SqlClient
      const stored = yield* sql`SELECT s.hash FROM auth.script_token_secrets s WHERE s.user_id = ${pat.id}`
      assert.lengthOf(stored, 1)
      assert.notInclude(JSON.stringify(stored), secret)
    }))

  it.effect("buy a JWT that works on tasks, and carries their scopes", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* make(pat)
      const jwt = yield* jwtOf(made)
      assert.include(claimsOf(jwt), { sub: pat.id, sid: made.body.id, scope: "tasks:read tasks:write" })
      const task = yield* callAs(jwt, "POST", "/api/v1/tasks", { title: "From CI" })
      assert.strictEqual(task.status, 201)
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [task.body])
      assert.isNotNull((yield* pat.get("/api/v1/tokens")).body.items[0].lastUsedAt)
    }))

  it.effect("do no more than their scopes say, and never reach the account", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("x")
      const reader = yield* Effect.flatMap(make(pat, ["tasks:read"]), jwtOf)
      const both = yield* Effect.flatMap(make(pat), jwtOf)
      assert.strictEqual((yield* callAs(reader, "GET", "/api/v1/tasks")).status, 200)
      for (
        const [method, path, body] of [
          ["POST", "/api/v1/tasks", { title: "y" }],
          ["PATCH", `/api/v1/tasks/${task.id}`, { title: "y" }],
          ["DELETE", `/api/v1/tasks/${task.id}`]
        ] as const
      ) {
        const answer = yield* callAs(reader, method, path, body)
        assertProblem(answer, 403, "insufficient_scope")
        assert.strictEqual(answer.body.scope, "tasks:write")
      }
      for (const jwt of [reader, both]) {
        for (
          const [method, path, body] of [
            ["GET", "/api/v1/sessions"],
            ["DELETE", "/api/v1/sessions"],
            ["GET", "/api/v1/tokens"],
            ["POST", "/api/v1/tokens", { name: "more", scopes: ["tasks:read"], expiresInDays: 1 }]
          ] as const
        ) {
          const answer = yield* callAs(jwt, method, path, body)
          assertProblem(answer, 403, "insufficient_scope")
          assert.strictEqual(answer.body.scope, "account")
        }
      }
    }))

  it.effect("that may write are shown what they write, by its id, and no list", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("x")
      const writer = yield* Effect.flatMap(make(pat, ["tasks:write"]), jwtOf)
      assert.deepStrictEqual((yield* callAs(writer, "PATCH", `/api/v1/tasks/${task.id}`, {})).body, task)
      for (const path of ["/api/v1/tasks", `/api/v1/tasks/${task.id}`]) {
        assertProblem(yield* callAs(writer, "GET", path), 403, "insufficient_scope")
      }
    }))

  it.effect("die when revoked: the secret and its JWTs, on the next request", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* make(pat)
      const jwt = yield* jwtOf(made)
      assert.strictEqual((yield* callAs(jwt, "GET", "/api/v1/tasks")).status, 200)
      assert.strictEqual((yield* pat.json("DELETE", `/api/v1/tokens/${made.body.id}`, "")).status, 204)
      assertProblem(yield* callAs(jwt, "GET", "/api/v1/tasks"), 401, "token_invalid")
      assertProblem(yield* callAs(jwt, "POST", "/api/v1/tasks", { title: "x" }), 401, "token_invalid")
      assertProblem(yield* exchange(made.body.secret), 401, "INVALID_TOKEN")
      assertProblem(yield* pat.json("DELETE", `/api/v1/tokens/${made.body.id}`, ""), 404, "token_not_found")
      assert.deepStrictEqual((yield* pat.get("/api/v1/tokens")).body.items, [])
    }))

  it.effect("do not sign out: they go on working, and it is refused", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { body } = yield* make(pat)
      const signOut = (headers: Record<string, string>) =>
        send("/api/auth/sign-out", { method: "POST", headers: { ...headers, ...origin } })
      assertProblem(yield* signOut(bearer(body.secret)), 401, "UNAUTHORIZED")
      assert.strictEqual((yield* exchange(body.secret)).status, 200)
      assert.strictEqual((yield* signOut(bearer(pat.session))).status, 200)
      assertProblem(
        yield* send("/api/auth/token", { headers: { ...bearer(pat.session), ...origin } }),
        401,
        "UNAUTHORIZED"
      )
    }))

  it.effect("have a name that can be read", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const named = (name: string) =>
        pat.json("POST", "/api/v1/tokens", { name, scopes: ["tasks:read"], expiresInDays: 1 })
      for (const blank of ["", " ", "\u00a0\u3000", "\ufeff", "a\nb"]) {
        assert.deepStrictEqual(invalidPaths(yield* named(blank)), ["payload.name"], JSON.stringify(blank))
      }
      assert.strictEqual((yield* named(" my laptop ")).body.name, " my laptop ")
    }))

  it.effect("end by themselves", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* make(pat)
      const jwt = yield* jwtOf(made)
      const sql = yield* SqlClient.SqlClient
      yield* sql.withTransaction(Effect.andThen(
        sql`SELECT FROM todo.authenticate(${claimsOf(pat.jwt).sid}, ${pat.id})`,
        sql`UPDATE todo.script_tokens SET expires_at = now() - interval '1 second' WHERE id = ${made.body.id}`
      ))
      assertProblem(yield* callAs(jwt, "GET", "/api/v1/tasks"), 401, "token_invalid")
      assertProblem(yield* exchange(made.body.secret), 401, "INVALID_TOKEN")
    }))

  it.effect("outlive the session that made them", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const jwt = yield* Effect.flatMap(make(pat), jwtOf)
      yield* send("/api/auth/sign-out", { method: "POST", headers: { ...bearer(pat.session), ...origin } })
      assert.strictEqual((yield* callAs(jwt, "GET", "/api/v1/tasks")).status, 200)
    }))

  it.effect("are refused where they are not real, and their secret opens no session", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { secret } = (yield* make(pat)).body
      const flipped = secret.slice(0, -1) + (secret.endsWith("0") ? "1" : "0")
      for (const wrong of [flipped, `${secret}0`, "todo_", "todo_' OR true --", `todo_${"0".repeat(36)}`]) {
        assertProblem(yield* exchange(wrong), 401, wrong.includes(" ") ? "UNAUTHORIZED" : "INVALID_TOKEN")
      }
      const session = yield* send("/api/auth/get-session", { headers: { ...bearer(secret), ...origin } })
      assert.strictEqual(session.text, "null")
    }))

  it.effect("are refused when asked for with what they cannot have", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (
        const [change, path] of [
          [{ name: "" }, "payload.name"],
          [{ name: "x".repeat(101) }, "payload.name"],
          [{ name: "ci\u001b[31m" }, "payload.name"],
          [{ scopes: [] }, "payload.scopes"],
          [{ scopes: ["account"] }, "payload.scopes.0"],
          [{ scopes: ["tasks:read", "tasks:read"] }, "payload.scopes"],
          [{ expiresInDays: 0 }, "payload.expiresInDays"],
          [{ expiresInDays: 367 }, "payload.expiresInDays"]
        ] as const
      ) {
        const body = { name: "ci", scopes: ["tasks:read"], expiresInDays: 90, ...change }
        assert.deepStrictEqual(invalidPaths(yield* pat.json("POST", "/api/v1/tokens", body)), [path])
      }
    }))
})
