import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { newPerson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

layer(TestService.layer, { excludeTestServices: true })("POST /api/v1/tasks", (it) => {
  it.effect("makes a task with the user's next number", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const first = yield* pat.json("POST", "/api/v1/tasks", { title: "  Buy milk\n" })
      assert.strictEqual(first.status, 201)
      assert.strictEqual(first.headers.get("location"), `/api/v1/tasks/${first.body.id}`)
      assert.strictEqual(first.headers.get("etag"), "\"1\"")
      assert.strictEqual(first.body.number, 1)
    }))
})
