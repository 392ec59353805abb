import { assert } from "@effect/vitest"
import { Change, ChangePage } from "@todo/domain/changes/Change"
import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { nouns } from "../../src/Service.ts"
import { asPerson } from "../support/asPerson.ts"
import { recorded } from "../support/recorded.ts"
import { type Answer, assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

interface Item {
  readonly noun: string
  readonly id: string
  readonly operationId: string | null
  readonly at: string | null
  readonly value: Record<string, unknown> | null
}

interface Page {
  readonly items: ReadonlyArray<Item>
  readonly cursor: string
  readonly more: boolean
}

/** A page of changes, which is what the contract says. */
const changes = (person: Person, query = "") =>
  Effect.map(person.get(`/api/v1/changes${query}`), (answer): Page => {
    assert.strictEqual(answer.status, 200, answer.text)
    const decoded = Schema.decodeUnknownSync(ChangePage)(answer.body)
    assert.deepStrictEqual(Schema.encodeSync(ChangePage)(decoded), answer.body)
    return answer.body
  })

/** All pages from a cursor on, or from the snapshot on. */
const allFrom = Effect.fnUntraced(function*(person: Person, cursor: string | undefined, limit: number) {
  const pages: Array<Page> = []
  for (let more = true; more;) {
    const page = yield* changes(person, `?limit=${limit}${cursor === undefined ? "" : `&cursor=${cursor}`}`)
    pages.push(page)
    cursor = page.cursor
    more = page.more
  }
  return { pages, items: pages.flatMap(({ items }) => items), cursor: cursor! }
})

const operationOf = ({ headers }: Answer) => headers.get("operation-id")

/** Gives the changes of an operation that are there to another operation: one of many changes, as a batch makes. */
const joined = (person: Person) =>
  asPerson(
    person,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      // One after the other: no two may have the same place, not for a moment.
      yield* sql`UPDATE todo.changes c SET ordinal = r.place
        FROM (SELECT seq, row_number() OVER (ORDER BY seq) - 1 AS place FROM todo.changes) r WHERE c.seq = r.seq`
      yield* sql`UPDATE todo.changes SET seq = (SELECT max(seq) FROM todo.changes)`
      yield* sql`DELETE FROM todo.operations o WHERE NOT EXISTS (SELECT FROM todo.changes c WHERE c.seq = o.seq)`
    })
  )

suite("GET /api/v1/changes", (it) => {
  it("has each noun that is on record in its contract", () => {
    const known = Change.members.map((change) => change.fields.noun.literal)
    assert.sameMembers(known, nouns.map(({ noun }) => noun))
  })

  it.effect("answers what has happened since a cursor, each thing as the change left it, with its operation", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { cursor } = yield* changes(person)
      const made = yield* person.json("POST", "/api/v1/tasks", { title: "Buy milk" })
      const path = `/api/v1/tasks/${made.body.id}`
      const patched = yield* person.json("PATCH", path, { completed: true })
      const untouched = yield* person.json("PATCH", path, {})
      const removed = yield* person.json("DELETE", path, "")
      assert.isNull(operationOf(untouched))
      const page = yield* changes(person, `?cursor=${cursor}`)
      assert.isFalse(page.more)
      assert.deepStrictEqual(
        page.items.map(({ operationId }) => operationId),
        [made, patched, removed].map(operationOf)
      )
      assert.deepStrictEqual(page.items.slice(0, 2).map(({ value }) => value), [made.body, patched.body].map(recorded))
      const last = page.items[2]!
      assert.deepInclude(last, { noun: "task", id: made.body.id })
      assert.deepInclude(last.value, { title: "Buy milk", version: 3, trashedAt: last.at })
      assert.strictEqual(page.items[1]!.at, patched.body.updatedAt)
      assert.deepStrictEqual(yield* changes(person, `?cursor=${page.cursor}`), { ...page, items: [] })
    }))

  it.effect("divides them into pages, also within an operation, and loses none at a border", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { cursor } = yield* changes(person)
      for (let i = 0; i < 7; i++) yield* person.add(`One of many, ${i}`)
      const titles = (items: ReadonlyArray<Item>) => items.map(({ value }) => value!["title"])
      const whole = yield* allFrom(person, cursor, 200)
      assert.lengthOf(whole.items, 7)
      for (const isOne of [false, true]) {
        if (isOne) yield* joined(person)
        for (const limit of [1, 2, 3, 6, 7, 8]) {
          const { cursor: end, items, pages } = yield* allFrom(person, cursor, limit)
          assert.deepStrictEqual(titles(items), titles(whole.items), `pages of ${limit}`)
          assert.lengthOf(pages, Math.ceil(7 / limit))
          assert.deepStrictEqual(yield* changes(person, `?cursor=${end}`), { items: [], cursor: end, more: false })
          assert.lengthOf(new Set(pages.map((page) => page.cursor)), pages.length)
        }
      }
    }))

  it.effect("begins with a snapshot, the trash included, and goes on with what is newer: nothing twice", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const tasks: Array<{ id: string; title: string }> = []
      for (let i = 0; i < 6; i++) tasks.push(yield* person.add(`Task ${i}`))
      yield* person.json("DELETE", `/api/v1/tasks/${tasks[0]!.id}`, "")
      const first = yield* changes(person, "?limit=2")
      assert.isTrue(first.more)
      for (const { at, operationId } of first.items) assert.deepStrictEqual([at, operationId], [null, null])
      assert.isString(first.items[0]!.value!["trashedAt"])
      // What was read already, and what was to be read yet, and what is new.
      for (const id of [tasks[1]!.id, tasks[5]!.id]) {
        yield* person.json("PATCH", `/api/v1/tasks/${id}`, { title: "New" })
      }
      const added = yield* person.add("Added")
      const { items: rest } = yield* allFrom(person, first.cursor, 2)
      const ids = [...first.items, ...rest].map(({ id }) => id)
      assert.deepStrictEqual(ids, [...tasks.slice(0, 5), tasks[1]!, tasks[5]!, added].map(({ id }) => id))
      assert.deepStrictEqual(rest.slice(-3).map(({ value }) => value!["title"]), ["New", "New", "Added"])
    }))

  it.effect("has things from before the record in the snapshot, and none that is another's", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const stranger = yield* newPerson
      const task = yield* person.add("Old")
      yield* asPerson(
        person,
        Effect.gen(function*() {
          const sql = yield* SqlClient.SqlClient
          yield* sql`UPDATE todo.tasks SET seq = 0`
          yield* sql`DELETE FROM todo.changes`
          yield* sql`DELETE FROM todo.operations`
          yield* sql`UPDATE todo.counters SET seq = 0`
        })
      )
      const page = yield* changes(person)
      assert.deepStrictEqual(page.items.map(({ value }) => value), [recorded(task)])
      assert.deepStrictEqual((yield* changes(stranger)).items, [])
      assert.deepStrictEqual(invalidPaths(yield* stranger.get(`/api/v1/changes?cursor=${page.cursor}`)), [
        "query.cursor"
      ])
    }))

  it.effect("tells each time that a task was taken away by an undo", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { cursor } = yield* changes(person)
      const writes = [yield* person.json("POST", "/api/v1/tasks", { title: "There and gone" })]
      for (let i = 0; i < 3; i++) {
        writes.push(yield* person.json("POST", `/api/v1/operations/${operationOf(writes.at(-1)!)}/undo`, {}))
      }
      const { items } = yield* allFrom(person, cursor, 3)
      assert.deepStrictEqual(
        items.map(({ operationId, value }) => [operationId, value === null]),
        writes.map((write, index) => [operationOf(write), index % 2 === 1])
      )
    }))

  it.effect("says of what was deleted for good only that it is gone", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { cursor } = yield* changes(person)
      const gone = yield* person.add("Gone")
      yield* person.json("PATCH", `/api/v1/tasks/${gone.id}`, { title: "Going" })
      const kept = yield* person.add("Kept")
      yield* person.json("DELETE", `/api/v1/tasks/${gone.id}`, "")
      yield* asPerson(
        person,
        Effect.flatMap(SqlClient.SqlClient, (sql) =>
          sql`UPDATE todo.changes SET was = NULL, now = NULL WHERE id = ${gone.id}`)
      )
      const { items } = yield* allFrom(person, cursor, 1)
      assert.deepStrictEqual(items.map(({ id, value }) => [id, value === null]), [[kept.id, false], [gone.id, true]])
    }))

  it.effect("refuses a cursor of before the record, or of after all that has happened, with 410", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { cursor: atFirst } = yield* changes(person)
      for (const title of ["one", "two", "three"]) yield* person.add(title)
      const { pages } = yield* allFrom(person, atFirst, 1)
      yield* joined(person)
      const within = yield* changes(person, `?cursor=${atFirst}&limit=1`)
      const sweep = (seq: number) =>
        asPerson(person, Effect.flatMap(SqlClient.SqlClient, (sql) => sql`UPDATE todo.counters SET swept = ${seq}`))
      const ask = (cursor: string) => person.get(`/api/v1/changes?cursor=${cursor}`)
      yield* sweep(2)
      for (const cursor of [atFirst, pages[0]!.cursor]) assertProblem(yield* ask(cursor), 410, "cursor_expired")
      for (const cursor of [pages[1]!.cursor, within.cursor]) assert.strictEqual((yield* ask(cursor)).status, 200)
      yield* sweep(3)
      assertProblem(yield* ask(within.cursor), 410, "cursor_expired")
      assert.strictEqual((yield* ask(pages[2]!.cursor)).status, 200)
      const later = Buffer.from(JSON.stringify([person.id, 4])).toString("base64url")
      assertProblem(yield* ask(later), 410, "cursor_expired")
    }))

  it.effect("refuses what is no cursor", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const written = (...parts: ReadonlyArray<unknown>) => Buffer.from(JSON.stringify(parts)).toString("base64url")
      const others = [
        "x",
        "%00",
        written(person.id),
        written(person.id, -1),
        written(person.id, 1.5),
        written(person.id, 1e300),
        written(person.id, 1, 2 ** 31),
        written(person.id, 1, "task"),
        written(person.id, 1, "task", "x"),
        written(person.id, null),
        written((yield* newPerson).id, 0)
      ]
      for (const cursor of others) {
        assert.deepStrictEqual(invalidPaths(yield* person.get(`/api/v1/changes?cursor=${cursor}`)), ["query.cursor"])
      }
    }))

  it.effect("ends a page at 1 MiB of JSON", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { cursor } = yield* changes(person)
      // As JSON twice as long as it is stored.
      const description = "\"".repeat(20_000)
      for (let i = 0; i < 60; i++) yield* person.json("POST", "/api/v1/tasks", { title: `Long ${i}`, description })
      for (const from of [cursor, undefined]) {
        const { items, pages } = yield* allFrom(person, from, 200)
        assert.lengthOf(items, 60)
        assert.isAbove(pages.length, 1)
        for (const page of pages) {
          const bytes = Buffer.byteLength(JSON.stringify(page))
          assert.isAtMost(bytes, 1_048_576)
          if (page.more) assert.isAbove(bytes, 1_048_576 - 45_000)
        }
      }
    }))
})
