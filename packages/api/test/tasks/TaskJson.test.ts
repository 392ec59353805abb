import { assert, it } from "@effect/vitest"
import { Task, TaskId } from "@todo/domain/tasks/Task"
import { maxPageBytes, TaskCursor, TaskPage } from "@todo/domain/tasks/TaskPage"
import { DateTime, Effect, Schema } from "effect"
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
    const { items, nextCursor } = page
    // One more is found where there are more.
    const more = nextCursor === null ? [] : items.slice(0, 1)
    const listing = { found: [...items, ...more], limit: items.length, cursorAfter: () => nextCursor! }
    const expected = more.length > 0 ? page : { items, nextCursor: null }
    assert.strictEqual(
      yield* bodyOf(pageResponse(listing)),
      JSON.stringify(yield* Schema.encodeEffect(TaskPage)(expected))
    )
  }))

const longTask = (character: string, length: number) =>
  Task.make({
    id: TaskId.make("0198c0de-7a5c-7000-8000-0000000000a1"),
    number: 2_147_483_647,
    title: "\u0001".repeat(500),
    description: character.repeat(length),
    completed: true,
    completedAt: DateTime.makeUnsafe(0),
    createdAt: DateTime.makeUnsafe(0),
    updatedAt: DateTime.makeUnsafe(0),
    version: 2_147_483_647
  })

it.effect("a page has as many tasks as fit in 1 MiB of what the contract encodes, and says that there are more", () =>
  Effect.gen(function*() {
    const cursor = TaskCursor.make("x".repeat(500))
    for (const length of [0, 800, 1000, 5000, 20_000]) {
      for (const character of ["a", "é", "€", "\"", "\u0001", "\u{1F642}"]) {
        const found = Array.from({ length: 200 }, () => longTask(character, length))
        const text = yield* bodyOf(pageResponse({ found, limit: 200, cursorAfter: () => cursor }))
        const { items } = JSON.parse(text) as typeof TaskPage.Encoded
        const nextCursor = items.length < found.length ? cursor : null
        const encode = (count: number) =>
          Effect.map(
            Schema.encodeEffect(TaskPage)({ items: found.slice(0, count), nextCursor }),
            (page) => JSON.stringify(page)
          )
        assert.strictEqual(text, yield* encode(items.length))
        assert.isAtMost(Buffer.byteLength(text), maxPageBytes)
        if (items.length < found.length) {
          // Another would not have fitted, but for the room kept for the cursor.
          assert.isAbove(Buffer.byteLength(yield* encode(items.length + 1)), maxPageBytes - 100)
        }
      }
    }
  }))
