import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { assertReplay, isReplay, newKey } from "../idempotency/Answers.ts"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { newId } from "./newId.ts"

const run = (person: Person, operations: ReadonlyArray<unknown>, headers?: Record<string, string>) =>
  person.json("POST", "/api/v1/batch", { operations }, headers)

const create = (title: string, id?: string) => ({ op: "task.create", body: { title, ...id !== undefined && { id } } })

const count = (person: Person, table: "tasks" | "operations") =>
  asPerson(
    person,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const [row] = yield* sql<{ count: number }>`SELECT count(*)::integer AS count FROM ${
        sql.literal(`todo.${table}`)
      }`
      return row!.count
    })
  )

suite("a batch with an Idempotency-Key", (it) => {
  it.effect("that is sent again when its answer was lost is done once (B6)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [x, y] = [newId(), newId()]
      const operations = [
        create("X", x),
        create("Y", y),
        create("Z"),
        { op: "task.update", id: y, body: { completed: true } },
        { op: "task.remove", id: x }
      ]
      const key = newKey()
      const first = yield* run(pat, operations, key)
      assert.strictEqual(first.status, 200)
      // What has become of the things meanwhile makes no other answer.
      yield* pat.json("PATCH", `/api/v1/tasks/${y}`, { title: "Y, renamed" })
      assertReplay(first, yield* run(pat, operations, key))
      assert.strictEqual(yield* count(pat, "tasks"), 3)
      assert.strictEqual(yield* count(pat, "operations"), 2)
      assertProblem(yield* run(pat, operations.slice(1), key), 422, "idempotency_key_reused")
      assertProblem(yield* run(pat, operations.toReversed(), key), 422, "idempotency_key_reused")
    }))

  it.effect("that was refused may be sent again, mended", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = newKey()
      assertProblem(yield* run(pat, [create("one"), { op: "task.remove", id: newId() }], key), 404, "task_not_found")
      const mended = yield* run(pat, [create("one")], key)
      assert.strictEqual(mended.status, 200)
      assert.isFalse(isReplay(mended))
      assert.strictEqual(mended.body.results[0].number, 1)
    }))

  it.effect("of 500 is kept without a text of it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const key = newKey()
      const operations = Array.from({ length: 500 }, (_, index) => create(`Very private ${index}`))
      const first = yield* run(pat, operations, key)
      assertReplay(first, yield* run(pat, operations, key))
      const kept = yield* asPerson(
        pat,
        Effect.flatMap(SqlClient.SqlClient, (sql) =>
          sql<{ answer: string; bytes: number }>`
            SELECT answer::text, pg_column_size(answer) AS bytes FROM todo.idempotency_keys`)
      )
      assert.lengthOf(kept, 1)
      assert.notInclude(kept[0]!.answer, "private")
      // A hundred of them are within what is kept for a user (4 MiB).
      assert.isBelow(kept[0]!.bytes, 40_000)
    }))
})

suite("batches of one user at once", (it) => {
  it.effect("are each done whole, with numbers of their own that follow one another", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const shared = newId()
      yield* run(pat, [create("shared", shared)])
      const answers = yield* Effect.forEach(
        Array.from({ length: 12 }, (_, batch) => batch),
        (batch) =>
          run(pat, [
            ...Array.from({ length: 10 }, (_, index) => create(`${batch}.${index}`)),
            { op: "task.update", id: shared, body: { title: `by ${batch}` } },
            // Every third one is refused after all that.
            ...batch % 3 === 2 ? [{ op: "task.remove", id: newId() }] : []
          ]),
        { concurrency: "unbounded" }
      )
      const done = answers.filter(({ status }) => status === 200)
      assert.lengthOf(done, 8)
      for (const answer of answers.filter(({ status }) => status !== 200)) assertProblem(answer, 404, "task_not_found")
      const numbers = done.map(({ body }) =>
        body.results.slice(0, 10).map(({ number }: { number: number }) => number) as Array<number>
      )
      for (const ofOne of numbers) assert.deepStrictEqual(ofOne, Array.from({ length: 10 }, (_, i) => ofOne[0]! + i))
      assert.sameMembers(numbers.flat(), Array.from({ length: 80 }, (_, index) => index + 2))
      assert.sameMembers(
        done.map(({ body }) => body.results[10].version),
        Array.from({ length: 8 }, (_, index) => index + 2)
      )
      assert.strictEqual(yield* count(pat, "tasks"), 81)
    }))

  it.effect("in opposite order all come through, and the last decides", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const ids = [newId(), newId()]
      yield* run(pat, ids.map((id) => create("shared", id)))
      const renames = (title: string, order: ReadonlyArray<string>) =>
        run(pat, order.map((id) => ({ op: "task.update", id, body: { title } })))
      const answers = yield* Effect.forEach(
        Array.from({ length: 20 }, (_, index) => index),
        (index) => renames(`by ${index}`, index % 2 === 0 ? ids : ids.toReversed()),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual([...new Set(answers.map(({ status }) => status))], [200])
      const { body } = yield* pat.get("/api/v1/tasks")
      const [one, other] = body.items
      assert.strictEqual(one.title, other.title)
      assert.deepStrictEqual([one.version, other.version], [21, 21])
    }))
})

suite("a batch on record", (it) => {
  it.effect("is undone as one, and done again as one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const there = yield* pat.add("there")
      const list = Effect.map(pat.get("/api/v1/tasks"), ({ body }) =>
        body.items.map(({ completed, number, title }: Record<string, unknown>) => ({ completed, number, title })))
      const before = yield* list
      const made = newId()
      const answer = yield* run(pat, [
        create("new", made),
        { op: "task.update", id: there.id, body: { title: "renamed" } },
        { op: "task.update", id: made, body: { completed: true } },
        { op: "task.update", id: there.id, body: { completed: true } },
        create("newer")
      ])
      const after = yield* list
      const operation = yield* pat.get(`/api/v1/operations/${answer.headers.get("operation-id")}`)
      assert.strictEqual(operation.body.kind, "batch")
      for (const state of [before, after, before]) {
        const id = (yield* pat.get("/api/v1/operations")).body.items[0].id
        const undone = yield* pat.json("POST", `/api/v1/operations/${id}/undo`, "")
        assert.strictEqual(undone.status, 200, undone.text)
        assert.deepStrictEqual(yield* list, state)
      }
    }))
})
