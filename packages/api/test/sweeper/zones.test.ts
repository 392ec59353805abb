import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { recordBounds, workOffAgenda } from "../../src/sweeper/Agenda.ts"
import { walkZones, zonesVersion } from "../../src/sweeper/FixedTimes.ts"
import { asPerson } from "../support/asPerson.ts"
import { newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const sweepAt = (version: string) => Effect.andThen(walkZones(version), workOffAgenda(recordBounds))
const sweep = sweepAt(zonesVersion)

const inBerlin = { date: "2030-06-01", time: "09:30", timeZone: "Europe/Berlin" }

const add = (person: Person, task: object) =>
  Effect.map(person.json("POST", "/api/v1/tasks", { title: "A", ...task }), ({ body, status }) => {
    assert.strictEqual(status, 201)
    return body as { readonly id: string; readonly version: number }
  })

/** Has somebody's keys of fixed times as other data of zones would have had them. */
const spoil = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* asPerson(
      person,
      sql`UPDATE todo.tasks SET due_key = 'z2031-01-01T00:00:00', start_key = CASE WHEN start IS NOT NULL THEN 'z2031-01-01T00:00:00' END
        WHERE due_key LIKE 'z%'`
    )
  })

const keysOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* asPerson(
      person,
      sql<
        { start_key: string | null; due_key: string | null }
      >`SELECT start_key, due_key FROM todo.tasks ORDER BY number`
    )
    return rows.map(({ due_key, start_key }) => [start_key, due_key])
  })

/** Has all keys be by older data of zones. */
const older = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`UPDATE todo.zones SET version = '1999a', at = NULL, walked = NULL`
})

const dueIn = (person: Person, year: number) =>
  Effect.map(
    person.get(`/api/v1/tasks?filter=${encodeURIComponent(`due >= ${year}-01-01 & due <= ${year}-12-31`)}`),
    ({ body, status }) => {
      assert.strictEqual(status, 200, JSON.stringify(body))
      return (body.items as ReadonlyArray<{ readonly id: string }>).map(({ id }) => id)
    }
  )

const right = "z2030-06-01T07:30:00"
const wrong = "z2031-01-01T00:00:00"

suite("when the data of zones change", (it) => {
  it.effect("keys of fixed times are made anew, and are no change", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const fixed = yield* add(pat, { start: inBerlin, due: inBerlin })
      const floating = yield* add(pat, { due: { date: "2030-06-01", time: "09:30" } })
      yield* add(pat, {})
      const gone = yield* add(pat, { due: inBerlin })
      yield* pat.json("DELETE", `/api/v1/tasks/${gone.id}`, "")
      const cursor = (yield* pat.get("/api/v1/changes")).body.cursor
      yield* spoil(pat)
      assert.deepStrictEqual(yield* dueIn(pat, 2031), [fixed.id])
      yield* older
      yield* sweep
      assert.deepStrictEqual(yield* keysOf(pat), [[right, right], [null, "f2030-06-01T09:30"], [null, null], [
        null,
        right
      ]])
      assert.deepStrictEqual(yield* dueIn(pat, 2031), [])
      assert.sameMembers([...yield* dueIn(pat, 2030)], [fixed.id, floating.id])
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${fixed.id}`)).body.version, fixed.version)
      assert.deepStrictEqual((yield* pat.get(`/api/v1/changes?cursor=${cursor}`)).body.items, [])
    }))

  it.effect("and otherwise nobody's are looked at, nor by older data", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* add(pat, { due: inBerlin })
      yield* older
      yield* sweep
      yield* spoil(pat)
      yield* sweep
      assert.deepStrictEqual(yield* keysOf(pat), [[null, wrong]])
      yield* sweepAt("1999a")
      yield* sweep
      assert.deepStrictEqual(yield* keysOf(pat), [[null, wrong]])
    }))

  it.effect("what a replica with older data has written is made anew when it is gone", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* add(pat, { due: inBerlin })
      yield* older
      yield* sweep
      yield* sweepAt("1999a")
      yield* spoil(pat)
      yield* sql`UPDATE todo.zones SET at = at - interval '1 hour'`
      yield* sweep
      assert.deepStrictEqual(yield* keysOf(pat), [[null, right]])
    }))

  it.effect("what an undo brings back is made anew; the undo of a date is none the less possible", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* add(pat, { due: inBerlin })
      yield* spoil(pat)
      const path = `/api/v1/tasks/${task.id}`
      const moved = yield* pat.json("PATCH", path, { due: { ...inBerlin, date: "2030-06-02" } })
      assert.strictEqual(moved.status, 200)
      yield* spoil(pat)
      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200, JSON.stringify(undone.body))
      assert.deepStrictEqual(yield* keysOf(pat), [[null, wrong]])
      yield* sweep
      assert.deepStrictEqual(yield* keysOf(pat), [[null, right]])
    }))

  it.effect("somebody who writes meanwhile has it wait", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* add(pat, { due: inBerlin })
      yield* spoil(pat)
      // Made from a date that is another by now: it is left.
      const [task] = yield* asPerson(pat, sql<{ id: string }>`SELECT id FROM todo.tasks`)
      const things = JSON.stringify([{ id: task!.id, due: { ...inBerlin, date: "2030-06-02" }, due_key: right }])
      assert.deepStrictEqual(yield* sql`SELECT todo.rekey(${pat.id}, ${things}::jsonb) AS rekeyed`, [{ rekeyed: true }])
      assert.deepStrictEqual(yield* keysOf(pat), [[null, wrong]])
    }))
})
