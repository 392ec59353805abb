import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import * as fc from "fast-check"
import { asPerson } from "../support/asPerson.ts"
import { type Answer, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import type { TestService } from "../support/TestService.ts"
import { newId } from "./newId.ts"

interface Operation {
  readonly op: "task.create" | "task.update" | "task.remove" | "task.restore"
  readonly id?: string
  readonly version?: number | undefined
  readonly body?: Record<string, unknown>
}

/** Few ids, versions and texts: that they meet is what is to be tried. */
const operationsOn = (ids: ReadonlyArray<string>): fc.Arbitrary<ReadonlyArray<Operation>> => {
  const id = fc.constantFrom(...ids)
  const title = fc.constantFrom("one", " two ", "three")
  const description = fc.constantFrom(null, "", "more")
  const version = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined })
  const existing = { id, version }
  return fc.array(
    fc.oneof(
      fc.record({
        op: fc.constant("task.create" as const),
        body: fc.record({ id, title, description }, { requiredKeys: ["title"] })
      }),
      // The same creation once more, and again.
      id.map((id): Operation => ({ op: "task.create", body: { id, title: "made" } })),
      fc.record({
        op: fc.constant("task.update" as const),
        ...existing,
        body: fc.record({ title, description, completed: fc.boolean() }, { requiredKeys: [] })
      }),
      fc.record({ op: fc.constantFrom("task.remove" as const, "task.restore" as const), ...existing })
    ),
    { minLength: 1, maxLength: 12 }
  ).map((operations) => {
    // Most ids are of what the first operations make, or all of it would be refusals.
    const made = ids.map((id): Operation => ({ op: "task.create", body: { id, title: "made" } }))
    return [...made.slice(0, operations.length % (ids.length + 1)), ...operations]
  })
}

const runBatch = (person: Person, operations: ReadonlyArray<Operation>) =>
  person.json("POST", "/api/v1/batch", { operations })

/** Does it by a request of its own. */
const runSingle = (person: Person, { body, id, op, version }: Operation) => {
  const precondition: Record<string, string> = version === undefined ? {} : { "if-match": `"${version}"` }
  switch (op) {
    case "task.create":
      return person.json("POST", "/api/v1/tasks", body)
    case "task.update":
      return person.json("PATCH", `/api/v1/tasks/${id}`, body, precondition)
    case "task.remove":
      return person.json("DELETE", `/api/v1/tasks/${id}`, "", precondition)
    case "task.restore":
      return person.json("POST", `/api/v1/tasks/${id}/restore`, "", precondition)
  }
}

/** What is there by the database, the record too: ids that the service has chosen, places and times apart. */
const stateOf = (person: Person, ids: ReadonlyArray<string>) =>
  asPerson(
    person,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const named = (column: string) =>
        sql.literal(`CASE WHEN ${column} = ANY ('{${ids.join(",")}}') THEN ${column} END`)
      // Of times only whether they are there, and which are the same.
      const timeless = (thing: string) =>
        sql.literal(
          `${thing} - '{id,created_at,updated_at,completed_at,trashed_at}'::text[] || jsonb_build_object(
            'done', ${thing} -> 'completed_at' <> 'null', 'trashed', ${thing} -> 'trashed_at' <> 'null',
            'has', (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(${thing}) k))`
        )
      return {
        counters: yield* sql`SELECT last_number, tasks FROM todo.counters WHERE user_id = ${person.id}`,
        tasks: yield* sql`SELECT ${named("id")} AS id, number, title, description, version,
            completed_at IS NOT NULL AS done, trashed_at IS NOT NULL AS trashed, encode(creation, 'hex') AS creation
          FROM todo.tasks ORDER BY number`,
        changes: yield* sql`SELECT noun, ${named("id")} AS id, ${timeless("was")} AS was, ${timeless("now")} AS now
          FROM todo.changes ORDER BY seq, ordinal`
      }
    })
  )

const resultOf = ({ id, number, status, version }: Record<string, unknown>, ids: ReadonlyArray<string>) => ({
  status,
  id: ids.includes(String(id)) ? id : "another",
  number,
  version
})

/** A problem without what differs from request to request. */
const problemOf = ({ body, status }: Answer) => {
  const { current, index: _, requestId: __, ...problem } = body
  const { createdAt: _c, updatedAt: _u, completedAt: _d, ...thing } = current ?? {}
  return { status, problem, thing }
}

suite("a batch", (it) => {
  /** Does the operations as one batch, and one by one until one is refused, for two people who have nothing. */
  const check = Effect.fnUntraced(function*(operations: ReadonlyArray<Operation>, ids: ReadonlyArray<string>) {
    const [pat, sam] = [yield* newPerson, yield* newPerson]
    const batch = yield* runBatch(pat, operations)
    const done: Array<Answer> = []
    for (const operation of operations) {
      const answer = yield* runSingle(sam, operation)
      if (answer.status >= 300) {
        assert.deepStrictEqual(problemOf(batch), problemOf(answer))
        assert.strictEqual(batch.body.index, done.length)
        assert.isFalse(batch.headers.has("operation-id"))
        assert.deepStrictEqual(yield* stateOf(pat, ids), {
          counters: [{ last_number: 0, tasks: 0 }],
          tasks: [],
          changes: []
        })
        break
      }
      done.push(answer)
    }
    const whole = done.length === operations.length || done.length === 0
      ? batch
      : yield* runBatch(pat, operations.slice(0, done.length))
    if (done.length > 0) {
      assert.strictEqual(whole.status, 200, whole.text)
      assert.strictEqual(
        whole.headers.has("operation-id"),
        done.some(({ headers }) => headers.has("operation-id"))
      )
      assert.lengthOf(whole.body.results, done.length)
      for (const [index, { body, status }] of done.entries()) {
        const result = resultOf(whole.body.results[index], ids)
        if (status === 204) assert.include(result, { status, id: operations[index]!.id })
        else assert.deepStrictEqual(result, resultOf({ ...body, status }, ids))
      }
    }
    assert.deepStrictEqual(yield* stateOf(pat, ids), yield* stateOf(sam, ids))
    const [record] = yield* asPerson(
      pat,
      Effect.flatMap(SqlClient.SqlClient, (sql) =>
        sql<{ operations: number; ordinals: number }>`SELECT
          (SELECT count(*)::integer FROM todo.operations WHERE kind = 'batch') AS operations,
          (SELECT coalesce(max(ordinal) + 1, 0) FROM todo.changes) AS ordinals`)
    )
    const changes = (yield* stateOf(pat, ids)).changes.length
    assert.deepStrictEqual(record, { operations: changes === 0 ? 0 : 1, ordinals: changes })
  })

  it.effect(
    "does what its operations do one by one, or nothing with the problem of the first that is refused",
    () =>
      Effect.gen(function*() {
        const context = yield* Effect.context<TestService | SqlClient.SqlClient>()
        const ids = Array.from({ length: 3 }, newId)
        yield* Effect.promise(() =>
          fc.assert(
            fc.asyncProperty(operationsOn(ids), (operations) => Effect.runPromiseWith(context)(check(operations, ids))),
            { numRuns: 40 }
          )
        )
      }),
    60_000
  )
})
