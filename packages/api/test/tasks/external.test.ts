import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const put = (person: Person, externalId: string, body: object, headers: Record<string, string> = {}) =>
  person.json("PUT", `/api/v1/tasks/external/${encodeURIComponent(externalId)}`, body, headers)

suite("PUT /api/v1/tasks/external/{externalId}", (it) => {
  it.effect("makes the task once, and applies what else it is to be; done again it changes nothing", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const body = {
        title: "Fix the leak",
        tags: ["Home"],
        due: { date: "2999-01-01", time: "09:00", timeZone: "Europe/Berlin" },
        extra: { source: "jira", sprint: null }
      }
      const made = yield* put(pat, "jira/ABC 7?", body)
      assert.strictEqual(made.status, 201, made.text)
      assert.strictEqual(made.headers.get("location"), `/api/v1/tasks/${made.body.id}`)
      assert.deepInclude(made.body, {
        number: 1,
        externalId: "jira/ABC 7?",
        extra: { source: "jira" },
        tags: ["Home"],
        dueAt: "2999-01-01T08:00:00.000Z",
        version: 1
      })
      const again = yield* put(pat, "jira/ABC 7?", body)
      assert.strictEqual(again.status, 200)
      assert.deepStrictEqual(again.body, made.body)
      assert.isNull(again.headers.get("operation-id"))
      const changed = yield* put(pat, "jira/ABC 7?", { title: "Fix it", due: { time: null }, extra: { url: "x" } })
      assert.deepInclude(changed.body, {
        id: made.body.id,
        title: "Fix it",
        due: { date: "2999-01-01" },
        extra: { source: "jira", url: "x" },
        version: 2
      })
      assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/${made.body.id}`)).body, changed.body)
      const history = yield* pat.get(`/api/v1/tasks/${made.body.id}/history`)
      assert.lengthOf(history.body.items, 2)
    }))

  it.effect("completes it, too, and is undone as one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* put(pat, "a", { title: "Done already", completed: true })
      assert.strictEqual(made.status, 201, made.text)
      assert.include(made.body, { completed: true, version: 2 })
      yield* pat.json("POST", `/api/v1/operations/${made.headers.get("operation-id")}/undo`, {})
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
      assert.strictEqual((yield* put(pat, "a", { title: "Anew" })).status, 201)
      const repeating = { title: "x", due: { date: "2999-01-01" }, repeat: { rule: "FREQ=DAILY" } }
      assertProblem(yield* put(pat, "b", { ...repeating, completed: true }), 428, "precondition_required")
      assert.strictEqual((yield* put(pat, "b", repeating)).body.occurrence, "2999-01-01")
    }))

  it.effect("says what a new one lacks, and what is not there at a version", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assert.deepStrictEqual(invalidPaths(yield* put(pat, "a", { tags: ["x"] })), ["payload.title"])
      assert.deepStrictEqual(invalidPaths(yield* put(pat, "a", { title: "x", externalId: "b" })), [
        "payload.externalId"
      ])
      assert.deepStrictEqual(invalidPaths(yield* put(pat, "x".repeat(256), { title: "x" })), ["params.externalId"])
      assertProblem(
        yield* put(pat, "a", { title: "x", due: { date: "2999-01-01", timeZone: "GMT-7" } }),
        422,
        "invalid_date"
      )
      assertProblem(yield* put(pat, "a", { title: "x" }, { "if-match": "\"1\"" }), 404, "task_not_found")
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
      const made = yield* put(pat, "😀".repeat(255), { title: "x" }, { "if-none-match": "*" })
      assert.strictEqual(made.status, 404, made.text)
      assert.strictEqual((yield* put(pat, "a", { title: "x" })).body.number, 1)
      assertProblem(yield* put(pat, "a", { title: "y" }, { "if-match": "\"2\"" }), 412, "task_changed")
      assert.strictEqual((yield* put(pat, "a", { title: "y" }, { "if-match": "\"1\"" })).body.title, "y")
    }))

  it.effect("is answered again for a key, as it was then", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = { "idempotency-key": crypto.randomUUID() }
      const first = yield* put(pat, "a", { title: "One", completed: true }, key)
      yield* put(pat, "a", { title: "Two" })
      const replayed = yield* put(pat, "a", { title: "One", completed: true }, key)
      assert.strictEqual(replayed.status, 201)
      assert.strictEqual(replayed.headers.get("idempotency-replayed"), "true")
      assert.deepStrictEqual(replayed.body, first.body)
      assert.strictEqual((yield* put(pat, "a", {})).body.title, "Two")
    }))

  it.effect("brings it back from the trash, with what is wanted of it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const dated = { title: "One", due: { date: "2999-01-01" } }
      const { body: { id } } = yield* put(pat, "a", dated)
      yield* pat.json("DELETE", `/api/v1/tasks/${id}`, "")
      const taken = yield* pat.json("POST", "/api/v1/tasks", { title: "Other", externalId: "a" })
      assertProblem(taken, 409, "external_id_taken")
      assert.strictEqual(taken.body.id, id)
      assertProblem(
        yield* put(pat, "a", { projectId: "01980000-0000-7000-8000-000000000000" }),
        422,
        "reference_not_found"
      )
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${id}`)).status, 404)
      const back = yield* put(pat, "a", { ...dated, due: { date: "2999-02-02" } })
      assert.strictEqual(back.status, 200, back.text)
      assert.deepInclude(back.body, { id, due: { date: "2999-02-02" }, title: "One" })
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual((yield* pat.get(`/api/v1/trash/${id}`)).body.externalId, "a")
      // Deleted for good it is free.
      yield* pat.json("DELETE", `/api/v1/tasks/${id}?permanent=true`, "")
      const anew = yield* put(pat, "a", { title: "Anew" })
      assert.strictEqual(anew.status, 201)
      assert.notStrictEqual(anew.body.id, id)
    }))

  it.effect("is another user's own", () =>
    Effect.gen(function*() {
      const [pat, quinn] = [yield* newPerson, yield* newPerson]
      const { body } = yield* put(pat, "a", { title: "Pat's" })
      const quinns = yield* put(quinn, "a", { title: "Quinn's" })
      assert.strictEqual(quinns.status, 201)
      assert.notStrictEqual(quinns.body.id, body.id)
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${body.id}`)).body.title, "Pat's")
    }))
})

suite("what scripts call tasks", (it) => {
  it.effect("is of one task of a user's, and is taken over by the next when it is given up", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const make = (title: string, externalId: string | null) =>
        Effect.map(pat.json("POST", "/api/v1/tasks", { title, externalId }), ({ body }) => body)
      const patch = (id: string, externalId: string | null) => pat.json("PATCH", `/api/v1/tasks/${id}`, { externalId })
      const [one, two] = [yield* make("One", "a"), yield* make("Two", null)]
      assert.deepInclude(two, { externalId: null, extra: {} })
      const refused = yield* patch(two.id, "a")
      assertProblem(refused, 409, "external_id_taken")
      assert.strictEqual(refused.body.id, one.id)
      assert.strictEqual((yield* patch(one.id, "a")).body.version, 1)
      const batch = yield* pat.json("POST", "/api/v1/batch", {
        operations: [
          { op: "task.update", id: one.id, body: { externalId: null } },
          { op: "task.update", id: two.id, body: { externalId: "a" } },
          { op: "task.create", body: { title: "Three", externalId: "c" } }
        ]
      })
      assert.strictEqual(batch.status, 200, batch.text)
      const second = yield* pat.json("POST", "/api/v1/batch", {
        operations: [{ op: "task.create", body: { title: "x" } }, {
          op: "task.create",
          body: { title: "x", externalId: "c" }
        }]
      })
      assertProblem(second, 409, "external_id_taken")
      assert.strictEqual(second.body.index, 1)
      // One rests on the other: each is judged when that is undone.
      const undone = yield* pat.json("POST", `/api/v1/operations/${batch.headers.get("operation-id")}/undo`, {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${one.id}`)).body.externalId, "a")
      assert.isNull((yield* pat.get(`/api/v1/tasks/${two.id}`)).body.externalId)
      const given = yield* patch(one.id, null)
      yield* patch(two.id, "a")
      const taken = yield* pat.json("POST", `/api/v1/operations/${given.headers.get("operation-id")}/undo`, {})
      assertProblem(taken, 409, "changed_since")
      assert.deepStrictEqual(taken.body.changes, [{ noun: "task", id: one.id, reason: "taken" }])
    }))
})

suite("what scripts keep with tasks", (it) => {
  it.effect("is changed text by text, and is no more than it may be", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const create = (extra: unknown) => pat.json("POST", "/api/v1/tasks", { title: "x", extra })
      const { body: task } = yield* create({ a: "1", constructor: "2", "": "" }).pipe(
        Effect.tap((answer) => Effect.sync(() => assert.strictEqual(answer.status, 400))),
        Effect.andThen(create({ a: "1", constructor: "2" }))
      )
      assert.deepStrictEqual(task.extra, { a: "1", constructor: "2" })
      const patch = (extra: unknown) => pat.json("PATCH", `/api/v1/tasks/${task.id}`, { extra })
      assert.strictEqual((yield* patch({})).body.version, 1)
      assert.strictEqual((yield* patch({ b: null, a: "1" })).body.version, 1)
      assert.deepStrictEqual((yield* patch({ a: null, b: "é" })).body.extra, { constructor: "2", b: "é" })
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/${task.id}`)).body.extra, { a: "1", constructor: "2" })
      assert.deepStrictEqual((yield* patch(null)).body.extra, {})
      for (const wrong of [{ a: 1 }, { a: null }, ["a"], "a", { a: "\u0000" }, JSON.parse("{\"__proto__\": \"x\"}")]) {
        assert.strictEqual((yield* create(wrong)).status, 400, JSON.stringify(wrong))
      }
      const many = (from: number, to: number) =>
        Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`n${from + i}`, "x"]))
      assert.strictEqual((yield* create(many(0, 51))).status, 400)
      assert.strictEqual((yield* patch(many(0, 50))).status, 200)
      const tooMany = yield* patch({ n50: "x" })
      assertProblem(tooMany, 409, "limit_reached")
      assert.include(tooMany.body, { limit: "extra_of_task", max: 50 })
      assert.strictEqual((yield* patch({ n50: "x", n0: null })).status, 200)
      yield* patch(null)
      assert.strictEqual((yield* patch({ a: "é".repeat(8191) })).status, 200)
      const tooLong = yield* patch({ b: "12" })
      assertProblem(tooLong, 409, "limit_reached")
      assert.include(tooLong.body, { limit: "extra_bytes", max: 16_384 })
      assert.strictEqual((yield* patch({ b: "" })).status, 200)
      assert.strictEqual((yield* create({ a: "é".repeat(8192) })).status, 400)
    }))
})
