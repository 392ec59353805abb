import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

/** A todo as TodoBackend has it. */
interface Todo {
  readonly title: string
  readonly completed: boolean
  readonly order: number | null
  readonly url: string
}

const tasks = "/api/v1/tasks"

/** A client of TodoBackend's interface, which renames members and nothing else: `order` is kept beside the task as a text. */
const adapter = (person: Person) => {
  const todo = (task: { id: string; title: string; completed: boolean; extra: Record<string, string> }): Todo => ({
    title: task.title,
    completed: task.completed,
    order: task.extra["order"] === undefined ? null : Number(task.extra["order"]),
    url: `${tasks}/${task.id}`
  })
  const body = ({ order, ...members }: Partial<Todo>) => ({
    ...members,
    ...order !== undefined && { extra: { order: String(order) } }
  })
  const asked = (method: string, url: string, sent: unknown, expected: number) =>
    Effect.map(person.json(method, url, sent), (answer) => {
      assert.strictEqual(answer.status, expected, answer.text)
      return answer.body
    })
  return {
    list: Effect.map(person.get(`${tasks}?limit=200`), ({ body, status }): ReadonlyArray<Todo> => {
      assert.strictEqual(status, 200)
      return body.items.map(todo)
    }),
    get: (url: string) =>
      Effect.map(person.get(url), ({ body, status }) => {
        assert.strictEqual(status, 200)
        return todo(body)
      }),
    isGone: (url: string) => Effect.map(person.get(url), ({ status }) => status === 404),
    post: (made: Partial<Todo>) => Effect.map(asked("POST", tasks, body(made), 201), todo),
    patch: (url: string, patch: Partial<Todo>) => Effect.map(asked("PATCH", url, body(patch), 200), todo),
    delete: (url: string) => asked("DELETE", url, "", 204),
    deleteAll: asked("DELETE", `${tasks}?filter=all`, "", 200)
  }
}

const somebody = Effect.map(newPerson, adapter)

/** What TodoBackend asserts of every service, point by point (https://todobackend.com/specs). */
suite("a service like TodoBackend's", (it) => {
  it.effect("answers at its root: GET (1), POST with what was posted (2), DELETE (3), and has nothing then (4)", () =>
    Effect.gen(function*() {
      const todos = yield* somebody
      assert.deepStrictEqual(yield* todos.list, [])
      assert.strictEqual((yield* todos.post({ title: "a todo" })).title, "a todo")
      yield* todos.patch((yield* todos.post({ title: "done" })).url, { completed: true })
      yield* todos.deleteAll
      assert.deepStrictEqual(yield* todos.list, [])
    }))

  it.effect("lists what was posted (5), not completed at first (6)", () =>
    Effect.gen(function*() {
      const todos = yield* somebody
      yield* todos.post({ title: "walk the dog" })
      const list = yield* todos.list
      assert.lengthOf(list, 1)
      assert.include(list[0], { title: "walk the dog", completed: false })
    }))

  it.effect("gives each a URL (7), which answers it (8), as the list has it (9)", () =>
    Effect.gen(function*() {
      const todos = yield* somebody
      const posted = yield* todos.post({ title: "my todo" })
      assert.isString(posted.url)
      assert.deepStrictEqual(yield* todos.get(posted.url), posted)
      const [listed] = yield* todos.list
      assert.deepStrictEqual(yield* todos.get(listed!.url), posted)
    }))

  it.effect("changes the title (10) and whether it is completed (11) by PATCH, and keeps it (12)", () =>
    Effect.gen(function*() {
      const todos = yield* somebody
      const { url } = yield* todos.post({ title: "initial title" })
      assert.include(yield* todos.patch(url, { title: "bathe the cat" }), { title: "bathe the cat" })
      assert.include(yield* todos.patch(url, { completed: true }), { completed: true })
      const changed = { title: "bathe the cat", completed: true }
      assert.include(yield* todos.get(url), changed)
      assert.include((yield* todos.list)[0], changed)
    }))

  it.effect("deletes one by its URL (13)", () =>
    Effect.gen(function*() {
      const todos = yield* somebody
      const { url } = yield* todos.post({ title: "to delete" })
      yield* todos.post({ title: "to keep" })
      yield* todos.delete(url)
      assert.isTrue(yield* todos.isGone(url))
      assert.deepStrictEqual((yield* todos.list).map(({ title }) => title), ["to keep"])
    }))

  it.effect("takes an order (14), changes it by PATCH (15), and remembers it (16)", () =>
    Effect.gen(function*() {
      const todos = yield* somebody
      const { order, url } = yield* todos.post({ title: "blah", order: 523 })
      assert.strictEqual(order, 523)
      assert.include(yield* todos.patch(url, { order: 95 }), { order: 95 })
      assert.include(yield* todos.get(url), { title: "blah", order: 95 })
    }))
})
