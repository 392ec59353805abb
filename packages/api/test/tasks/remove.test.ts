import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, invalidPaths, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("DELETE /api/v1/tasks/{id}", (it) => {
  it.effect("moves a task to the trash", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const other = yield* pat.add("Stays")
      const path = `/api/v1/tasks/${task.id}`
      const gone = yield* pat.json("DELETE", path, "")
      assert.strictEqual(gone.status, 204)
      assert.strictEqual(gone.text, "")
      assertProblem(yield* pat.json("DELETE", path, ""), 404, "task_not_found")
      assertProblem(yield* pat.get(path), 404, "task_not_found")
      assertProblem(yield* pat.json("PATCH", path, { title: "x" }), 404, "task_not_found")
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [other])
    }))

  it.effect("honours If-Match", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const path = `/api/v1/tasks/${task.id}`
      const stale = yield* pat.json("DELETE", path, "", { "if-match": "\"7\"" })
      assertProblem(stale, 412, "task_changed")
      assert.deepStrictEqual(stale.body.current, task)
      assert.strictEqual((yield* pat.json("DELETE", path, "", { "if-match": "\"1\"" })).status, 204)
    }))

  it.effect("refuses what is no id", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assert.deepStrictEqual(invalidPaths(yield* pat.json("DELETE", "/api/v1/tasks/7", "")), ["params.id"])
    }))
})
