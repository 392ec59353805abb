import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { assertReplay, newKey } from "../idempotency/Answers.ts"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const purge = (person: Person, id: string, headers = {}) =>
  person.json("DELETE", `/api/v1/tasks/${id}?permanent=true`, "", headers)

/** All that is stored of somebody's tasks, as text. */
const storedOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* asPerson(
      person,
      sql<{ text: string }>`SELECT t::text AS text FROM todo.tasks t UNION ALL SELECT c::text FROM todo.changes c
        UNION ALL SELECT o::text FROM todo.operations o UNION ALL SELECT k::text FROM todo.idempotency_keys k`
    )
    return rows.map(({ text }) => text).join("\n")
  })

/** Of each change that the record has of a thing, whether it knows what was and what came of it. */
const changesOf = (person: Person, id: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return yield* asPerson(
      person,
      sql<{ kind: string; was: boolean; now: boolean }>`
        SELECT o.kind, c.was IS NOT NULL AS was, c.now IS NOT NULL AS now FROM todo.changes c
          JOIN todo.operations o USING (user_id, seq) WHERE c.id = ${id}::uuid ORDER BY c.seq`
    )
  })

suite("deleting for good", (it) => {
  for (const from of ["the list", "the trash"]) {
    it.effect(`takes a task from ${from}, and its text out of all that is stored`, () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const other = yield* pat.add("Stays")
        const task = (yield* pat.json("POST", "/api/v1/tasks", { title: "Very private" }, newKey())).body
        const path = `/api/v1/tasks/${task.id}`
        yield* pat.json("PATCH", path, { title: "Very private indeed", description: "Very private, too" }, newKey())
        if (from === "the trash") yield* pat.json("DELETE", path, "", newKey())
        const key = newKey()
        const gone = yield* purge(pat, task.id, key)
        assert.strictEqual(gone.status, 204)
        assert.isNotNull(gone.headers.get("operation-id"))
        assertReplay(gone, yield* purge(pat, task.id, key))
        assert.notInclude(yield* storedOf(pat), "private")
        assertProblem(yield* purge(pat, task.id), 404, "task_not_found")
        assertProblem(yield* pat.json("POST", `${path}/restore`, ""), 404, "task_not_found")
        assertProblem(yield* pat.get(`/api/v1/trash/${task.id}`), 404, "task_not_found")
        assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [other])
        assert.deepStrictEqual((yield* pat.get("/api/v1/trash")).body.items, [])
      }))
  }

  it.effect("takes the text out of more changes than are written at once", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const task = yield* pat.add("Very private")
      yield* asPerson(
        pat,
        sql`INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
          SELECT c.user_id, c.seq, n, c.noun, c.id, c.was, c.now FROM todo.changes c, generate_series(1, 10500) n`
      )
      assert.strictEqual((yield* purge(pat, task.id)).status, 204)
      assert.notInclude(yield* storedOf(pat), "private")
    }))

  it.effect("leaves on record that there was one, and that it is gone", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const other = yield* pat.add("Stays")
      yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "")
      yield* purge(pat, task.id)
      assert.deepStrictEqual(
        yield* changesOf(pat, task.id),
        ["task.create", "task.remove", "task.purge"].map((kind) => ({ kind, was: false, now: false }))
      )
      assert.deepStrictEqual(yield* changesOf(pat, other.id), [{ kind: "task.create", was: false, now: true }])
    }))

  it.effect("keeps the number and the id taken", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const id = "0198c0de-7a5c-7000-8000-0000000000a1"
      const creation = { id, title: "Buy milk" }
      assert.strictEqual((yield* pat.json("POST", "/api/v1/tasks", creation)).body.number, 1)
      yield* purge(pat, id)
      assertProblem(yield* pat.json("POST", "/api/v1/tasks", creation), 409, "id_taken")
      assert.strictEqual((yield* pat.add("next")).number, 2)
    }))

  it.effect("makes room for another task", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      yield* asPerson(pat, sql`UPDATE todo.counters SET tasks = 100000`)
      yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "")
      assertProblem(yield* pat.json("POST", "/api/v1/tasks", { title: "x" }), 409, "limit_reached")
      yield* purge(pat, task.id)
      assert.strictEqual((yield* pat.json("POST", "/api/v1/tasks", { title: "x" })).status, 201)
    }))

  it.effect("honours If-Match, and sends no answer again whose task is gone", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = newKey()
      const task = (yield* pat.json("POST", "/api/v1/tasks", { title: "Buy milk" }, key)).body
      assertProblem(yield* purge(pat, task.id, { "if-match": "\"2\"" }), 412, "task_changed")
      assert.strictEqual((yield* purge(pat, task.id, { "if-match": "\"1\"" })).status, 204)
      assertProblem(yield* pat.json("POST", "/api/v1/tasks", { title: "Buy milk" }, key), 410, "gone")
    }))

  it.effect("is another request than deleting, for a key", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const key = newKey()
      yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "", key)
      assertProblem(yield* purge(pat, task.id, key), 422, "idempotency_key_reused")
    }))
})

suite("DELETE /api/v1/trash", (it) => {
  it.effect("deletes for good what is in the trash, as one operation", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      const [kept, ...others] = yield* Effect.forEach(["kept", "private 1", "private 2"], pat.add)
      const theirs = yield* sam.add("private")
      for (const [person, { id }] of [[pat, others[0]], [pat, others[1]], [sam, theirs]] as const) {
        yield* person.json("DELETE", `/api/v1/tasks/${id}`, "")
      }
      const answer = yield* pat.json("DELETE", "/api/v1/trash", "")
      assert.strictEqual(answer.status, 200)
      assert.deepStrictEqual(answer.body, { count: 2 })
      assert.isNotNull(answer.headers.get("operation-id"))
      assert.deepStrictEqual((yield* pat.get("/api/v1/trash")).body.items, [])
      assert.notInclude(yield* storedOf(pat), "private")
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [kept])
      assert.lengthOf((yield* sam.get("/api/v1/trash")).body.items, 1)
      assert.deepStrictEqual((yield* changesOf(pat, others[1].id)).map(({ kind }) => kind), [
        "task.create",
        "task.remove",
        "trash.empty"
      ])
    }))

  it.effect("is no operation where it is empty", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const answer = yield* pat.json("DELETE", "/api/v1/trash", "")
      assert.deepStrictEqual(answer.body, { count: 0 })
      assert.isNull(answer.headers.get("operation-id"))
    }))

  it.effect("deletes no more than an operation may change", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* asPerson(
        pat,
        sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at, version, trashed_at)
          SELECT ${pat.id}::uuid, gen_random_uuid(), n, 'x', now(), now(), 1, now() FROM generate_series(1, 10001) n`
      )
      const refused = yield* pat.json("DELETE", "/api/v1/trash", "")
      assertProblem(refused, 409, "limit_reached")
      assert.deepInclude(refused.body, { limit: "changes", max: 10_000 })
      assert.lengthOf((yield* pat.get("/api/v1/trash?limit=1")).body.items, 1)
      yield* asPerson(pat, sql`DELETE FROM todo.tasks WHERE number = 1`)
      assert.deepStrictEqual((yield* pat.json("DELETE", "/api/v1/trash", "")).body, { count: 10_000 })
    }))
})
