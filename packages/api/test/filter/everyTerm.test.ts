import { assert } from "@effect/vitest"
import { fields, kinds } from "@todo/domain/filter/Field"
import { states } from "@todo/domain/filter/FilterTree"
import { CurrentUser, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { Statements } from "../../src/database/connections/Statements.ts"
import { Wakeups } from "../../src/database/Wakeups.ts"
import { Writes } from "../../src/database/Write.ts"
import { Tasks } from "../../src/tasks/Tasks.ts"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const tasks = 4_000
const tags = 100
/** How often a task, or a tag of one, may be in hand: a list looks among the newest first, and finds tags before tasks. */
const manyTimes = 12

/** Values for a field of each kind: one that no task has, and one that most have. */
const valuesOf = {
  date: ["1999-01-01", "2026-11-01"],
  number: ["2000000000", "7"],
  priority: ["p3", "p1"],
  text: ["zzzz", "milk"],
  key: ["none", "id-7"],
  task: ["2000000000", "7"]
} as const

/** Every term of the language, of what nothing has and of what most have. */
const terms: ReadonlyArray<string> = [
  ...states.map((state) => state === "untagged" ? "no tags" : state),
  "upcoming",
  "upcoming 366 days",
  ...["nothing", "Work", "Work/Misc", "nothing/Misc", `${"/".repeat(1_000)}Misc`, "inbox"].flatMap((
    name
  ) => [`in:${name}`, `in:=${name}`]),
  "@nothing",
  "@t7",
  "@zz*",
  "@*zz*",
  "@t*",
  "@*",
  "@t1*",
  "search:zzzz",
  "search:milk",
  "search:7",
  "\"milk 7\"",
  ...Object.entries(fields).flatMap(([field, kind]) => [
    `${field}:any`,
    `${field}:none`,
    ...kinds[kind].operators.flatMap((op) =>
      valuesOf[kind].map((value) => op === "contains" ? `${field}:${value}` : `${field} ${op} ${value}`)
    )
  ])
]

const manyOf = (term: (index: number) => string, by: string) => Array.from({ length: 60 }, (_, i) => term(i)).join(by)

/** Alone, denied, and beside others. */
const filters: ReadonlyArray<string> = [
  ...terms.flatMap((term) => [term, `not ${term}`, `${term} or @nothing`, `${term} @t7`]),
  ...[" ", " or "].flatMap((by) => [
    manyOf(() => "in:a/b/c/d/e/f/g", by),
    manyOf((i) => `in:a${i}/Misc`, by),
    manyOf((i) => `@t${i}`, by),
    manyOf((i) => `not due = 2026-11-0${1 + i % 9}`, by)
  ])
]

interface PlanNode {
  readonly "Actual Rows": number
  readonly "Actual Loops": number
  readonly "Rows Removed by Filter"?: number
  readonly "Rows Removed by Join Filter"?: number
  readonly "Rows Removed by Index Recheck"?: number
  readonly Plans?: ReadonlyArray<PlanNode>
}

/** How many rows all parts of a plan have had in hand. */
const rowsOf = (node: PlanNode): number =>
  node["Actual Loops"] * (
      node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Join Filter"] ?? 0)
      + (node["Rows Removed by Index Recheck"] ?? 0)
    ) + (node.Plans ?? []).reduce((sum, inner) => sum + rowsOf(inner), 0)

/** Somebody with many tasks, tags and projects. */
const somebody = Effect.gen(function*() {
  const person = yield* newPerson
  const batch = (operations: ReadonlyArray<unknown>) =>
    Effect.map(
      person.json("POST", "/api/v1/batch", { operations }),
      ({ body, status }) => assert.strictEqual(status, 200, JSON.stringify(body).slice(0, 300))
    )
  const work = (yield* person.json("POST", "/api/v1/projects", { name: "Work" })).body.id
  const misc = (yield* person.json("POST", "/api/v1/projects", { name: "Misc", parentId: work })).body.id
  for (let from = 0; from < tasks; from += 500) {
    yield* batch(Array.from({ length: 500 }, (_, index) => {
      const i = from + index
      return {
        op: "task.create",
        body: {
          title: `milk ${i}`,
          tags: i % 10 === 0 ? [] : [`t${i % tags}`, `t${(i * 7 + 1) % tags}`],
          ...i % 3 === 0 ? {} : { projectId: i % 3 === 1 ? work : misc },
          ...i % 2 === 0 ? {} : { due: { date: `2026-${10 + i % 3}-0${1 + i % 9}` } },
          ...i % 5 === 0 ? { priority: "p1" } : {},
          ...i % 7 === 0 ? { description: "milk" } : {}
        }
      }
    }))
  }
  // Else it is by chance when the planner learns of them.
  yield* (yield* SqlClient.SqlClient)`ANALYZE todo.tasks, todo.task_tags, todo.tags, todo.projects`
  return person
})

suite("the rows that a filter looks at", (it) => {
  it.effect("are not many times those that there are, whatever is asked for", () =>
    Effect.gen(function*() {
      const { id, jwt } = yield* somebody
      const { sid } = JSON.parse(Buffer.from(jwt.split(".")[1]!, "base64url").toString())
      const user = { id: UserId.make(id), sessionId: SessionId.make(sid), scopes: ["tasks:read" as const] }
      const statements = yield* Statements
      let rows = 0
      /** Has the statement done, counts what it looks at, and has no other answer. */
      const explained = (run: Statements["Service"]["run"]): Statements["Service"]["run"] => (text, values) =>
        Effect.map(
          run<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`, values),
          ([row]) => {
            rows += rowsOf(row!["QUERY PLAN"][0].Plan)
            return [{ count: 0 }] as never
          }
        )
      const layer = Tasks.layer.pipe(
        Layer.provide(Writes.layer),
        Layer.provide(Wakeups.layer),
        Layer.provide(Layer.succeed(
          Statements,
          Statements.of({
            ...statements,
            runOnce: explained(statements.runOnce),
            runLongOnce: explained(statements.runLongOnce)
          })
        ))
      )
      yield* Effect.gen(function*() {
        const service = yield* Tasks
        const most = Effect.fnUntraced(function*(query: { readonly filter: string; readonly sort?: string }) {
          rows = 0
          yield* service.listFiltered(query)
          assert.isBelow(rows, manyTimes * tasks, JSON.stringify(query))
          return rows
        })
        let all = 0
        for (const filter of filters) all += yield* most({ filter })
        for (const filter of ["all", "@t7", "@zz*", "today", "in:Work"]) {
          rows = 0
          yield* service.count({ filter })
          assert.isBelow(rows, manyTimes * tasks, `count ${filter}`)
          for (const sort of ["due", "-due", "start", "title", "position", "priority,due", "-changed"]) {
            all += yield* most({ filter, sort })
          }
        }
        // They have been counted.
        assert.isAbove(all, tasks)
      }).pipe(Effect.provide(layer), Effect.provideService(CurrentUser, user))
    }), 300_000)
})
