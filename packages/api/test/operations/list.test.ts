import { assert } from "@effect/vitest"
import {
  type Operation,
  OperationPage,
  OperationWithChanges,
  type RecordedChange
} from "@todo/domain/operations/Operation"
import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { recorded } from "../support/recorded.ts"
import { type Answer, assertProblem, invalidPaths, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const operationOf = ({ headers }: Answer) => headers.get("operation-id")!
const asContracted = <A>(schema: Schema.Codec<A, unknown>, { text }: Answer) =>
  Effect.gen(function*() {
    const value = JSON.parse(text)
    assert.deepStrictEqual(yield* Schema.encodeEffect(schema)(yield* Schema.decodeUnknownEffect(schema)(value)), value)
  })

suite("GET /api/v1/operations", (it) => {
  it.effect("has what was written, newest first, as a line can show it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "Buy milk" })
      const path = `/api/v1/tasks/${made.body.id}`
      const edited = yield* pat.json("PATCH", path, { title: "Buy oat milk", completed: true })
      yield* pat.json("PATCH", path, { title: "Buy oat milk" })
      const removed = yield* pat.json("DELETE", path, "")
      const undone = yield* pat.json("POST", `/api/v1/operations/${operationOf(removed)}/undo`, {})
      const listed = yield* pat.get("/api/v1/operations")
      yield* asContracted(OperationPage, listed)
      const change = { noun: "task", id: made.body.id, number: 1, cleared: [] }
      const { by } = listed.body.items[0]
      assert.strictEqual(by.kind, "session")
      const common = { at: undefined, by, count: 1, undoes: null, undoneBy: null }
      const withoutTime = (operation: Operation) => ({ ...operation, at: undefined })
      assert.deepStrictEqual(listed.body.items.map(withoutTime), [
        {
          ...common,
          id: operationOf(undone),
          kind: "undo",
          undoes: operationOf(removed),
          changes: [{ ...change, title: "Buy oat milk", members: ["trashedAt"], cleared: ["trashedAt"] }]
        },
        {
          ...common,
          id: operationOf(removed),
          kind: "task.remove",
          undoneBy: operationOf(undone),
          changes: [{ ...change, title: "Buy oat milk", members: ["trashedAt"] }]
        },
        {
          ...common,
          id: operationOf(edited),
          kind: "task.update",
          changes: [{ ...change, title: "Buy oat milk", members: ["title", "completedAt"] }]
        },
        {
          ...common,
          id: operationOf(made),
          kind: "task.create",
          changes: [{ ...change, title: "Buy milk", members: [] }]
        }
      ])
      assert.strictEqual(listed.body.items[3].at, made.body.createdAt)
      assert.isNull(listed.body.nextCursor)
    }))

  it.effect("comes in pages, each operation once, while others are done", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const title of ["1", "2", "3"]) yield* pat.add(title)
      const titles: Array<string> = []
      let cursor = ""
      do {
        const { body } = yield* pat.get(`/api/v1/operations?limit=1${cursor}`)
        titles.push(...body.items.map(({ changes }: Operation) => changes[0]!.title))
        cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`
        yield* pat.add("4")
      } while (cursor !== "")
      assert.deepStrictEqual(titles, ["3", "2", "1"])
      const sam = yield* newPerson
      const { body } = yield* pat.get("/api/v1/operations?limit=1")
      assert.deepStrictEqual(
        invalidPaths(yield* sam.get(`/api/v1/operations?cursor=${body.nextCursor}`)),
        ["query.cursor"]
      )
      assert.deepStrictEqual(invalidPaths(yield* pat.get("/api/v1/operations?kind=undo")), ["query.kind"])
    }))
})

suite("GET /api/v1/operations/{id}", (it) => {
  it.effect("has each thing as the operation left it, and null where it is gone", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "Buy milk", description: "\"Oat\"" })
      const path = `/api/v1/tasks/${made.body.id}`
      const edited = yield* pat.json("PATCH", path, { title: "Buy oat milk" })
      const removed = yield* pat.json("DELETE", path, "")
      const shown = yield* pat.get(`/api/v1/operations/${operationOf(edited)}`)
      yield* asContracted(OperationWithChanges, shown)
      assert.deepStrictEqual(shown.body.changes, [{
        noun: "task",
        id: made.body.id,
        members: ["title"],
        value: recorded(edited.body)
      }])
      const { body: trashed } = yield* pat.get(`/api/v1/operations/${operationOf(removed)}`)
      assert.strictEqual(trashed.changes[0].value.trashedAt, trashed.at)
      yield* pat.json("POST", "/api/v1/undo", {})
      yield* pat.json("POST", "/api/v1/undo", {})
      const gone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.isNull((yield* pat.get(`/api/v1/operations/${operationOf(gone)}`)).body.changes[0].value)
      assert.deepStrictEqual(gone.body.changes, [
        { noun: "task", id: made.body.id, number: 1, title: "Buy milk", members: [], cleared: [] }
      ])
      assertProblem(yield* pat.get(`/api/v1/operations/${crypto.randomUUID()}`), 404, "operation_not_found")
    }))

  it.effect("has its changes in pages, that end where they have as much as a page may", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/tasks", { title: "1" })
      // As a batch of 60 would, with texts that are 20,000 characters of three bytes.
      yield* asPerson(
        pat,
        sql`INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
          SELECT user_id, seq, n, noun, id, was, now || jsonb_build_object('title', (n + 1)::text, 'description', repeat('☃', 20000))
          FROM todo.changes, generate_series(1, 59) n`
      )
      const pages: Array<ReadonlyArray<RecordedChange>> = []
      let cursor = ""
      do {
        const page = yield* pat.get(`/api/v1/operations/${operationOf(made)}?limit=40${cursor}`)
        assert.isAtMost(Buffer.byteLength(page.text), 1_048_576)
        assert.strictEqual(page.body.count, 60)
        pages.push(page.body.changes)
        cursor = page.body.nextCursor === null ? "" : `&cursor=${page.body.nextCursor}`
      } while (cursor !== "")
      assert.deepStrictEqual(
        pages.flat().map((change) => change.noun === "task" ? change.value!.title : undefined),
        Array.from({ length: 60 }, (_, n) => String(n + 1))
      )
      assert.isAbove(pages.length, 3)
      const { body } = yield* pat.get("/api/v1/operations")
      assert.deepInclude(body.items[0], { count: 60 })
      assert.deepStrictEqual(body.items[0].changes.map(({ title }: { title: string }) => title), ["1", "2", "3"])
    }))
})

suite("GET /api/v1/tasks/{id}/history", (it) => {
  it.effect("has the operations of the task, also while it is in the trash, and when it is gone", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      yield* pat.add("Another")
      const path = `/api/v1/tasks/${task.id}`
      yield* pat.json("PATCH", path, { title: "Buy oat milk" })
      const kinds = Effect.map(
        pat.get(`${path}/history`),
        ({ body }) => body.items.map(({ changes: [change], kind }: Operation) => `${kind} ${change!.title}`)
      )
      assert.deepStrictEqual(yield* kinds, ["task.update Buy oat milk", "task.create Buy milk"])
      yield* pat.json("DELETE", path, "")
      assert.deepStrictEqual((yield* kinds)[0], "task.remove Buy oat milk")
      yield* asContracted(OperationPage, yield* pat.get(`${path}/history?limit=1`))
      for (let i = 0; i < 4; i++) yield* pat.json("POST", "/api/v1/undo", {})
      const { body } = yield* pat.get(`${path}/history`)
      assert.lengthOf(body.items, 6)
      assertProblem(yield* pat.get(path), 404, "task_not_found")
      const { body: first } = yield* pat.get(`${path}/history?limit=4`)
      const { body: rest } = yield* pat.get(`${path}/history?limit=4&cursor=${first.nextCursor}`)
      assert.deepStrictEqual([...first.items, ...rest.items], body.items)
      assertProblem(yield* pat.get(`/api/v1/tasks/${crypto.randomUUID()}/history`), 404, "task_not_found")
    }))

  it.effect("is empty for a task that is older than the record", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      yield* asPerson(pat, sql`DELETE FROM todo.changes`)
      assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/${task.id}/history`)).body, { items: [], nextCursor: null })
    }))
})
