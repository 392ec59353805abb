import { assert, describe, it } from "@effect/vitest"
import { PGlite } from "@electric-sql/pglite"
import { addDays } from "@todo/domain/dates/CivilDate"
import type { Due } from "@todo/domain/dates/Due"
import { Filter } from "@todo/domain/filter/Filter"
import type { FilterTree } from "@todo/domain/filter/FilterTree"
import { print } from "@todo/domain/filter/Printer"
import { scopeOf } from "@todo/domain/filter/Scope"
import type { SortKey } from "@todo/domain/filter/Sort"
import { spellingKey } from "@todo/domain/text/Spelling"
import { Schema } from "effect"
import * as fc from "fast-check"
import { join } from "node:path"
import { afterAll, beforeAll } from "vitest"
import { dayOn } from "../../../domain/test/support/filterDates.ts"
import { presentTerm, treesOf } from "../../../domain/test/support/filterTrees.ts"
import { inOrder } from "../../../domain/test/support/model/inOrder.ts"
import { matches } from "../../../domain/test/support/model/matches.ts"
import {
  dayOfInstant,
  type ModelDate,
  type ModelProject,
  type ModelTask,
  plainTask,
  startOfDay,
  type World
} from "../../../domain/test/support/model/World.ts"
import { dueKey } from "../../src/dates/DueKey.ts"
import type { Asked } from "../../src/filter/DateSql.ts"
import { filterSql } from "../../src/filter/FilterSql.ts"
import { orderSql } from "../../src/filter/PlaceSql.ts"
import { unarchivedSql } from "../../src/filter/ProjectSql.ts"
import { sortColumn } from "../../src/filter/SortColumns.ts"
import { tagsByKey } from "../../src/tags/onTasks.ts"
import { usedDataDirectory } from "../support/preparedData.ts"

const words = [
  "milk",
  "Milk",
  "MILCH",
  "straße",
  "Strasse",
  "Übung",
  "ubung",
  "買い物",
  "50%",
  "a_b",
  "x\\y",
  "it's",
  "7",
  "#2"
]
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((it) => it.join(" "))
/** Of projects and of tags. */
const name = fc.constantFrom(
  "Work",
  "work",
  "Misc",
  "Work/Misc",
  "Home",
  "Straße",
  "STRASSE",
  "wo*",
  "*s*",
  "a_b",
  "none"
)
const tree = treesOf(presentTerm(text, name)).filter(Schema.is(Filter))

const timeZones = ["Europe/Berlin", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu"]

const idOf = (index: number) => `00000000-0000-7000-8000-${String(index).padStart(12, "0")}`
/** Whose things these are. */
const uid = idOf(999)

/** Nobody's tasks, the day before the clocks change in Berlin. */
const emptyWorld: World = {
  projects: [],
  tasks: [],
  now: Date.parse("2026-10-24T12:00:00Z"),
  timeZone: "Europe/Berlin",
  dayEndsAt: 0
}

/** Milliseconds before or after a day begins, the days counted from today: many are where days meet. */
const instant = fc.record({
  days: fc.integer({ min: -4, max: 5 }),
  milliseconds: fc.constantFrom(-1, 0, 1, 40_000_000)
})
type Instant = { readonly days: number; readonly milliseconds: number }

/** Times about changes of clocks, too. */
const date = fc.record({
  days: fc.integer({ min: -4, max: 9 }),
  time: fc.constantFrom(undefined, "00:00", "02:30", "03:30", "12:00", "23:59"),
  timeZone: fc.constantFrom(null, null, "Europe/Berlin", "Pacific/Auckland", "America/New_York")
})

const project = fc.record({
  name: fc.constantFrom("Work", "Misc", "Home", "Straße", "a_b"),
  above: fc.integer({ min: -1, max: 2 }),
  archived: fc.boolean()
})

const member = fc.record({
  title: text,
  tags: fc.subarray(["work", "Work", "home", "Straße", "STRASSE", "a_b", "none"], { maxLength: 3 }),
  priority: fc.constantFrom("p1", "p2", "p3", null),
  project: fc.integer({ min: -1, max: 3 }),
  parent: fc.integer({ min: -4, max: 7 }),
  blockers: fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 2 }),
  start: fc.option(date, { nil: null }),
  due: fc.option(date, { nil: null }),
  repeats: fc.boolean(),
  externalId: fc.option(text, { nil: null }),
  description: fc.option(text, { nil: null }),
  createdAt: instant,
  updatedAt: instant,
  completedAt: fc.option(instant, { nil: null }),
  trashedAt: fc.option(instant, { freq: 4, nil: null })
})

const worlds = fc.record({
  members: fc.array(member, { maxLength: 8 }),
  projects: fc.array(project, { maxLength: 4 }),
  // About when clocks change, in Berlin on the 25th, in New York a week later.
  now: fc.integer({ min: Date.parse("2026-10-23T12:00:00Z"), max: Date.parse("2026-11-02T12:00:00Z") }),
  timeZone: fc.constantFrom(...timeZones),
  dayEndsAt: fc.constantFrom(0, 240)
}).map(({ members, projects: made, ...others }): World => {
  const projects = made.reduce<ReadonlyArray<ModelProject>>((known, { above, archived, name }, index) => {
    const parentId = known[above]?.id ?? null
    const isTaken = known.some((one) => one.parentId === parentId && spellingKey(one.name) === spellingKey(name))
    return isTaken ? known : [...known, { id: idOf(100 + index), name, parentId, archived }]
  }, [])
  const empty: World = { ...others, projects: [], tasks: [] }
  const today = dayOfInstant(empty, empty.now)
  const starts = new Map<number, number>()
  const timeOf = ({ days, milliseconds }: Instant) => {
    if (!starts.has(days)) starts.set(days, startOfDay(empty, addDays(today, days)))
    return starts.get(days)! + milliseconds
  }
  const orNull = (it: Instant | null) => it === null ? null : timeOf(it)
  const dateOf = (it: typeof members[number]["due"]): ModelDate | null =>
    it === null
      ? null
      : { date: addDays(today, it.days), ...it.time !== undefined && { time: it.time, timeZone: it.timeZone } }
  const tasks = members.map(({ blockers, parent, project, ...it }, index): ModelTask => ({
    ...plainTask,
    ...it,
    id: idOf(index),
    projectId: projects[project]?.id ?? null,
    parentId: parent >= 0 && parent < members.length ? idOf(parent) : null,
    blockedBy: blockers.map(idOf),
    tags: Object.values(tagsByKey(it.tags)),
    start: dateOf(it.start),
    due: dateOf(it.due),
    number: index + 1,
    createdAt: timeOf(it.createdAt),
    updatedAt: timeOf(it.updatedAt),
    completedAt: orNull(it.completedAt),
    trashedAt: orNull(it.trashedAt)
  }))
  return { ...empty, projects, tasks }
})

const askedIn = (world: World, { dayEndsAt, now, timeZone } = world) =>
  ({
    now,
    place: { timeZone, dayEndsAt: dayEndsAt === 0 ? "00:00" : "04:00" },
    dayOf: (value) => dayOn(dayOfInstant(world, now))(value).date
  }) as Asked

const conditionOf = (tree: FilterTree, asked: Asked) => {
  const values: Array<unknown> = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const scope = scopeOf(tree)
  const where = `${filterSql(scope, asked, bind)} AND ${unarchivedSql(scope.projects, bind)}`
  // Here the user's tasks are in another table.
  return { where: where.replaceAll("todo.tasks", "kept"), values }
}

const keyOf = (date: ModelDate | null) => date === null ? null : dueKey(date as Due)

describe("what a filter lists in SQL", () => {
  let db: PGlite
  beforeAll(async () => {
    db = await PGlite.create({ dataDir: join(usedDataDirectory(), "postgres") })
    // The columns of the table, without the rules that tasks are made by.
    await db.exec("CREATE TEMPORARY TABLE kept AS SELECT * FROM todo.tasks WITH NO DATA")
  })
  afterAll(() => db.close())

  const insert = (table: string, rows: ReadonlyArray<object>) =>
    db.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [JSON.stringify(rows)])
  const store = async ({ projects, tasks }: World) => {
    await db.exec("TRUNCATE kept, todo.projects, todo.tags, todo.task_tags, todo.comments")
    const now = new Date()
    const made = { user_id: uid, created_at: now, updated_at: now, version: 1, seq: 1 }
    await insert(
      "todo.projects",
      projects.map(({ archived, id, name, parentId }) => ({
        ...made,
        id,
        name,
        name_key: spellingKey(name),
        parent_id: parentId,
        archived_at: archived ? now : null
      }))
    )
    const tags = new Map(tasks.flatMap((it) => it.tags.map((tag) => [spellingKey(tag), tag] as const)))
    await insert(
      "todo.tags",
      [...tags].map(([key, name], index) => ({ ...made, id: idOf(200 + index), name, name_key: key }))
    )
    await insert(
      "todo.task_tags",
      tasks.flatMap(({ number, tags }) => tags.map((tag) => ({ user_id: uid, name_key: spellingKey(tag), number })))
    )
    const rows = tasks.map((it) => ({
      ...it,
      user_id: uid,
      project_id: it.projectId,
      parent_id: it.parentId,
      blocked_by: it.blockedBy.length === 0 ? null : it.blockedBy,
      start_key: keyOf(it.start),
      due_key: keyOf(it.due),
      repeat: it.repeats ? {} : null,
      external_id: it.externalId,
      tags: it.tags.length === 0 ? null : tagsByKey(it.tags),
      completed_at: it.completedAt === null ? null : new Date(it.completedAt),
      trashed_at: it.trashedAt === null ? null : new Date(it.trashedAt),
      created_at: new Date(it.createdAt),
      updated_at: new Date(it.updatedAt),
      id: it.id === "" ? null : it.id
    }))
    await insert("kept", rows)
  }
  const listed = async (tree: FilterTree, world: World, sort: ReadonlyArray<SortKey> = []) => {
    const asked = askedIn(world)
    const { values, where } = conditionOf(tree, asked)
    const bind = (value: unknown) => `$${values.push(value)}`
    const order = [...sort, { key: "number", descending: false } as const].map(({ descending, key }) => ({
      ...sortColumn(key, tree, asked, bind),
      descending
    }))
    const { rows } = await db.query<{ number: number }>(
      `SELECT number FROM (SELECT '${uid}'::uuid) me(uid), LATERAL (
        SELECT number, row_number() OVER (ORDER BY ${orderSql(order)}) AS place FROM kept tasks WHERE ${where} OFFSET 0
      ) seen ORDER BY place`,
      values
    )
    return rows.map(({ number }) => number)
  }
  const expected = (tree: FilterTree, world: World) =>
    world.tasks.filter((it) => matches(tree, it, world)).map(({ number }) => number)

  it("is what it means", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.array(tree, { minLength: 1, maxLength: 8 }), async (world, trees) => {
        await store(world)
        for (const one of trees) assert.deepStrictEqual(await listed(one, world), expected(one, world), print(one))
      }),
      { numRuns: 150 }
    )
  })

  it("is in the order of the keys", async () => {
    const key = fc.constantFrom(
      "number",
      "created",
      "changed",
      "completed",
      "start",
      "due",
      "priority",
      "title",
      "relevance"
    )
    const sorts = fc.uniqueArray(fc.record({ key, descending: fc.boolean() }), {
      minLength: 1,
      maxLength: 3,
      selector: (it) => it.key
    })
    const sorted = fc.array(fc.tuple(tree, sorts), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(worlds, sorted, async (world, asked) => {
        await store(world)
        for (const [one, keys] of asked) {
          const found = world.tasks.filter((it) => matches(one, it, world))
          assert.deepStrictEqual(
            await listed(one, world, keys),
            inOrder(keys, found, one, world).map(({ number }) => number),
            `${print(one)} by ${JSON.stringify(keys)}`
          )
        }
      }),
      { numRuns: 100 }
    )
  })

  it("compares instants by the user's days, to the millisecond", async () => {
    for (const timeZone of timeZones) {
      const empty: World = { ...emptyWorld, timeZone, dayEndsAt: timeZone === "Asia/Kathmandu" ? 240 : 0 }
      const today = dayOfInstant(empty, empty.now)
      const instants = [-2, -1, 0, 1, 2, 3].flatMap((days) =>
        [-1, 0, 1].map((milliseconds) => startOfDay(empty, addDays(today, days)) + milliseconds)
      )
      const world = {
        ...empty,
        tasks: instants.map((it, index): ModelTask => ({
          ...plainTask,
          number: index + 1,
          createdAt: it,
          updatedAt: it
        }))
      }
      await store(world)
      for (const op of ["=", "!=", "<", "<=", ">", ">="] as const) {
        for (const value of ["yesterday", "today", "tomorrow", "1970-01-01", "9999-12-31"]) {
          const one: FilterTree = { field: "created", op, value }
          assert.deepStrictEqual(await listed(one, world), expected(one, world), `${timeZone}: ${print(one)}`)
        }
      }
    }
  })

  it("is no error of the database, whatever is looked for", async () => {
    const anything = fc.string({ unit: "binary", minLength: 1, maxLength: 20 })
      .map((it) => it.replaceAll("\u0000", "").toWellFormed().trim())
    const tasks = [plainTask, { ...plainTask, number: 2, title: "Straße", description: "50% x\\\\y", completedAt: 1 }]
    const world: World = { ...emptyWorld, tasks }
    await store(world)
    await fc.assert(
      fc.asyncProperty(treesOf(presentTerm(anything)).filter(Schema.is(Filter)), async (one) => {
        assert.isAtMost((await listed(one, world)).length, tasks.length)
      }),
      { numRuns: 200 }
    )
  })

  it("and what its negation lists is all that it is about, each once", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, tree, async (world, one) => {
        await store(world)
        // It says of all that it says of one part, so that both parts are about the same.
        const all = await listed({ or: [one, { not: one }] }, world)
        const parts = [...await listed(one, world), ...await listed({ not: one }, world)]
        assert.deepStrictEqual(parts.toSorted((a, b) => a - b), all)
      }),
      { numRuns: 100 }
    )
  })

  it("does not depend on the order of what is joined", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, tree, tree, async (world, one, other) => {
        await store(world)
        assert.deepStrictEqual(await listed({ and: [one, other] }, world), await listed({ and: [other, one] }, world))
        assert.deepStrictEqual(await listed({ or: [one, other] }, world), await listed({ or: [other, one] }, world))
      }),
      { numRuns: 100 }
    )
  })
})

describe("the SQL of a filter", () => {
  const asked = askedIn(emptyWorld)

  it("has nothing of what its user wrote", () => {
    const marked = fc.string({ unit: "binary", maxLength: 10 }).map((it) =>
      `Zq${it.replaceAll("\u0000", "").toWellFormed()}Zq`
    )
    fc.assert(fc.property(treesOf(presentTerm(marked)), (tree) => {
      const { values, where } = conditionOf(tree, asked)
      assert.notMatch(where, /zq/i)
      assert.deepStrictEqual(
        [...new Set([...where.matchAll(/\$(\d+)/g)].map(([, place]) => Number(place)))],
        values.map((_, index) => index + 1)
      )
    }))
  })
})
