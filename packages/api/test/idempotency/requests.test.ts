import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, bearer, invalidPaths, newPerson, send, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { assertReplay, isReplay, newKey } from "./Answers.ts"

suite("a request with Idempotency-Key", (it) => {
  it.effect("is the same when its body means the same", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = newKey()
      const create = (body: string) => pat.json("POST", "/api/v1/tasks", body, key)
      const first = yield* create(`{"title":"Buy milk","description":"Oat"}`)
      assertReplay(first, yield* create(`{ "description": "Oat", "title": "  Buy milk " }`))
      for (const other of [`{"title":"Buy milk"}`, `{"title":"Buy milk","description":null}`, `{"title":"buy milk"}`]) {
        assertProblem(yield* create(other), 422, "idempotency_key_reused")
      }
      assert.lengthOf((yield* pat.get("/api/v1/tasks")).body.items, 1)
    }))

  it.effect("is another with another If-Match; a refused condition is no answer that is kept", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id } = yield* pat.add("Old")
      const key = newKey()
      const rename = (ifMatch: Record<string, string>) =>
        pat.json("PATCH", `/api/v1/tasks/${id}`, { title: "New" }, { ...key, ...ifMatch })
      const refused = yield* rename({ "if-match": "\"7\"" })
      assertProblem(refused, 412, "task_changed")
      yield* pat.json("PATCH", `/api/v1/tasks/${id}`, { title: "Newer" })
      assertProblem(yield* rename({ "if-match": "\"7\"" }), 412, "task_changed")
      const done = yield* rename({ "if-match": "\"2\"" })
      assert.strictEqual(done.body.title, "New")
      assertReplay(done, yield* rename({ "if-match": "\"2\"" }))
      assertProblem(yield* rename({ "if-match": "\"3\"" }), 422, "idempotency_key_reused")
      assertProblem(yield* rename({}), 422, "idempotency_key_reused")
    }))

  it.effect("gives what the task was then, also when it has changed or is gone", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = newKey()
      const create = () => pat.json("POST", "/api/v1/tasks", { title: "First" }, key)
      const first = yield* create()
      yield* pat.json("PATCH", `/api/v1/tasks/${first.body.id}`, { title: "Second", completed: true })
      assertReplay(first, yield* create())
      yield* pat.json("DELETE", `/api/v1/tasks/${first.body.id}`, "")
      assertReplay(first, yield* create())
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
    }))

  it.effect("gives what the task is now, where the record knows no more of it", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const key = newKey()
      const create = () => pat.json("POST", "/api/v1/tasks", { title: "First", description: null }, key)
      const first = yield* create()
      yield* pat.json("PATCH", `/api/v1/tasks/${first.body.id}`, { title: "Second" })
      yield* asPerson(pat, sql`DELETE FROM todo.changes`)
      const again = yield* create()
      assert.isTrue(isReplay(again))
      assert.deepInclude(again.body, { id: first.body.id, title: "Second", description: null, version: 2 })
      yield* asPerson(pat, sql`DELETE FROM todo.tasks`)
      assertProblem(yield* create(), 410, "gone")
    }))

  it.effect("gives 410 where the token that it made has been revoked", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = newKey()
      const make = () =>
        pat.json("POST", "/api/v1/tokens", { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }, key)
      const first = yield* make()
      assert.strictEqual((yield* pat.json("DELETE", `/api/v1/tokens/${first.body.id}`, "")).status, 204)
      assertProblem(yield* make(), 410, "gone")
    }))

  it.effect("gives the secret of a token once more, which works", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const token = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }
      const [one, other] = [newKey(), newKey()]
      const first = yield* pat.json("POST", "/api/v1/tokens", token, one)
      assertReplay(first, yield* pat.json("POST", "/api/v1/tokens", token, one))
      assert.match(first.body.secret, /^todo_[0-9A-Za-z]{36}$/)
      assert.isString(yield* tokenOf(first.body.secret))
      const second = yield* pat.json("POST", "/api/v1/tokens", token, other)
      assert.notStrictEqual(second.body.secret, first.body.secret)
    }))

  it.effect("that is refused before it reaches the tasks leaves no trace of its key", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = newKey()
      const create = (body: unknown, headers: Record<string, string> = {}) =>
        pat.json("POST", "/api/v1/tasks", body, { ...key, ...headers })
      assert.deepStrictEqual(invalidPaths(yield* create({ title: "" })), ["payload.title"])
      assertProblem(yield* create({ title: "x" }, { "content-type": "text/plain" }), 415, "unsupported_media_type")
      assertProblem(yield* create({ title: "x" }, bearer("nobody")), 401, "token_invalid")
      const made = yield* create({ title: "x" })
      assert.strictEqual(made.status, 201)
      assert.isFalse(isReplay(made))
    }))

  it.effect("with a key that is none is 400, and names the header", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const headers = { "content-type": "application/json", ...bearer(pat.jwt) }
      for (const key of ["", "two words", "\"unclosed", "\"\"", "k".repeat(256), "caf\u00e9", "\"a\";b=1"]) {
        const answer = yield* send("/api/v1/tasks", {
          method: "POST",
          body: "{\"title\":\"x\"}",
          headers: { ...headers, "idempotency-key": key }
        })
        assert.deepStrictEqual(invalidPaths(answer), ["headers.idempotency-key"], key)
      }
      assert.strictEqual(
        (yield* pat.json("POST", "/api/v1/tasks", { title: "x" }, { "idempotency-key": "k".repeat(255) })).status,
        201
      )
    }))

  it.effect("is one that a page of an allowed origin may send, and whose answer it may tell from a new one", () =>
    Effect.gen(function*() {
      const preflight = yield* send("/api/v1/tasks", {
        method: "OPTIONS",
        headers: {
          "origin": "http://app.test",
          "access-control-request-method": "POST",
          "access-control-request-headers": "idempotency-key"
        }
      })
      assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /Idempotency-Key/i)
      const answer = yield* send("/api/v1/tasks", { headers: { origin: "http://app.test" } })
      assert.match(answer.headers.get("access-control-expose-headers") ?? "", /Idempotency-Replayed/i)
    }))
})
