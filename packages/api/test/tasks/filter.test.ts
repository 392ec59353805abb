import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { type Answer, assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString()
const numbersOf = ({ body, status, text }: Answer): ReadonlyArray<number> => {
  assert.strictEqual(status, 200, text)
  return body.items.map(({ number }: { readonly number: number }) => number)
}
const listed = (person: Person, parameters: Readonly<Record<string, string>>) =>
  Effect.map(person.get(`/api/v1/tasks?${query(parameters)}`), numbersOf)

/** Somebody with tasks of the numbers 1, 2, 3 …, with these members. */
const withTasks = Effect.fnUntraced(function*(...tasks: ReadonlyArray<object & { readonly completed?: boolean }>) {
  const pat = yield* newPerson
  for (const { completed, ...task } of tasks) {
    const { body } = yield* pat.json("POST", "/api/v1/tasks", task)
    if (completed) yield* pat.json("PATCH", `/api/v1/tasks/${body.id}`, { completed })
  }
  return pat
})

const some = withTasks(
  { title: "Buy milk", priority: "p2" },
  { title: "Übung drucken", description: "with milk" },
  { title: "Straße fegen", priority: "p1", completed: true },
  { title: "aal", priority: "p2" },
  { title: "50% x_y" }
)

suite("A list with a filter", (it) => {
  it.effect("is of what is open, unless it says otherwise", () =>
    Effect.gen(function*() {
      const pat = yield* some
      for (
        const [filter, numbers] of [
          ["open", [5, 4, 2, 1]],
          ["done", [3]],
          ["all", [5, 4, 3, 2, 1]],
          ["p1", []],
          ["p1 and done", [3]],
          ["p2 or number=5", [5, 4, 1]],
          ["not p2", [5, 2]],
          ["no priority", [5, 2]],
          ["all and priority != p2", [3]],
          ["description:any", [2]],
          ["title:MILK", [1]],
          ["created:today", [5, 4, 2, 1]],
          ["created before today", []],
          ["number > 1 and number < 4", [2]]
        ] as const
      ) assert.deepStrictEqual(yield* listed(pat, { filter }), numbers, filter)
    }))

  it.effect("has older parameters as further conditions", () =>
    Effect.gen(function*() {
      const pat = yield* some
      assert.deepStrictEqual(yield* listed(pat, { filter: "all", completed: "true" }), [3])
      assert.deepStrictEqual(yield* listed(pat, { filter: "p2", number: "4" }), [4])
      assert.deepStrictEqual(yield* listed(pat, { sort: "number", completed: "false" }), [1, 2, 4, 5])
    }))

  it.effect("searches without case and accents, by any part, titles first", () =>
    Effect.gen(function*() {
      const pat = yield* some
      for (
        const [words, numbers] of [
          ["milk", [1, 2]],
          ["MIL", [1, 2]],
          ["ubung", [2]],
          ["ilk dru", [2]],
          ["50%", [5]],
          ["%", [5]],
          ["x_y", [5]],
          ["#4", [4]],
          ["nothing like it", []]
        ] as const
      ) assert.deepStrictEqual(yield* listed(pat, { filter: `search:"${words}"` }), numbers, words)
      assert.deepStrictEqual(yield* listed(pat, { filter: "done and search:strasse" }), [3])
      assert.deepStrictEqual(yield* listed(pat, { filter: "search:milk", sort: "number" }), [1, 2])
    }))

  it.effect("finds a text as it was changed, and as an undo has made it again", () =>
    Effect.gen(function*() {
      const pat = yield* withTasks({ title: "Öl" })
      const [{ id }] = (yield* pat.get("/api/v1/tasks")).body.items
      yield* pat.json("PATCH", `/api/v1/tasks/${id}`, { title: "Käse", description: "Größe" })
      assert.deepStrictEqual(yield* listed(pat, { filter: "search:ol" }), [])
      assert.deepStrictEqual(yield* listed(pat, { filter: "search:\"kase grosse\"" }), [1])
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual(yield* listed(pat, { filter: "search:kase" }), [])
      assert.deepStrictEqual(yield* listed(pat, { filter: "search:ol" }), [1])
    }))

  it.effect("is in the order that is asked for, what has no value last, ties by number", () =>
    Effect.gen(function*() {
      const pat = yield* some
      for (
        const [sort, numbers] of [
          ["number", [1, 2, 3, 4, 5]],
          ["-number", [5, 4, 3, 2, 1]],
          ["priority", [3, 1, 4, 2, 5]],
          ["-priority", [1, 4, 3, 2, 5]],
          ["-priority,-number", [4, 1, 3, 5, 2]],
          ["title", [5, 4, 1, 3, 2]],
          ["completed", [3, 1, 2, 4, 5]],
          ["-completed,created", [3, 1, 2, 4, 5]],
          ["relevance", [1, 2, 3, 4, 5]]
        ] as const
      ) {
        assert.deepStrictEqual(yield* listed(pat, { filter: "all", sort }), numbers, sort)
        assert.deepStrictEqual(yield* listed(pat, { sort }), numbers, sort)
      }
    }))

  it.effect("has each task on one page, in every order", () =>
    Effect.gen(function*() {
      const pat = yield* some
      for (const sort of ["title", "-title", "priority", "-priority,title", "completed", "-created", "-number"]) {
        const whole = yield* listed(pat, { filter: "all", sort })
        const walked: Array<number> = []
        let cursor: string | null = ""
        while (cursor !== null) {
          const parameters = { filter: "all", sort, limit: "2", ...cursor === "" ? {} : { cursor } }
          const page: Answer = yield* pat.get(`/api/v1/tasks?${query(parameters)}`)
          walked.push(...numbersOf(page))
          cursor = page.body.nextCursor
        }
        assert.deepStrictEqual(walked, whole, sort)
      }
    }))

  it.effect("has cursors of its own: of one user, one filter, one order", () =>
    Effect.gen(function*() {
      const pat = yield* some
      const sam = yield* some
      const { nextCursor: cursor } = (yield* pat.get(`/api/v1/tasks?${query({ filter: "all", limit: "1" })}`)).body
      assert.deepStrictEqual(yield* listed(pat, { filter: "all", cursor }), [4, 3, 2, 1])
      // The same filter, written otherwise.
      assert.deepStrictEqual(yield* listed(pat, { filter: "(ALL)", cursor }), [4, 3, 2, 1])
      const asked = (person: Person, parameters: Readonly<Record<string, string>>) =>
        person.get(`/api/v1/tasks?${query({ ...parameters, cursor })}`)
      assert.deepStrictEqual(invalidPaths(yield* asked(sam, { filter: "all" })), ["query.cursor"])
      assert.deepStrictEqual(invalidPaths(yield* asked(pat, { filter: "open" })), ["query.cursor"])
      assert.deepStrictEqual(invalidPaths(yield* asked(pat, { filter: "all", sort: "number" })), ["query.cursor"])
      assert.deepStrictEqual(invalidPaths(yield* asked(pat, { filter: "all", completed: "true" })), ["query.cursor"])
      assert.deepStrictEqual(invalidPaths(yield* asked(pat, {})), ["query.cursor"])
      const plain = (yield* pat.get("/api/v1/tasks?limit=1")).body.nextCursor
      assert.deepStrictEqual(
        invalidPaths(yield* pat.get(`/api/v1/tasks?${query({ filter: "all", cursor: plain })}`)),
        ["query.cursor"]
      )
      // What nobody was given.
      const parts: ReadonlyArray<unknown> = JSON.parse(Buffer.from(cursor, "base64url").toString())
      for (const value of ["5", "x", 1.5, 5_000_000_000, {}, [], true]) {
        const forged = Buffer.from(JSON.stringify([...parts.slice(0, -1), value])).toString("base64url")
        const answer = yield* pat.get(`/api/v1/tasks?${query({ filter: "all", cursor: forged })}`)
        assert.deepStrictEqual(invalidPaths(answer), ["query.cursor"], JSON.stringify(value))
      }
    }))

  it.effect("is of projects and tags, and of no archived project but those that it names", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const project = (body: object) =>
        Effect.map(pat.json("POST", "/api/v1/projects", body), (answer): string => answer.body.id)
      const work = yield* project({ name: "Work" })
      const misc = yield* project({ name: "Misc", parentId: work })
      const old = yield* project({ name: "Old", parentId: misc })
      const tasks = [
        { title: "1", tags: ["Home", "late"] },
        { title: "2", projectId: work },
        { title: "3", projectId: misc, tags: ["work/x"] },
        { title: "4", projectId: old, tags: ["HOME"] }
      ]
      for (const task of tasks) yield* pat.json("POST", "/api/v1/tasks", task)
      yield* pat.json("PATCH", `/api/v1/projects/${old}`, { archived: true })
      for (
        const [filter, numbers] of [
          ["open", [3, 2, 1]],
          ["#work", [3, 2]],
          ["in:=Work", [2]],
          ["in:Work/Misc", [3]],
          ["in:other/Misc", []],
          ["#old", [4]],
          ["#old or open", [4, 3, 2, 1]],
          ["in:inbox", [1]],
          ["@home", [1]],
          ["@home and #old", [4]],
          ["not @home", [3, 2]],
          ["no tags", [2]],
          ["@*o*", [3, 1]],
          ["search:LATE", [1]]
        ] as const
      ) assert.deepStrictEqual(yield* listed(pat, { filter }), numbers, filter)
      // The same without a filter: a list has what is archived where the query names it.
      const get = (query: string) => pat.get(`/api/v1/tasks${query}`)
      const numbersOf = (query: string) =>
        Effect.map(get(query), ({ body }) => body.items.map(({ number }: { readonly number: number }) => number))
      const { body: parent } = yield* get("?number=4")
      const [{ id }] = parent.items
      yield* pat.json("PATCH", `/api/v1/projects/${old}`, { archived: false })
      yield* pat.json("POST", "/api/v1/tasks", { title: "5", parentId: id })
      yield* pat.json("PATCH", `/api/v1/projects/${misc}`, { archived: true })
      for (
        const [query, numbers] of [
          ["", [2, 1]],
          ["?completed=false", [2, 1]],
          ["?sort=number", [1, 2]],
          ["?sort=due", [1, 2]],
          ["?filter=all", [2, 1]],
          ["?number=4", [4]],
          ["?number=4&filter=open", [4]],
          [`?parentId=${id}`, [5]],
          [`?parentId=${id}&sort=due`, [5]]
        ] as const
      ) assert.deepStrictEqual(yield* numbersOf(query), numbers, query)
      assert.deepStrictEqual((yield* get("/count")).body, { count: 2 })
      const gone = yield* pat.json("DELETE", "/api/v1/tasks?completed=false&dryRun=true", "")
      assert.deepStrictEqual(gone.body, { count: 2 })
      assert.strictEqual((yield* get(`/${id}`)).status, 200)
    }))

  it.effect("is of what is below a task, waits, or is called so elsewhere, and in the order of its place", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const make = (body: object) =>
        Effect.map(pat.json("POST", "/api/v1/tasks", body), ({ body }) => body.id as string)
      const projectId = (yield* pat.json("POST", "/api/v1/projects", { name: "Work" })).body.id
      const top = yield* make({ title: "top", projectId })
      const first = yield* make({ title: "first", parentId: top })
      const second = yield* make({ title: "second", parentId: top, externalId: "jira:7", blockedBy: [first] })
      yield* make({ title: "below", parentId: second })
      const third = yield* make({ title: "third", projectId })
      for (
        const [filter, numbers] of [
          ["parent:1", [3, 2]],
          [`parent:${second}`, [4]],
          ["parent != 1", [4]],
          ["parent:99", []],
          ["subtask", [4, 3, 2]],
          ["not subtask", [5, 1]],
          ["blocked", [3]],
          ["not blocked", [5, 4, 2, 1]],
          ["ready and subtask", [4, 2]],
          ["external:jira:7", [3]],
          ["external:any", [3]],
          ["external != jira:8", [3]],
          ["external:none", [5, 4, 2, 1]]
        ] as const
      ) assert.deepStrictEqual(yield* listed(pat, { filter }), numbers, filter)
      const inPlace = { filter: "in:Work and not subtask", sort: "position" }
      assert.deepStrictEqual(yield* listed(pat, inPlace), [1, 5])
      yield* pat.json("POST", "/api/v1/tasks/move", { ids: [third], before: top })
      assert.deepStrictEqual(yield* listed(pat, inPlace), [5, 1])
      assert.deepStrictEqual(yield* listed(pat, { ...inPlace, sort: "-position" }), [1, 5])
    }))

  it.effect("says where it cannot be read, and what may have been meant", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const refused = (parameters: Readonly<Record<string, string>>) =>
        Effect.map(pat.get(`/api/v1/tasks?${query(parameters)}`), (answer) => {
          assertProblem(answer, 400, "invalid_filter")
          const { didYouMean, parameter, position } = answer.body
          assert.isString(answer.body.expected)
          return { parameter, position, didYouMean }
        })
      assert.deepStrictEqual(yield* refused({ filter: "due < tomorow" }), {
        parameter: "filter",
        position: 6,
        didYouMean: "tomorrow"
      })
      assert.deepStrictEqual(yield* refused({ filter: "" }), {
        parameter: "filter",
        position: 0,
        didYouMean: undefined
      })
      assert.deepStrictEqual(yield* refused({ filter: "open", sort: "title,priorty" }), {
        parameter: "sort",
        position: 6,
        didYouMean: "priority"
      })
      for (const path of ["/api/v1/tasks/count", "/api/v1/tasks"]) {
        const method = path.endsWith("count") ? "GET" : "DELETE"
        const answer = yield* (method === "GET" ? pat.get : pat.json.bind(undefined, method))(
          `${path}?filter=(open`,
          "" as never
        )
        assertProblem(answer, 400, "invalid_filter")
      }
    }))

  it.effect("says how it was understood", () =>
    Effect.gen(function*() {
      const pat = yield* some
      const { body } = yield* pat.get(`/api/v1/tasks?${query({ filter: "P1 OR title:milk", explain: "true" })}`)
      assert.lengthOf(body.items, 1)
      assert.deepStrictEqual(body.explanation, {
        filter: "p1 or title:milk",
        tree: { or: [{ field: "priority", op: "=", value: "p1" }, { field: "title", op: "contains", value: "milk" }] },
        meaning:
          "Tasks: open, and (with the priority p1, or with “milk” in the title). Without the trash and archived projects."
      })
    }))
})

suite("POST /api/v1/tasks/query", (it) => {
  it.effect("lists by a text or by a tree, page by page, and writes nothing", () =>
    Effect.gen(function*() {
      const pat = yield* some
      const ask = (body: object) => pat.json("POST", "/api/v1/tasks/query", body)
      assert.deepStrictEqual(numbersOf(yield* ask({})), [5, 4, 3, 2, 1])
      assert.deepStrictEqual(numbersOf(yield* ask({ filter: "p2", sort: "number" })), [1, 4])
      const tree = { and: [{ is: "all" }, { not: { field: "priority", op: "=", value: "p2" } }] }
      const first = yield* ask({ filter: tree, limit: 2 })
      assert.deepStrictEqual(numbersOf(first), [5, 3])
      const second = yield* ask({ filter: tree, limit: 2, cursor: first.body.nextCursor })
      assert.deepStrictEqual(numbersOf(second), [2])
      // What tree and text have in common is the list.
      assert.deepStrictEqual(
        numbersOf(yield* ask({ filter: "all and not p2", cursor: first.body.nextCursor })),
        [2]
      )
      const operations = (yield* pat.get("/api/v1/operations")).body.items
      assert.lengthOf(operations, 6)
    }))

  it.effect("refuses trees that are none, however deep or wide", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const ask = (body: unknown) => pat.json("POST", "/api/v1/tasks/query", body)
      assert.deepStrictEqual(invalidPaths(yield* ask({ filter: { is: "nothing" } })), ["payload.filter.is"])
      assert.deepStrictEqual(invalidPaths(yield* ask({ filter: { and: [] } })), ["payload.filter.and"])
      for (const depth of [20, 60, 500, 1000]) {
        const nots = `${"{\"not\":".repeat(depth)}{"is":"open"}${"}".repeat(depth)}`
        assert.strictEqual((yield* ask(`{"filter":${nots}}`)).status, 400, String(depth))
      }
      const wide = { or: Array.from({ length: 3000 }, () => ({ is: "open" })) }
      assert.strictEqual((yield* ask({ filter: wide })).status, 400)
    }))
})

suite("GET /api/v1/tasks/count", (it) => {
  it.effect("counts what a list has", () =>
    Effect.gen(function*() {
      const pat = yield* some
      for (
        const [parameters, count] of [
          ["", 5],
          ["?completed=true", 1],
          ["?filter=p2", 2],
          ["?filter=search:milk", 2],
          ["?filter=title:nothing", 0]
        ]
      ) assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/count${parameters}`)).body, { count }, String(parameters))
    }))
})

suite("PATCH /api/v1/tasks", (it) => {
  it.effect("changes what a list has, as one operation that is undone as one", () =>
    Effect.gen(function*() {
      const pat = yield* some
      const patch = (parameters: string, body: object, headers = {}) =>
        pat.json("PATCH", `/api/v1/tasks?${parameters}`, body, headers)
      assert.deepStrictEqual((yield* patch("filter=p2&dryRun=true", { priority: null })).body, { count: 2 })
      assert.deepStrictEqual(yield* listed(pat, { filter: "p2" }), [4, 1])
      const key = { "idempotency-key": crypto.randomUUID() }
      const done = yield* patch("filter=p2", { priority: "p1", completed: true }, key)
      assert.deepStrictEqual(done.body, { count: 2 })
      assert.isString(done.headers.get("operation-id"))
      assert.deepStrictEqual(yield* listed(pat, { filter: "done and p1" }), [4, 3, 1])
      const again = yield* patch("filter=p2", { priority: "p1", completed: true }, key)
      assert.deepStrictEqual([again.body, again.headers.get("idempotency-replayed")], [{ count: 2 }, "true"])
      const operation = (yield* pat.get(`/api/v1/operations/${done.headers.get("operation-id")}`)).body
      assert.strictEqual(operation.kind, "task.update")
      assert.lengthOf(operation.changes.items ?? operation.changes, 2)
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual(yield* listed(pat, { filter: "p2" }), [4, 1])
      // What is so already is no operation.
      const nothing = yield* patch("filter=p2", { priority: "p2" })
      assert.deepStrictEqual([nothing.body, nothing.headers.has("operation-id")], [{ count: 2 }, false])
    }))

  it.effect("completes what is below with what is above it, and what is waited for with what waits", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const make = (body: object) =>
        Effect.map(pat.json("POST", "/api/v1/tasks", body), ({ body }) => body.id as string)
      const top = yield* make({ title: "top" })
      const last = yield* make({ title: "last" })
      const middle = yield* make({ title: "middle", parentId: top })
      const deep = yield* make({ title: "deep", parentId: middle })
      yield* pat.json("PATCH", `/api/v1/tasks/${deep}`, { blockedBy: [last] })
      const complete = (filter: string) => pat.json("PATCH", `/api/v1/tasks?${query({ filter })}`, { completed: true })
      assert.strictEqual((yield* complete("title:top")).body.code, "open_children")
      assert.strictEqual((yield* complete("not title:last")).body.code, "blocked")
      assert.deepStrictEqual(yield* listed(pat, { filter: "done" }), [])
      const done = yield* complete("open")
      assert.deepStrictEqual(done.body, { count: 4 })
      assert.deepStrictEqual(yield* listed(pat, { filter: "done" }), [4, 3, 2, 1])
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual(yield* listed(pat, { filter: "open" }), [4, 3, 2, 1])
      const due = { date: "2999-01-01" }
      const path = `/api/v1/tasks?${query({ filter: "open" })}`
      assert.deepStrictEqual((yield* pat.json("PATCH", path, { completed: true, due })).body, { count: 4 })
    }))

  it.effect("gives each dates of its own, and completes none that repeats", () =>
    Effect.gen(function*() {
      const pat = yield* withTasks(
        { title: "a", due: { date: "2999-10-25", time: "09:30" }, tags: ["home"] },
        { title: "b", due: { date: "2999-11-01", time: "17:00", timeZone: "Asia/Tokyo" }, tags: ["home"] }
      )
      const patch = (filter: string, body: object) => pat.json("PATCH", `/api/v1/tasks?${query({ filter })}`, body)
      const dues = Effect.map(
        pat.get("/api/v1/tasks?sort=number"),
        ({ body }) => body.items.map(({ due, tags }: { due: object; tags: object }) => ({ due, tags }))
      )
      assert.strictEqual((yield* patch("@home", { due: { date: "2999-12-24" } })).status, 200)
      assert.deepStrictEqual(yield* dues, [
        { due: { date: "2999-12-24", time: "09:30", timeZone: null }, tags: ["home"] },
        { due: { date: "2999-12-24", time: "17:00", timeZone: "Asia/Tokyo" }, tags: ["home"] }
      ])
      const both = yield* patch("@home", { due: { time: "08:00" }, tags: ["Work"] })
      assert.strictEqual(both.status, 200, both.text)
      assert.deepStrictEqual(yield* dues, [
        { due: { date: "2999-12-24", time: "08:00", timeZone: null }, tags: ["Work"] },
        { due: { date: "2999-12-24", time: "08:00", timeZone: "Asia/Tokyo" }, tags: ["Work"] }
      ])
      const [{ id }] = (yield* pat.get("/api/v1/tasks?number=1")).body.items
      yield* pat.json("PATCH", `/api/v1/tasks/${id}`, { repeat: { rule: "FREQ=DAILY" }, tags: ["daily"] })
      assertProblem(yield* patch("open", { completed: true }), 428, "precondition_required")
      assert.deepStrictEqual(yield* listed(pat, { filter: "done" }), [])
      assert.strictEqual((yield* patch("not repeating", { completed: true })).status, 200)
      assert.deepStrictEqual(yield* listed(pat, { filter: "done" }), [2])
      // Of one task, both members at once, too.
      const one = yield* pat.json("PATCH", `/api/v1/tasks/${id}`, { due: { date: "2999-12-25" }, tags: ["x", "y"] })
      assert.deepInclude(one.body, { due: { date: "2999-12-25", time: "08:00", timeZone: null }, tags: ["x", "y"] })
    }))

  it.effect("wants a filter, and leaves the trash alone", () =>
    Effect.gen(function*() {
      const pat = yield* some
      assert.strictEqual((yield* pat.json("PATCH", "/api/v1/tasks", { completed: true })).status, 400)
      const [first] = (yield* pat.get("/api/v1/tasks")).body.items
      yield* pat.json("DELETE", `/api/v1/tasks/${first.id}`, "")
      assert.deepStrictEqual(yield* listed(pat, { filter: "trash" }), [5])
      for (const dryRun of ["&dryRun=true", ""]) {
        const path = `/api/v1/tasks?filter=trash${dryRun}`
        assert.deepStrictEqual((yield* pat.json("PATCH", path, { title: "x" })).body, { count: 0 })
        assert.deepStrictEqual((yield* pat.json("DELETE", path, "")).body, { count: 0 })
      }
    }))
})
