import { assert } from "@effect/vitest"
import type { FilterTree } from "@todo/domain/filter/FilterTree"
import { parse } from "@todo/domain/filter/Parser"
import { parseSort } from "@todo/domain/filter/Sort"
import type { Task } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import * as fc from "fast-check"
import { dates } from "../../../domain/test/support/filterDates.ts"
import { inOrder } from "../../../domain/test/support/model/inOrder.ts"
import { matches } from "../../../domain/test/support/model/matches.ts"
import { type ModelTask, plainTask, type World } from "../../../domain/test/support/model/World.ts"
import { type Answer, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const timeZone = "Europe/Berlin"

/** Days about both changes of the clocks, and the last that there are. */
const days = ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26", "9999-12-31"]
const date = fc.record({
  date: fc.constantFrom(...days),
  time: fc.constantFrom(null, null, "00:00", "02:30", "03:15", "03:30", "23:59"),
  timeZone: fc.constantFrom(null, timeZone, "Pacific/Auckland", "America/New_York")
}).map(({ date, time, timeZone }) => time === null ? { date } : { date, time, timeZone })

/** Some tasks, the same in each run. */
const bodies = fc.sample(
  fc.record({
    title: fc.constantFrom("a", "b", "c"),
    due: fc.option(date, { nil: null, freq: 3 }),
    start: fc.option(date, { nil: null, freq: 1 }),
    priority: fc.constantFrom("p1", "p2", null),
    tags: fc.constantFrom<ReadonlyArray<string>>([], ["home"])
  }),
  { numRuns: 70, seed: 18 }
)

const modelOf = (task: Task): ModelTask => ({
  ...plainTask,
  ...task as unknown as ModelTask,
  completedAt: task.completedAt === null ? null : Number(new Date(String(task.completedAt))),
  createdAt: Number(new Date(String(task.createdAt))),
  updatedAt: Number(new Date(String(task.updatedAt)))
})

/** Somebody with these tasks, every fourth of which is done, and what a list of them has to be. */
const somebody = Effect.gen(function*() {
  const person = yield* newPerson
  yield* person.json("PATCH", "/api/v1/settings", { timeZone })
  const operations = bodies.map((body) => ({ op: "task.create", body }))
  assert.strictEqual((yield* person.json("POST", "/api/v1/batch", { operations })).status, 200)
  const all = (yield* person.get("/api/v1/tasks?limit=200")).body.items as ReadonlyArray<Task>
  const ids = all.filter(({ number }) => number % 4 === 0).map(({ id }) => id)
  for (const id of ids) yield* person.json("PATCH", `/api/v1/tasks/${id}`, { completed: true })
  const tasks = ((yield* person.get("/api/v1/tasks?limit=200")).body.items as ReadonlyArray<Task>).map(modelOf)
  return { person, world: { tasks, projects: [], now: Date.now(), timeZone, dayEndsAt: 0 } satisfies World }
})

/** The numbers of all pages, with what is done between two of them. */
const walk = Effect.fnUntraced(function*(
  person: Person,
  parameters: Readonly<Record<string, string>>,
  between: Effect.Effect<unknown, never, Effect.Services<ReturnType<Person["get"]>>> = Effect.void
) {
  const numbers: Array<number> = []
  let cursor: string | null = ""
  while (cursor !== null) {
    const query = new URLSearchParams({ ...parameters, ...cursor === "" ? {} : { cursor } })
    const page: Answer = yield* person.get(`/api/v1/tasks?${query}`)
    assert.strictEqual(page.status, 200, page.text)
    numbers.push(...page.body.items.map((task: Task) => task.number))
    cursor = page.body.nextCursor
    yield* between
  }
  return numbers
})

const sorts = [
  "due",
  "-due",
  "start",
  "-start",
  "due,-number",
  "-due,priority",
  "priority,due",
  "due,start",
  "-title,due"
]

suite("The pages of a list by date", (it) => {
  it.effect(
    "have all tasks, each once, in the order of their instants where the user is",
    () =>
      Effect.gen(function*() {
        const { person, world } = yield* somebody
        for (const sort of sorts) {
          const keys = Result.getOrThrow(parseSort(sort))
          for (const filter of ["all", "open", "done", "@home", "not @home", "due after 2026-03-29"]) {
            const { tree } = Result.getOrThrow(parse(filter, dates))
            const found = world.tasks.filter((task) => matches(tree, task, world))
            const expected = inOrder(keys, found, tree, world).map(({ number }) => number)
            for (const limit of ["7", "200"]) {
              assert.deepStrictEqual(yield* walk(person, { filter, sort, limit }), expected, `${filter} by ${sort}`)
            }
          }
          const all: FilterTree = { is: "all" }
          const everything = inOrder(keys, world.tasks, all, world).map(({ number }) => number)
          assert.deepStrictEqual(yield* walk(person, { sort, limit: "3" }), everything, sort)
        }
      }),
    120_000
  )

  it.effect("have each once while others are added", () =>
    Effect.gen(function*() {
      const { person, world } = yield* somebody
      let added = 0
      const add = Effect.suspend(() => person.json("POST", "/api/v1/tasks", { ...bodies[added++ % 70], title: "new" }))
      for (const sort of ["due", "-due", "start,priority"]) {
        const keys = Result.getOrThrow(parseSort(sort))
        const { tree } = Result.getOrThrow(parse("open", dates))
        const before = world.tasks.filter((task) => matches(tree, task, world))
        const expected = inOrder(keys, before, tree, world).map(({ number }) => number)
        const seen = yield* walk(person, { filter: "open", sort, limit: "5" }, add)
        assert.strictEqual(new Set(seen).size, seen.length, sort)
        assert.deepStrictEqual(seen.filter((number) => number <= bodies.length), expected, sort)
      }
    }), 120_000)

  it.effect("are those of one zone: a cursor leads nowhere in another", () =>
    Effect.gen(function*() {
      const { person } = yield* somebody
      const { nextCursor } = (yield* person.get("/api/v1/tasks?sort=due&limit=3")).body
      const next = `/api/v1/tasks?sort=due&limit=3&cursor=${nextCursor}`
      assert.strictEqual((yield* person.get(next)).status, 200)
      assert.strictEqual((yield* person.get(next, { "time-zone": timeZone })).status, 200)
      assert.strictEqual((yield* person.get(next, { "time-zone": "Asia/Tokyo" })).status, 400)
    }))
})

suite("The pages of the newest of a list", (it) => {
  it.effect("have each task once, however far behind the newest they are", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const make = (bodies: ReadonlyArray<object>) =>
        Effect.map(
          person.json("POST", "/api/v1/batch", { operations: bodies.map((body) => ({ op: "task.create", body })) }),
          ({ status, text }) => assert.strictEqual(status, 200, text)
        )
      const work = (yield* person.json("POST", "/api/v1/projects", { name: "Work" })).body.id
      const misc = (yield* person.json("POST", "/api/v1/projects", { name: "Misc", parentId: work })).body.id
      const wanted = [work, misc].map((projectId) => ({ title: "a", projectId, tags: ["home"], priority: "p1" }))
      const others = Array.from({ length: 500 }, () => ({ title: "b" }))
      yield* make([...wanted, ...wanted])
      for (const bodies of [others, others, wanted]) yield* make(bodies)
      const [, , , , , last] = yield* walk(person, { filter: "p1", limit: "3" })
      assert.strictEqual(last, 1)
      for (const filter of ["p1", "#Work", "@home", "@home and #Work and not done", "p1 or due:any"]) {
        for (const limit of ["1", "2", "4", "200"]) {
          assert.deepStrictEqual(yield* walk(person, { filter, limit }), [1006, 1005, 4, 3, 2, 1], `${filter} ${limit}`)
        }
      }
      assert.deepStrictEqual(yield* walk(person, { filter: "#Misc", limit: "1" }), [1006, 4, 2])
      assert.deepStrictEqual(yield* walk(person, { filter: "@home", sort: "number", limit: "4" }), [
        1,
        2,
        3,
        4,
        1005,
        1006
      ])
    }), 120_000)
})
