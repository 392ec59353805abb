import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, invalidPaths, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const absent = "/api/v1/tasks/01980000-0000-7000-8000-000000000000"

suite("GET /api/v1/tasks/{id}", (it) => {
  it.effect("answers the task with its version as ETag", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const answer = yield* pat.get(`/api/v1/tasks/${task.id}`)
      assert.strictEqual(answer.status, 200)
      assert.strictEqual(answer.headers.get("etag"), "\"1\"")
      assert.deepStrictEqual(answer.body, task)
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${task.id.toUpperCase()}`)).status, 200)
    }))

  it.effect("answers 304 to who has this version, and the task to who has another", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const ask = (tag: string) => pat.get(`/api/v1/tasks/${task.id}`, { "if-none-match": tag })
      for (const tag of ["\"1\"", "W/\"1\"", "\"7\", \"1\"", "*"]) {
        const answer = yield* ask(tag)
        assert.strictEqual(answer.status, 304, tag)
        assert.strictEqual(answer.headers.get("etag"), "\"1\"")
        assert.strictEqual(answer.text, "")
      }
      for (const tag of ["\"2\"", "1", "nonsense", ""]) assert.strictEqual((yield* ask(tag)).status, 200, tag)
    }))

  it.effect("answers the task only at a version of If-Match, and 412 with it as it is otherwise", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const ask = (headers: Record<string, string>) => pat.get(`/api/v1/tasks/${task.id}`, headers)
      for (const tag of ["\"1\"", "\"7\", \"1\"", "*"]) {
        assert.strictEqual((yield* ask({ "if-match": tag })).status, 200, tag)
      }
      for (const tag of ["\"2\"", "W/\"1\""]) {
        const answer = yield* ask({ "if-match": tag, "if-none-match": "\"1\"" })
        assertProblem(answer, 412, "task_changed")
        assert.deepStrictEqual(answer.body.current, task)
      }
      assert.strictEqual((yield* ask({ "if-match": "\"1\"", "if-none-match": "\"1\"" })).status, 304)
      assert.deepStrictEqual(invalidPaths(yield* ask({ "if-match": "1" })), ["headers.if-match"])
      assertProblem(yield* pat.get(absent, { "if-match": "\"1\"" }), 404, "task_not_found")
    }))

  it.effect("answers 404 for a task that is not there, and 400 for what is no id", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assertProblem(yield* pat.get(absent), 404, "task_not_found")
      assertProblem(yield* pat.get(absent, { "if-none-match": "*" }), 404, "task_not_found")
      for (const id of ["7", "x", "01980000-0000-7000-8000-00000000000", "%00", "..%2F"]) {
        assert.deepStrictEqual(invalidPaths(yield* pat.get(`/api/v1/tasks/${id}`)), ["params.id"], id)
      }
    }))
})
