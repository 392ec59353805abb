import { assert } from "@effect/vitest"
import { ExternalTask, NewTask, TaskPatch } from "@todo/domain/tasks/Task"
import { Arbitrary, Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"
import * as fc from "fast-check"
import { asPerson } from "../support/asPerson.ts"
import { type Answer, assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import type { TestService } from "../support/TestService.ts"
import { astray, forAll, operationOf, undo } from "../support/undoing.ts"

/** A write of somebody's, on one of the tasks that there were. */
type Act = (person: Person, ids: ReadonlyArray<string>) => Effect.Effect<Answer, never, TestService>

/** Values of a member, few enough that a write often changes nothing, or changes something back. */
const valuesOf = (schema: Schema.Codec<unknown, unknown>): ReadonlyArray<unknown> => {
  const encode = Schema.encodeSync(schema)
  const sample = Effect.runSync(Arbitrary.sampleEffect(Arbitrary.schema(schema), { count: 20, seed: 1 }))
  const encoded = sample.map((value) => JSON.stringify(encode(value)))
  return [...new Set(encoded)].slice(0, 4).map((text): unknown => JSON.parse(text))
}

/** Projects that everybody has here. */
const projectIds = ["0198c0de-7a5c-7000-8000-0000000000b1", "0198c0de-7a5c-7000-8000-0000000000b2"]

/** Somebody with these, which no operation has made. */
const somebody = Effect.gen(function*() {
  const person = yield* newPerson
  const sql = yield* SqlClient.SqlClient
  yield* asPerson(
    person,
    sql`INSERT INTO todo.projects (user_id, id, name, name_key, created_at, updated_at, version, seq)
      SELECT ${person.id}, id, id, id, now(), now(), 1, 0 FROM unnest(${projectIds}::uuid[]) id`
  )
  return person
})

/** Of what may be patched, the values that are tried: a new member is among them by itself. */
const tried = {
  ...Object.fromEntries(Object.entries(TaskPatch.fields).map(([name, schema]) => [name, valuesOf(schema)])),
  projectId: [null, ...projectIds],
  title: ["One", "Two", "Three", "Ünï — 四"],
  description: [null, "", "More", "\"{}\" \\ 𝕏"],
  // Of tasks that there are, by their places.
  parentId: [null, 0, 1, 2, 3],
  blockedBy: [[], [0], [1, 2], [3, 4, 0]],
  start: [null, { date: "2999-01-01" }, { date: "2999-01-02", time: "08:00" }],
  due: [
    null,
    { date: "2999-01-03" },
    { date: "2020-01-31", time: "09:30" },
    { date: "2999-01-31", time: "23:00", timeZone: "Etc/UTC" },
    { date: "2999-01-03", time: null }
  ],
  externalId: [null, "a", "b"],
  extra: [null, {}, { a: "1" }, { a: "2", b: "3" }],
  repeat: [null, { rule: "FREQ=DAILY" }, { rule: "FREQ=MONTHLY;COUNT=2", from: "completion" }]
}

/** With ids in place of places. */
const naming = (body: Record<string, unknown>, ids: ReadonlyArray<string>): Record<string, unknown> => {
  const idOf = (place: unknown) => ids[place as number % ids.length] ?? null
  const { blockedBy, parentId, ...others } = body
  return {
    ...others,
    ...parentId === undefined ? {} : { parentId: parentId === null ? null : idOf(parentId) },
    ...blockedBy === undefined
      ? {}
      : { blockedBy: [...new Set((blockedBy as ReadonlyArray<number>).map(idOf))].filter((id) => id !== null) }
  }
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

const moves = fc.record({
  what: fc.uniqueArray(fc.nat(5), { minLength: 1, maxLength: 3 }),
  place: fc.constantFrom("before", "after", "at", undefined),
  of: fc.nat(5),
  parentId: fc.constantFrom(undefined, null, 0, 1, 2)
})
const moving = (
  { of, parentId, place, what }: typeof moves extends fc.Arbitrary<infer Move> ? Move : never,
  ids: ReadonlyArray<string>
) => ({
  ids: [...new Set(what.map((place) => ids[place % ids.length] ?? crypto.randomUUID()))],
  ...place === undefined
    ? {}
    : { [place]: place === "at" ? of % 2 === 0 ? "first" : "last" : ids[of % ids.length] ?? crypto.randomUUID() },
  ...naming({ parentId }, ids)
})

/** All that can be done to tasks: a new way to write is a line here. */
const actsOf = (completion: Record<string, fc.Arbitrary<unknown>>): ReadonlyArray<fc.Arbitrary<Act>> => [
  bodies.map((body): Act => (person, ids) => person.json("POST", "/api/v1/tasks", naming(body, ids))),
  fc.tuple(position, patches).map(([at, patch]): Act => (person, ids) =>
    person.json("PATCH", on(ids, at), naming(patch, ids))
  ),
  fc.tuple(position, patches).map(([at, patch]): Act => (person, ids) =>
    person.json("PATCH", on(ids, at), naming(patch, ids), { "if-match": "\"1\", \"2\"" })
  ),
  fc.tuple(position, fc.record(completion, { requiredKeys: [] })).map(([at, body]): Act => (person, ids) =>
    person.json("POST", `${on(ids, at)}/complete`, body)
  ),
  fc.tuple(fc.constantFrom("a", "b"), fc.record(of(Object.keys(ExternalTask.fields)), { requiredKeys: [] })).map((
    [externalId, body]
  ): Act =>
  (person, ids) => person.json("PUT", `/api/v1/tasks/external/${externalId}`, naming(body, ids))),
  position.map((at): Act => (person, ids) => person.json("POST", `${on(ids, at)}/skip`, "")),
  moves.map((body): Act => (person, ids) => person.json("POST", "/api/v1/tasks/move", moving(body, ids))),
  position.map((at): Act => (person, ids) => person.json("DELETE", on(ids, at), "")),
  position.map((at): Act => (person, ids) => person.json("POST", `${on(ids, at)}/restore`, "")),
  fc.tuple(position, fc.constantFrom("PUT", "DELETE"), fc.constantFrom("one", "ONE", "two"))
    .map(([at, method, tag]): Act => (person, ids) => person.json(method, `${on(ids, at)}/tags/${tag}`, ""))
]

const acts = actsOf({ children: fc.constantFrom("complete", "keep"), force: fc.boolean() })

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
    // That something has been below a task stays so.
    const hidden = all ? [] : ["version", "updated_at", "seq", "is_parent"]
    const [state] = yield* asPerson(
      person,
      sql<{ state: string; astray: string }>`SELECT ${sql.literal(astray)} ::text AS astray, jsonb_build_object(
        'counted', (SELECT tasks FROM todo.counters),
        'tasks', (SELECT jsonb_agg(to_jsonb(t) - ${hidden}::text[] ORDER BY t.id) FROM todo.tasks t),
        'completions', (SELECT jsonb_agg(c ORDER BY c.task_id, c.nth) FROM todo.completions c JOIN todo.tasks t
          ON t.id = c.task_id AND c.nth <= (t.completion ->> 'nth')::integer)
      )::text AS state`
    )
    assert.strictEqual(state!.astray, "[]")
    return state!.state
  })

/** How many tasks that do not repeat are open below one that is done. */
const openBelowDone = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const [row] = yield* asPerson(
      person,
      sql<{ many: number }>`SELECT count(*)::integer AS many FROM todo.tasks t JOIN todo.tasks p
        ON p.id = t.parent_id AND p.completed_at IS NOT NULL AND p.trashed_at IS NULL
        WHERE t.completed_at IS NULL AND t.trashed_at IS NULL AND t.repeat IS NULL`
    )
    return row!.many
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
        for (const id of operations.slice(1)) {
          yield* sql`UPDATE todo.changes c SET seq = one.seq, ordinal = c.ordinal + one.many FROM todo.operations o, (
              SELECT f.seq, max(b.ordinal) + 1 AS many FROM todo.operations f JOIN todo.changes b ON b.seq = f.seq
              WHERE f.id = ${first!} GROUP BY f.seq
            ) one WHERE o.id = ${id} AND c.seq = o.seq`
        }
        for (const id of operations.slice(1)) yield* sql`DELETE FROM todo.operations WHERE id = ${id}`
      })
    )
  })

/** Does the writes; answers the operation that they were, where they changed anything. */
const perform = (person: Person, ids: Array<string>, writes: ReadonlyArray<Act>) =>
  Effect.gen(function*() {
    const operations: Array<string> = []
    for (const act of writes) {
      const answer = yield* act(person, ids)
      assert.include([200, 201, 204, 400, 404, 409, 412, 422, 428], answer.status, answer.text)
      if (answer.status === 201) ids.push(answer.body.id)
      const operation = operationOf(answer)
      if (operation !== null) operations.push(operation)
    }
    if (operations.length > 1) yield* asOne(person, operations)
    return operations[0]
  })

suite("undo, whatever was done", (it) => {
  it.effect(
    "leads back to each state before, one by one, and undo of undo to each after",
    () =>
      forAll(20, fc.record({ steps, latest: fc.boolean() }), ({ latest, steps }) =>
        Effect.gen(function*() {
          const person = yield* somebody
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

  const kept = fc.record({
    // Who completes a task may keep what is open below it: then there is such a task.
    steps: fc.array(fc.oneof(...actsOf({ children: fc.constant("complete"), force: fc.constant(true) })), {
      minLength: 2,
      maxLength: 10
    }),
    undone: fc.array(position, { minLength: 1, maxLength: 8 })
  })
  it.effect(
    "leaves nothing open below what is done, in whatever order operations are undone",
    () =>
      forAll(40, kept, ({ steps, undone }) =>
        Effect.gen(function*() {
          const person = yield* somebody
          const ids: Array<string> = []
          const top = yield* person.json("POST", "/api/v1/tasks", { title: "Top" })
          const child = yield* person.json("POST", "/api/v1/tasks", { title: "Child", parentId: top.body.id })
          ids.push(top.body.id, child.body.id)
          const operations = [operationOf(top)!, operationOf(child)!]
          for (const act of steps) {
            const operation = yield* perform(person, ids, [act])
            if (operation !== undefined) operations.push(operation)
          }
          for (const place of undone) {
            const answer = yield* undo(person, operations[place % operations.length]!)
            assert.include([200, 409], answer.status, answer.text)
            const operation = operationOf(answer)
            if (operation !== null) operations.push(operation)
            assert.strictEqual(yield* openBelowDone(person), 0)
          }
        })),
    120_000
  )

  const since: Readonly<Record<string, ReadonlyArray<unknown>>> = {
    ...tried,
    parentId: [null],
    blockedBy: [[]],
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
          const person = yield* somebody
          const ids: Array<string> = []
          for (const title of made) {
            yield* perform(person, ids, [(maker) => maker.json("POST", "/api/v1/tasks", { title })])
          }
          const before = yield* stateOf(person)
          const operation = yield* perform(
            person,
            ids,
            ids.map((id) => (by, all) => by.json("PATCH", `/api/v1/tasks/${id}`, naming(patch, all)))
          )
          if (operation === undefined) return
          const changed = ids[at % ids.length]!
          const { body: then } = yield* person.get(`/api/v1/tasks/${changed}`)
          yield* person.json("PATCH", `/api/v1/tasks/${changed}`, { [member]: value })
          const { body: now } = yield* person.get(`/api/v1/tasks/${changed}`)
          const { body: { changes } } = yield* person.get(`/api/v1/operations/${operation}`)
          const mine = changes.filter(({ id }: { id: string }) => id === changed)
          const stands = mine.some(({ members }: { members: ReadonlyArray<string> }) =>
            members.some((written) => JSON.stringify(now[written]) !== JSON.stringify(then[written]))
          )
          const state = yield* stateOf(person, true)
          const answer = yield* undo(person, operation)
          // What repeats keeps its date, also where only the repetition is of since.
          const breaks = member === "repeat" && now.repeat !== null && then.repeat === null && "due" in patch
          if (breaks && answer.status === 409) return
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
          // What stood behind the one that is left out is behind it now, wherever that is.
          const others = (text: string) =>
            JSON.parse(text).tasks.filter(({ id }: { id: string }) => id !== changed)
              .map((task: object) => ({ ...task, position: "" }))
          assert.deepStrictEqual(others(yield* stateOf(person)), others(before))
          // The undo of that part brings the part back.
          assert.strictEqual((yield* undo(person, operationOf(part)!)).status, 200)
          assert.deepStrictEqual((yield* person.get(`/api/v1/tasks/${changed}`)).body, now)
        })),
    120_000
  )
})
