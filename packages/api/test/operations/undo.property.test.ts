import { assert } from "@effect/vitest"
import { NewTask, TaskPatch } from "@todo/domain/tasks/Task"
import { Arbitrary, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import * as fc from "fast-check"
import { asPerson } from "../support/asPerson.ts"
import { type Answer, assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import type { TestService } from "../support/TestService.ts"

/** A write of somebody's, on one of the tasks that there were. */
type Act = (person: Person, ids: ReadonlyArray<string>) => Effect.Effect<Answer, never, TestService>

/** Values of a member, few enough that a write often changes nothing, or changes something back. */
const valuesOf = (schema: Schema.Codec<unknown, unknown>): ReadonlyArray<unknown> => {
  const encode = Schema.encodeSync(schema)
  const sample = Effect.runSync(Arbitrary.sampleEffect(Arbitrary.schema(schema), { count: 20, seed: 1 }))
  const encoded = sample.map((value) => JSON.stringify(encode(value)))
  return [...new Set(encoded)].slice(0, 4).map((text): unknown => JSON.parse(text))
}

/** Of what may be patched, the values that are tried: a new member is among them by itself. */
const tried = {
  ...Object.fromEntries(Object.entries(TaskPatch.fields).map(([name, schema]) => [name, valuesOf(schema)])),
  title: ["One", "Two", "Three", "Ünï — 四"],
  description: [null, "", "More", "\"{}\" \\ 𝕏"]
}
const of = (names: ReadonlyArray<string>) =>
  Object.fromEntries(
    Object.entries(tried).filter(([name]) => names.includes(name)).map(([name, values]) =>
      [name, fc.constantFrom(...values)] as const
    )
  )
const titles = fc.constantFrom(...tried.title)
const bodies = fc.record(of(Object.keys(NewTask.fields)), { requiredKeys: ["title"] })
const patches = fc.record(of(Object.keys(TaskPatch.fields)), { requiredKeys: [] })
const position = fc.nat(1000)
const on = (ids: ReadonlyArray<string>, at: number) => `/api/v1/tasks/${ids[at % ids.length] ?? crypto.randomUUID()}`

/** All that can be done to tasks: a new way to write is a line here. */
const acts: ReadonlyArray<fc.Arbitrary<Act>> = [
  bodies.map((body): Act => (person) => person.json("POST", "/api/v1/tasks", body)),
  fc.tuple(position, patches).map(([at, patch]): Act => (person, ids) => person.json("PATCH", on(ids, at), patch)),
  position.map((at): Act => (person, ids) => person.json("DELETE", on(ids, at), "")),
  position.map((at): Act => (person, ids) => person.json("POST", `${on(ids, at)}/restore`, ""))
]

/** Writes that are one operation. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(...acts).map((act) => [act]) },
  { weight: 1, arbitrary: fc.array(fc.oneof(...acts), { minLength: 2, maxLength: 4 }) }
)
const steps = fc.array(step, { minLength: 1, maxLength: 8 })

/** All that is stored of somebody's tasks, to the byte; but for versions and times where `all` is false. */
const stateOf = (person: Person, all = false) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const hidden = all ? [] : ["version", "updated_at", "seq"]
    const [state] = yield* asPerson(
      person,
      sql<{ state: string }>`SELECT jsonb_build_object(
        'counted', (SELECT tasks FROM todo.counters),
        'tasks', (SELECT jsonb_agg(to_jsonb(t) - ${hidden}::text[] ORDER BY t.id) FROM todo.tasks t)
      )::text AS state`
    )
    return state!.state
  })

const versionsOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* asPerson(
      person,
      sql<{ id: string; version: number; at: Date }>`SELECT id, version, updated_at AS at FROM todo.tasks`
    )
    return new Map(rows.map((row) => [row.id, row]))
  })

/** Makes one operation of several, as a batch is one. */
const asOne = (person: Person, operations: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const [first] = operations
    yield* asPerson(
      person,
      Effect.gen(function*() {
        for (const [ordinal, id] of operations.entries()) {
          yield* sql`UPDATE todo.changes c SET ordinal = ${ordinal}, seq = (SELECT seq FROM todo.operations WHERE id = ${first!})
            FROM todo.operations o WHERE o.id = ${id} AND c.seq = o.seq`
        }
        for (const id of operations.slice(1)) yield* sql`DELETE FROM todo.operations WHERE id = ${id}`
      })
    )
  })

const operationOf = ({ headers }: Answer) => headers.get("operation-id")

/** Does the writes; answers the operation that they were, where they changed anything. */
const perform = (person: Person, ids: Array<string>, writes: ReadonlyArray<Act>) =>
  Effect.gen(function*() {
    const operations: Array<string> = []
    for (const act of writes) {
      const answer = yield* act(person, ids)
      assert.include([200, 201, 204, 404], answer.status, answer.text)
      if (answer.status === 201) ids.push(answer.body.id)
      const operation = operationOf(answer)
      if (operation !== null) operations.push(operation)
    }
    if (operations.length > 1) yield* asOne(person, operations)
    return operations[0]
  })

const undo = (person: Person, operation: string, body: unknown = {}) =>
  person.json("POST", `/api/v1/operations/${operation}/undo`, body)

/** Runs a property with that many of its values. */
const forAll = <A, R>(numRuns: number, values: fc.Arbitrary<A>, run: (value: A) => Effect.Effect<void, unknown, R>) =>
  Effect.flatMap(
    Effect.context<R>(),
    (context) =>
      Effect.promise(() =>
        fc.assert(fc.asyncProperty(values, (value) => Effect.runPromiseWith(context)(run(value))), { numRuns })
      )
  )

suite("undo, whatever was done", (it) => {
  it.effect(
    "leads back to each state before, one by one, and undo of undo to each after",
    () =>
      forAll(20, fc.record({ steps, latest: fc.boolean() }), ({ latest, steps }) =>
        Effect.gen(function*() {
          const person = yield* newPerson
          const ids: Array<string> = []
          const states = [yield* stateOf(person)]
          const operations: Array<string> = []
          for (const writes of steps) {
            const operation = yield* perform(person, ids, writes)
            if (operation === undefined) continue
            operations.push(operation)
            states.push(yield* stateOf(person))
          }
          const undos: Array<string> = []
          for (const [index, operation] of [...operations.entries()].toReversed()) {
            const before = yield* versionsOf(person)
            const undone = latest ? yield* person.json("POST", "/api/v1/undo", {}) : yield* undo(person, operation)
            assert.strictEqual(undone.status, 200, undone.text)
            assert.strictEqual(undone.body.undoes, operation)
            assert.strictEqual(yield* stateOf(person), states[index])
            for (const [id, { at, version }] of yield* versionsOf(person)) {
              assert.isAtLeast(version, before.get(id)?.version ?? 0)
              assert.isAtLeast(at.getTime(), before.get(id)?.at.getTime() ?? 0)
            }
            undos.push(operationOf(undone)!)
          }
          if (latest) assertProblem(yield* person.json("POST", "/api/v1/undo", {}), 409, "nothing_to_undo")
          for (const [index, operation] of undos.toReversed().entries()) {
            assert.strictEqual((yield* undo(person, operation)).status, 200)
            assert.strictEqual(yield* stateOf(person), states[index + 1])
          }
          // And what is redone can be undone.
          for (const [index, operation] of [...operations.entries()].toReversed()) {
            const { body } = yield* person.get(`/api/v1/operations/${operation}`)
            assert.isNull(body.undoneBy)
            const undone = latest ? yield* person.json("POST", "/api/v1/undo", {}) : yield* undo(person, operation)
            assert.strictEqual(undone.body.undoes, operation)
            assert.strictEqual(yield* stateOf(person), states[index])
          }
        })),
    120_000
  )

  const since: Readonly<Record<string, ReadonlyArray<unknown>>> = {
    ...tried,
    title: ["Changed since"],
    description: ["Changed since"]
  }
  const members = fc.constantFrom(
    ...Object.entries(since).flatMap(([name, values]) => values.map((value) => [name, value] as const))
  )
  const edits = fc.record({
    made: fc.array(titles, { minLength: 1, maxLength: 4 }),
    patch: patches,
    since: members,
    at: position
  })
  it.effect(
    "touches nothing where a member that it wrote was changed since, and in part leaves that out",
    () =>
      forAll(30, edits, ({ at, made, patch, since: [member, value] }) =>
        Effect.gen(function*() {
          const person = yield* newPerson
          const ids: Array<string> = []
          for (const title of made) {
            yield* perform(person, ids, [(maker) => maker.json("POST", "/api/v1/tasks", { title })])
          }
          const before = yield* stateOf(person)
          const operation = yield* perform(
            person,
            ids,
            ids.map((id) => (by) => by.json("PATCH", `/api/v1/tasks/${id}`, patch))
          )
          if (operation === undefined) return
          const changed = ids[at % ids.length]!
          const { body: then } = yield* person.get(`/api/v1/tasks/${changed}`)
          const { body: now } = yield* person.json("PATCH", `/api/v1/tasks/${changed}`, { [member]: value })
          const { body: { changes } } = yield* person.get(`/api/v1/operations/${operation}`)
          const mine = changes.filter(({ id }: { id: string }) => id === changed)
          const stands = mine.some(({ members }: { members: ReadonlyArray<string> }) =>
            members.some((written) => now[written] !== then[written])
          )
          const state = yield* stateOf(person, true)
          const answer = yield* undo(person, operation)
          if (!stands) {
            assert.strictEqual(answer.status, 200, answer.text)
            return
          }
          assertProblem(answer, 409, "changed_since")
          assert.deepStrictEqual(answer.body.changes, [{ noun: "task", id: changed, reason: "changed" }])
          assert.strictEqual(yield* stateOf(person, true), state)
          const part = yield* undo(person, operation, { partial: true })
          if (changes.length === 1) {
            assertProblem(part, 409, "changed_since")
            assert.strictEqual(yield* stateOf(person, true), state)
            return
          }
          assert.strictEqual(part.status, 200, part.text)
          assert.deepStrictEqual((yield* person.get(`/api/v1/tasks/${changed}`)).body, now)
          const others = (text: string) => JSON.parse(text).tasks.filter(({ id }: { id: string }) => id !== changed)
          assert.deepStrictEqual(others(yield* stateOf(person)), others(before))
          // The undo of that part brings the part back.
          assert.strictEqual((yield* undo(person, operationOf(part)!)).status, 200)
          assert.deepStrictEqual((yield* person.get(`/api/v1/tasks/${changed}`)).body, now)
        })),
    120_000
  )
})
