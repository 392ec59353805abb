import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { type Answer, assertProblem, bearer, newPerson, type Person, send, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const operationOf = ({ headers }: Answer) => headers.get("operation-id")!
const undo = (person: Person, operation: string, body: unknown = {}) =>
  person.json("POST", `/api/v1/operations/${operation}/undo`, body)
const undoLatest = (person: Person, body: unknown = {}) => person.json("POST", "/api/v1/undo", body)
const patch = (person: Person, id: string, body: unknown) => person.json("PATCH", `/api/v1/tasks/${id}`, body)
const get = (person: Person, id: string) => person.get(`/api/v1/tasks/${id}`)

suite("POST /api/v1/operations/{id}/undo", (it) => {
  it.effect("writes back what an update overwrote, and nothing else; versions move on", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const edited = yield* patch(pat, task.id, { title: "Buy oat milk", completed: true })
      yield* patch(pat, task.id, { description: "Two litres" })
      const undone = yield* undo(pat, operationOf(edited))
      assert.strictEqual(undone.status, 200, undone.text)
      assert.strictEqual(undone.body.id, operationOf(undone))
      assert.deepInclude(undone.body, { kind: "undo", undoes: operationOf(edited), undoneBy: null, count: 1 })
      const { body: now } = yield* get(pat, task.id)
      assert.deepStrictEqual(now, {
        ...task,
        description: "Two litres",
        version: 4,
        updatedAt: undone.body.at
      })
      const { body: original } = yield* pat.get(`/api/v1/operations/${operationOf(edited)}`)
      assert.strictEqual(original.undoneBy, undone.body.id)
    }))

  it.effect("takes away what was made; undone again, it is there as it was, with its number and its id", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "One", description: "More" })
      const undone = yield* undo(pat, operationOf(made))
      assertProblem(yield* get(pat, made.body.id), 404, "task_not_found")
      assert.strictEqual((yield* pat.add("Two")).number, 2)
      const redone = yield* undo(pat, operationOf(undone))
      assert.strictEqual(redone.body.undoes, operationOf(undone))
      assert.deepStrictEqual((yield* get(pat, made.body.id)).body, {
        ...made.body,
        version: 2,
        updatedAt: redone.body.at
      })
      // It is as it was when it was made: the same creation again is the thing as it is now.
      const { body: original } = yield* pat.get(`/api/v1/operations/${operationOf(made)}`)
      assert.isNull(original.undoneBy)
      const again = yield* undo(pat, operationOf(redone))
      assert.strictEqual(again.status, 200)
      assertProblem(yield* get(pat, made.body.id), 404, "task_not_found")
    }))

  it.effect("keeps for a thing that comes back what it was made by", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const id = "0198c0de-7a5c-7000-8000-0000000000a1"
      const make = pat.json("POST", "/api/v1/tasks", { id, title: "Chosen" })
      const made = yield* make
      const undone = yield* undo(pat, operationOf(made))
      assertProblem(yield* make, 409, "id_taken")
      yield* undo(pat, operationOf(undone))
      const found = yield* make
      assert.strictEqual(found.status, 200)
      assert.strictEqual(found.body.version, 2)
    }))

  it.effect("brings back from the trash", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const removed = yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "")
      const undone = yield* undo(pat, operationOf(removed))
      assert.deepStrictEqual((yield* get(pat, task.id)).body, { ...task, version: 3, updatedAt: undone.body.at })
      yield* undo(pat, operationOf(undone))
      assertProblem(yield* get(pat, task.id), 404, "task_not_found")
    }))

  it.effect("refuses where a member that it wrote was changed since, and touches nothing", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("One")
      const edited = yield* patch(pat, task.id, { title: "Two", description: "More" })
      const since = yield* patch(pat, task.id, { title: "Three" })
      const refused = yield* undo(pat, operationOf(edited))
      assertProblem(refused, 409, "changed_since")
      assert.deepStrictEqual(refused.body.changes, [{ noun: "task", id: task.id, reason: "changed" }])
      assert.isNull(refused.headers.get("operation-id"))
      assert.deepStrictEqual((yield* get(pat, task.id)).body, since.body)
      // With all of it changed, a part is nothing.
      assertProblem(yield* undo(pat, operationOf(edited), { partial: true }), 409, "changed_since")
      assert.deepStrictEqual((yield* get(pat, task.id)).body, since.body)
      assert.lengthOf((yield* pat.get("/api/v1/operations")).body.items, 3)
      // Where the value is the same again, it is as the operation left it.
      yield* patch(pat, task.id, { title: "Two" })
      assert.strictEqual((yield* undo(pat, operationOf(edited))).status, 200)
      assert.deepInclude((yield* get(pat, task.id)).body, { title: "One", description: null })
    }))

  it.effect("refuses to take away what was changed since, or is in the trash", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "One" })
      const edited = yield* patch(pat, made.body.id, { completed: true })
      assertProblem(yield* undo(pat, operationOf(made)), 409, "changed_since")
      yield* undo(pat, operationOf(edited))
      const removed = yield* pat.json("DELETE", `/api/v1/tasks/${made.body.id}`, "")
      assertProblem(yield* undo(pat, operationOf(made)), 409, "changed_since")
      yield* undo(pat, operationOf(removed))
      assert.strictEqual((yield* undo(pat, operationOf(made))).status, 200)
    }))

  it.effect("undoes nothing twice", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("One")
      const edited = yield* patch(pat, task.id, { title: "Two" })
      const undone = yield* undo(pat, operationOf(edited))
      assertProblem(yield* undo(pat, operationOf(edited)), 409, "not_undoable")
      yield* patch(pat, task.id, { title: "Two" })
      assertProblem(yield* undo(pat, operationOf(edited)), 409, "not_undoable")
      assertProblem(yield* undo(pat, operationOf(undone)), 409, "changed_since")
    }))

  it.effect("is not to be had after 30 days, nor of what was deleted for good", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "One" })
      const age = (by: string) => asPerson(pat, sql`UPDATE todo.operations SET at = at - ${by}::interval`)
      yield* age("30 days 1 minute")
      assertProblem(yield* undo(pat, operationOf(made)), 410, "undo_expired")
      assertProblem(yield* undoLatest(pat), 409, "nothing_to_undo")
      yield* age("-2 minutes")
      yield* asPerson(pat, sql`DELETE FROM todo.tasks`)
      const gone = yield* undo(pat, operationOf(made))
      assertProblem(gone, 409, "changed_since")
      assert.deepStrictEqual(gone.body.changes, [{ noun: "task", id: made.body.id, reason: "gone" }])
      yield* asPerson(pat, sql`UPDATE todo.changes SET was = NULL, now = NULL`)
      assertProblem(yield* undo(pat, operationOf(made)), 409, "not_undoable")
      assertProblem(yield* undoLatest(pat), 409, "nothing_to_undo")
    }))

  it.effect("holds the limit: what comes back counts", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "One" })
      const undone = yield* undo(pat, operationOf(made))
      yield* asPerson(pat, sql`UPDATE todo.counters SET tasks = 100000`)
      const refused = yield* undo(pat, operationOf(undone))
      assertProblem(refused, 409, "changed_since")
      assert.deepStrictEqual(refused.body.changes, [{ noun: "task", id: made.body.id, reason: "limit" }])
      yield* asPerson(pat, sql`UPDATE todo.counters SET tasks = 99999`)
      assert.strictEqual((yield* undo(pat, operationOf(undone))).status, 200)
      assertProblem(yield* pat.json("POST", "/api/v1/tasks", { title: "x" }), 409, "limit_reached")
      const last = (yield* pat.get("/api/v1/operations?limit=1")).body.items[0]
      assert.strictEqual((yield* undo(pat, last.id)).status, 200)
      assert.strictEqual((yield* pat.json("POST", "/api/v1/tasks", { title: "x" })).status, 201)
    }))

  it.effect("of 500 that were made at once leaves out the one that was edited since, where that is wanted", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "T1" })
      // As a batch makes them.
      yield* asPerson(
        pat,
        sql`WITH made AS (
            INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at)
              SELECT user_id, gen_random_uuid(), n, 'T' || n, created_at, updated_at FROM todo.tasks, generate_series(2, 500) n
              RETURNING *
          ) INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            SELECT m.user_id, o.seq, m.number - 1, 'task', m.id, NULL, to_jsonb(m) - '{user_id,seq,creation}'::text[]
            FROM made m, todo.operations o`
      )
      yield* asPerson(pat, sql`UPDATE todo.counters SET tasks = 500, last_number = 500`)
      const { body: { items: [t250] } } = yield* pat.get("/api/v1/tasks?number=250")
      const { body: edited } = yield* patch(pat, t250.id, { title: "Edited since" })
      const refused = yield* undo(pat, operationOf(made))
      assertProblem(refused, 409, "changed_since")
      assert.deepStrictEqual(refused.body.changes, [{ noun: "task", id: t250.id, reason: "changed" }])
      assert.lengthOf((yield* pat.get("/api/v1/tasks?limit=200")).body.items, 200)
      const part = yield* undo(pat, operationOf(made), { partial: true })
      assert.deepInclude(part.body, { count: 499 })
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [edited])
      assert.strictEqual((yield* pat.add("Next")).number, 501)
    }))

  it.effect("needs no body", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("One")
      yield* patch(pat, task.id, { title: "Two" })
      const undone = yield* send("/api/v1/undo", { method: "POST", headers: bearer(pat.jwt) })
      assert.strictEqual(undone.status, 200, undone.text)
      assert.strictEqual((yield* get(pat, task.id)).body.title, "One")
      assertProblem(yield* undoLatest(pat, { all: true }), 400, "invalid_request")
    }))
})

suite("POST /api/v1/undo", (it) => {
  it.effect("undoes the latest, again the one before it, and so on until nothing is left", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("One")
      yield* patch(pat, task.id, { title: "Two" })
      yield* patch(pat, task.id, { title: "Three" })
      const titles = []
      for (let i = 0; i < 2; i++) {
        assert.strictEqual((yield* undoLatest(pat)).status, 200)
        titles.push((yield* get(pat, task.id)).body.title)
      }
      assert.deepStrictEqual(titles, ["Two", "One"])
      yield* undoLatest(pat)
      assertProblem(yield* get(pat, task.id), 404, "task_not_found")
      assertProblem(yield* undoLatest(pat), 409, "nothing_to_undo")
    }))

  it.effect("begins anew with what was redone, and with what came since", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("One")
      yield* patch(pat, task.id, { title: "Two" })
      const undone = yield* undoLatest(pat)
      yield* undo(pat, operationOf(undone))
      assert.strictEqual((yield* get(pat, task.id)).body.title, "Two")
      yield* undoLatest(pat)
      assert.strictEqual((yield* get(pat, task.id)).body.title, "One")
      yield* patch(pat, task.id, { title: "Three" })
      yield* undoLatest(pat)
      assert.strictEqual((yield* get(pat, task.id)).body.title, "One")
    }))

  it.effect("looks among the last 10,000 operations, whoever has done them", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "One" })
      yield* asPerson(
        pat,
        sql`INSERT INTO todo.operations (user_id, seq, id, kind, at)
          SELECT ${pat.id}::uuid, seq, gen_random_uuid(), 'trash.expire', now() FROM generate_series(2, 10001) seq`
      )
      yield* asPerson(pat, sql`UPDATE todo.counters SET seq = 10001`)
      assertProblem(yield* undoLatest(pat), 409, "nothing_to_undo")
      yield* asPerson(pat, sql`DELETE FROM todo.operations WHERE seq = 10001`)
      const undone = yield* undoLatest(pat)
      assert.strictEqual(undone.status, 200, undone.text)
      assert.strictEqual(undone.body.undoes, operationOf(made))
    }))

  it.effect("leaves alone what another session or a token has done", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("One")
      const token = yield* pat.json("POST", "/api/v1/tokens", {
        name: "ci",
        scopes: ["tasks:read", "tasks:write"],
        expiresInDays: 1
      })
      const jwt = yield* tokenOf(token.body.secret)
      const script = (method: string, path: string, body: unknown) =>
        send(path, {
          method,
          headers: { ...bearer(jwt), "content-type": "application/json" },
          body: JSON.stringify(body)
        })
      const mine = yield* patch(pat, task.id, { description: "Mine" })
      yield* script("PATCH", `/api/v1/tasks/${task.id}`, { title: "Two" })
      const undone = yield* undoLatest(pat)
      assert.strictEqual(undone.body.undoes, operationOf(mine))
      assert.deepInclude((yield* get(pat, task.id)).body, { title: "Two", description: null })
      const theirs = yield* script("POST", "/api/v1/undo", {})
      assert.deepStrictEqual(theirs.body.by, { kind: "token", name: "ci" })
      assert.strictEqual((yield* get(pat, task.id)).body.title, "One")
      assertProblem(yield* script("POST", "/api/v1/undo", {}), 409, "nothing_to_undo")
      // By its id anybody undoes it who may write.
      assert.strictEqual((yield* undo(pat, operationOf(theirs))).status, 200)
      assert.strictEqual((yield* get(pat, task.id)).body.title, "Two")
    }))
})
