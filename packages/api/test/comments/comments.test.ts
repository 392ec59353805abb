import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("Comments", (it) => {
  it.effect("are made on a task, listed newest first, changed, deleted, and brought back", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      const task = (yield* pat.add("Call")).id
      const path = `/api/v1/tasks/${task}/comments`
      const made = yield* pat.json("POST", path, { text: "They close at six" })
      assert.strictEqual(made.status, 201, made.text)
      assert.deepInclude(made.body, { taskId: task, text: "They close at six", version: 1 })
      yield* pat.json("POST", path, { text: "Or at five" })
      const texts = Effect.map(
        pat.get(path),
        ({ body }) => body.items.map(({ text }: { readonly text: string }) => text)
      )
      assert.deepStrictEqual(yield* texts, ["Or at five", "They close at six"])
      const page = (yield* pat.get(`${path}?limit=1`)).body
      assert.lengthOf((yield* pat.get(`${path}?limit=1&cursor=${page.nextCursor}`)).body.items, 1)
      const one = `/api/v1/comments/${made.body.id}`
      assert.deepInclude((yield* pat.json("PATCH", one, { text: "At seven" })).body, { text: "At seven", version: 2 })
      assertProblem(yield* pat.json("PATCH", one, { text: "x" }, { "if-match": "\"1\"" }), 412, "comment_changed")
      for (const body of [{ text: "" }, { text: " \n" }, {}, { text: "x", taskId: task }]) {
        assertProblem(yield* pat.json("POST", path, body), 400, "invalid_request")
      }
      assertProblem(yield* sam.json("POST", path, { text: "x" }), 404, "task_not_found")
      assertProblem(yield* sam.get(path), 404, "task_not_found")
      assertProblem(yield* sam.json("PATCH", one, { text: "x" }), 404, "comment_not_found")
      assert.strictEqual((yield* pat.json("DELETE", one, "")).status, 204)
      assert.deepStrictEqual(yield* texts, ["Or at five"])
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual(yield* texts, ["Or at five", "At seven"])
    }))

  it.effect("are searched with their task, go to the trash with it, and come back", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = (yield* pat.add("Call")).id
      const path = `/api/v1/tasks/${task}/comments`
      const comment = (yield* pat.json("POST", path, { text: "Öffnet um sechs" })).body.id
      const found = Effect.map(pat.get("/api/v1/tasks?filter=search:OFFN"), ({ body }) => body.items.length)
      assert.strictEqual(yield* found, 1)
      yield* pat.json("DELETE", `/api/v1/tasks/${task}`, "")
      assert.strictEqual(yield* found, 0)
      assertProblem(yield* pat.get(path), 404, "task_not_found")
      assertProblem(yield* pat.json("POST", path, { text: "x" }), 404, "task_not_found")
      assertProblem(yield* pat.json("PATCH", `/api/v1/comments/${comment}`, { text: "x" }), 404, "comment_not_found")
      yield* pat.json("POST", `/api/v1/tasks/${task}/restore`, {})
      assert.lengthOf((yield* pat.get(path)).body.items, 1)
      assert.strictEqual(yield* found, 1)
      // Deleted for good, nothing of them is left.
      yield* pat.json("DELETE", `/api/v1/tasks/${task}?permanent=true`, "")
      const limits = (yield* pat.get("/api/v1/limits")).body.items
      assert.deepInclude(limits.find(({ limit }: { readonly limit: string }) => limit === "comments"), { count: 0 })
      assert.notInclude((yield* pat.get("/api/v1/changes")).text, "ffnet")
    }))
})
