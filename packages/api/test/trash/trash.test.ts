import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const remove = (person: Person, id: string) => person.json("DELETE", `/api/v1/tasks/${id}`, "")
const restore = (person: Person, id: string, headers = {}) =>
  person.json("POST", `/api/v1/tasks/${id}/restore`, "", headers)
const trashOf = (person: Person, query = "") => person.get(`/api/v1/trash${query}`)
const titles = ({ body }: { readonly body: { readonly items: ReadonlyArray<{ readonly title: string }> } }) =>
  body.items.map(({ title }) => title)

suite("the trash", (it) => {
  it.effect("has what was deleted, the last deleted first", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* Effect.forEach(["one", "two", "three"], pat.add)
      yield* Effect.forEach([2, 0, 1], (index) => remove(pat, made[index].id))
      const answer = yield* trashOf(pat)
      assert.deepStrictEqual(titles(answer), ["two", "one", "three"])
      assert.isNull(answer.body.nextCursor)
      const { trashedAt, ...task } = answer.body.items[1]
      assert.deepStrictEqual(task, { ...made[0], ready: false, version: 2, updatedAt: trashedAt })
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
    }))

  it.effect("is paged, also where many were deleted at the same moment", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const made = yield* Effect.forEach(Array.from({ length: 7 }, (_, index) => `task ${index}`), pat.add)
      yield* Effect.forEach(made, ({ id }) => remove(pat, id))
      yield* asPerson(pat, sql`UPDATE todo.tasks SET trashed_at = '2026-10-01T00:00:00Z' WHERE number > 2`)
      const whole = titles(yield* trashOf(pat))
      assert.lengthOf(whole, 7)
      const pages: Array<string> = []
      let query = "?limit=2"
      for (;;) {
        const page = yield* trashOf(pat, query)
        pages.push(...titles(page))
        if (page.body.nextCursor === null) break
        query = `?limit=2&cursor=${page.body.nextCursor}`
      }
      assert.deepStrictEqual(pages, whole)
    }))

  it.effect("refuses a cursor that is not its own", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      for (const person of [pat, pat, sam, sam]) yield* remove(person, (yield* person.add("x")).id)
      const { nextCursor } = (yield* trashOf(pat, "?limit=1")).body
      assert.deepStrictEqual(invalidPaths(yield* trashOf(sam, `?cursor=${nextCursor}`)), ["query.cursor"])
      const [user, time] = JSON.parse(Buffer.from(nextCursor, "base64url").toString())
      const places = [[], [time], [7], [7, 1], [time, 0], [time, 1, 1], ["+010000-01-01T00:00:00.000Z", 1], ["x", 1], [
        "0001-01-01T00:00:00.000Z",
        1
      ]]
      for (const place of places) {
        const cursor = Buffer.from(JSON.stringify([user, ...place])).toString("base64url")
        assert.deepStrictEqual(invalidPaths(yield* trashOf(pat, `?cursor=${cursor}`)), ["query.cursor"])
      }
    }))

  it.effect("shows one task, and only what is in it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      assertProblem(yield* pat.get(`/api/v1/trash/${task.id}`), 404, "task_not_found")
      yield* remove(pat, task.id)
      const found = yield* pat.get(`/api/v1/trash/${task.id}`)
      assert.deepStrictEqual(found.body, (yield* trashOf(pat)).body.items[0])
      const etag = found.headers.get("etag")!
      assert.strictEqual(etag, "\"2\"")
      assert.strictEqual((yield* pat.get(`/api/v1/trash/${task.id}`, { "if-none-match": etag })).status, 304)
      assertProblem(yield* pat.get(`/api/v1/trash/${task.id}`, { "if-match": "\"1\"" }), 412, "task_changed")
    }))
})

suite("POST /api/v1/tasks/{id}/restore", (it) => {
  it.effect("takes a task out of the trash, with its number", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [first, task, last] = yield* Effect.forEach(["first", "Buy milk", "last"], pat.add)
      yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, { description: "Oat", completed: true })
      const before = (yield* pat.get(`/api/v1/tasks/${task.id}`)).body
      yield* remove(pat, task.id)
      const answer = yield* restore(pat, task.id)
      assert.strictEqual(answer.status, 200)
      assert.isNotNull(answer.headers.get("operation-id"))
      assert.strictEqual(answer.headers.get("etag"), "\"4\"")
      assert.deepStrictEqual(answer.body, { ...before, version: 4, updatedAt: answer.body.updatedAt })
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [last, answer.body, first])
      assert.deepStrictEqual((yield* trashOf(pat)).body.items, [])
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks?number=2")).body.items, [answer.body])
    }))

  it.effect("leaves what is not in the trash as it is, which is no operation", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const answer = yield* restore(pat, task.id)
      assert.strictEqual(answer.status, 200)
      assert.deepStrictEqual(answer.body, task)
      assert.isNull(answer.headers.get("operation-id"))
    }))

  it.effect("honours If-Match", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      yield* remove(pat, task.id)
      const stale = yield* restore(pat, task.id, { "if-match": "\"1\"" })
      assertProblem(stale, 412, "task_changed")
      assert.strictEqual(stale.body.current.version, 2)
      assert.strictEqual((yield* restore(pat, task.id, { "if-match": "\"2\"" })).status, 200)
    }))

  it.effect("a task in the trash is none for whoever looks for tasks", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      yield* remove(pat, task.id)
      const path = `/api/v1/tasks/${task.id}`
      assertProblem(yield* pat.get(path), 404, "task_not_found")
      assertProblem(yield* pat.json("PATCH", path, { title: "x" }), 404, "task_not_found")
      assertProblem(yield* remove(pat, task.id), 404, "task_not_found")
      yield* restore(pat, task.id)
      assert.strictEqual((yield* pat.json("PATCH", path, { title: "x" })).status, 200)
    }))
})
