import { assert, it } from "@effect/vitest"
import { Task } from "@todo/domain/tasks/Task"
import { TaskPage } from "@todo/domain/tasks/TaskPage"
import { Effect, Schema } from "effect"
import { HttpServerResponse } from "effect/http"
import { createdResponse, pageResponse, taskResponse } from "../../src/tasks/TaskJson.ts"

const bodyOf = (response: HttpServerResponse.HttpServerResponse) =>
  Effect.promise(() => HttpServerResponse.toWeb(response).text())

it.effect.prop("a task is written as the contract encodes it", [Task], ([task]) =>
  Effect.gen(function*() {
    const encoded = JSON.stringify(yield* Schema.encodeEffect(Task)(task))
    for (const response of [taskResponse(task), createdResponse(task)]) {
      assert.strictEqual(yield* bodyOf(response), encoded)
      assert.strictEqual(response.headers["content-type"], "application/json")
      assert.strictEqual(response.headers["etag"], `"${task.version}"`)
    }
  }))

it.effect.prop("a page of tasks is written as the contract encodes it", [TaskPage], ([page]) =>
  Effect.gen(function*() {
    assert.strictEqual(yield* bodyOf(pageResponse(page)), JSON.stringify(yield* Schema.encodeEffect(TaskPage)(page)))
  }))
