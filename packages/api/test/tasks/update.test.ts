import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, invalidPaths, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("PATCH /api/v1/tasks/{id}", (it) => {
  const withTask = Effect.gen(function*() {
    const pat = yield* newPerson
    const { body: task } = yield* pat.json("POST", "/api/v1/tasks", { title: "Buy milk", description: "Oat" })
    const patch = (body: unknown, headers?: Record<string, string>) =>
      pat.json("PATCH", `/api/v1/tasks/${task.id}`, body, headers)
    return { pat, task, patch }
  })

  it.effect("changes what the patch names and leaves the rest, as merge-patch and as JSON", () =>
    Effect.gen(function*() {
      const { patch, task } = yield* withTask
      const first = yield* patch({ title: " Buy bread " }, { "content-type": "application/merge-patch+json" })
      assert.strictEqual(first.status, 200)
      assert.strictEqual(first.headers.get("etag"), "\"2\"")
      assert.deepStrictEqual(first.body, { ...task, title: "Buy bread", version: 2, updatedAt: first.body.updatedAt })
      assert.isTrue(first.body.updatedAt >= task.updatedAt)
      const second = yield* patch({ description: "Rye" })
      assert.include(second.body, { title: "Buy bread", description: "Rye", version: 3 })
    }))

  it.effect("clears the description with null, and refuses to clear what must be there", () =>
    Effect.gen(function*() {
      const { patch } = yield* withTask
      assert.include((yield* patch({ description: null })).body, { description: null, version: 2 })
      assert.deepStrictEqual(invalidPaths(yield* patch({ title: null })), ["payload.title"])
      assert.deepStrictEqual(invalidPaths(yield* patch({ completed: null })), ["payload.completed"])
    }))

  it.effect("sets, changes and clears the priority, which is no number", () =>
    Effect.gen(function*() {
      const { pat, patch, task } = yield* withTask
      assert.strictEqual(task.priority, null)
      assert.include((yield* patch({ priority: "p1" })).body, { priority: "p1", version: 2 })
      assert.include((yield* patch({ title: "x" })).body, { priority: "p1", version: 3 })
      for (const wrong of [1, "1", "P1", "p4", "", true]) {
        assert.deepStrictEqual(invalidPaths(yield* patch({ priority: wrong })), ["payload.priority"])
      }
      assert.include((yield* patch({ priority: null })).body, { priority: null, version: 4 })
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "y", priority: "p3" })
      assert.include(made.body, { priority: "p3", version: 1 })
    }))

  it.effect("makes no new version of what stays the same", () =>
    Effect.gen(function*() {
      const { patch, task } = yield* withTask
      for (const same of [{}, { title: "Buy milk" }, { description: "Oat", completed: false }]) {
        const answer = yield* patch(same)
        assert.strictEqual(answer.headers.get("etag"), "\"1\"")
        assert.deepStrictEqual(answer.body, task)
      }
    }))

  it.effect("keeps the time of the first completion until the task is reopened", () =>
    Effect.gen(function*() {
      const { patch } = yield* withTask
      const done = yield* patch({ completed: true })
      assert.strictEqual(done.body.completed, true)
      assert.strictEqual(done.body.completedAt, done.body.updatedAt)
      assert.deepStrictEqual((yield* patch({ completed: true })).body, done.body)
      const renamed = yield* patch({ title: "Bought milk" })
      assert.strictEqual(renamed.body.completedAt, done.body.completedAt)
      const reopened = yield* patch({ completed: false })
      assert.include(reopened.body, { completed: false, completedAt: null, version: 4 })
    }))

  it.effect("honours If-Match: 412 with the current state, and nothing changed", () =>
    Effect.gen(function*() {
      const { pat, patch, task } = yield* withTask
      const second = yield* patch({ title: "Second" }, { "if-match": "\"1\"" })
      assert.strictEqual(second.status, 200)
      for (const tag of ["\"1\"", "W/\"2\"", "\"two\"", "\"1\", \"3\"", "\"99999999999999999999\"", "\"02\""]) {
        const stale = yield* patch({ title: "Third" }, { "if-match": tag })
        assertProblem(stale, 412, "task_changed")
        assert.deepStrictEqual(stale.body.current, second.body, tag)
      }
      // Who is told to merge would look for somebody else's change.
      for (const tag of ["2", "\"2", "2\"", "x, \"2\"", "\"2\" \"3\"", ",", ""]) {
        const malformed = yield* patch({ title: "Third" }, { "if-match": tag })
        assert.deepStrictEqual(invalidPaths(malformed), ["headers.if-match"], tag)
      }
      assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/${task.id}`)).body, second.body)
      assert.strictEqual((yield* patch({ title: "Third" }, { "if-match": "\"7\", \"2\"" })).status, 200)
      assert.strictEqual((yield* patch({ title: "Fourth" }, { "if-match": "*" })).status, 200)
    }))

  it.effect("changes no task that is there where If-None-Match wants that there is none", () =>
    Effect.gen(function*() {
      const { pat, patch, task } = yield* withTask
      for (const match of [{}, { "if-match": "\"1\"" }]) {
        const headers = { ...match, "if-none-match": "*" }
        const refused = yield* patch({ title: "Second" }, headers)
        assertProblem(refused, 412, "task_changed")
        assert.deepStrictEqual(refused.body.current, task)
        assertProblem(yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "", headers), 412, "task_changed")
      }
      // Versions are what If-Match is for.
      const versions = yield* patch({ title: "Second" }, { "if-none-match": "\"1\"" })
      assert.deepStrictEqual(invalidPaths(versions), ["headers.if-none-match"])
      const keyed = { "idempotency-key": crypto.randomUUID() }
      assert.strictEqual((yield* patch({ title: "Second" }, keyed)).status, 200)
      const other = yield* patch({ title: "Second" }, { ...keyed, "if-none-match": "*" })
      assertProblem(other, 422, "idempotency_key_reused")
    }))

  it.effect("lets one of many changes at once through, when all expect the same version", () =>
    Effect.gen(function*() {
      const { patch } = yield* withTask
      const answers = yield* Effect.forEach(
        Array.from({ length: 12 }),
        (_, i) => patch({ title: `Winner ${i}` }, { "if-match": "\"1\"" }),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(answers.filter((answer) => answer.status === 200).length, 1)
      assert.strictEqual(answers.filter((answer) => answer.status === 412).length, 11)
    }))

  it.effect("loses none of many changes at once", () =>
    Effect.gen(function*() {
      const { pat, patch, task } = yield* withTask
      yield* Effect.forEach(Array.from({ length: 20 }), (_, i) => patch({ title: `Change ${i}` }), {
        concurrency: "unbounded"
      })
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${task.id}`)).body.version, 21)
    }))

  it.effect("refuses what it does not know, and 404 for a task that is not there", () =>
    Effect.gen(function*() {
      const { pat, patch } = yield* withTask
      assert.deepStrictEqual(invalidPaths(yield* patch({ title: "   " })), ["payload.title"])
      assert.deepStrictEqual(invalidPaths(yield* patch({ version: 9 })), ["payload.version"])
      assert.deepStrictEqual(invalidPaths(yield* patch({ completed: "yes" })), ["payload.completed"])
      assert.deepStrictEqual(invalidPaths(yield* patch("[]")), ["payload"])
      assertProblem(yield* patch({}, { "content-type": "text/plain" }), 415, "unsupported_media_type")
      const absent = yield* pat.json("PATCH", "/api/v1/tasks/01980000-0000-7000-8000-000000000000", { title: "x" })
      assertProblem(absent, 404, "task_not_found")
    }))
})
