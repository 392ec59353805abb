import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { assertReplay, newKey } from "../idempotency/Answers.ts"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const remove = (person: Person, query: string, headers = {}) =>
  person.json("DELETE", `/api/v1/tasks${query}`, "", headers)
const numbersOf = (person: Person, path = "/api/v1/tasks") =>
  Effect.map(
    person.get(path),
    ({ body }): ReadonlyArray<number> => body.items.map(({ number }: { number: number }) => number)
  )

/** Somebody with five tasks, of which the even ones are done. */
const somebody = Effect.gen(function*() {
  const pat = yield* newPerson
  for (let number = 1; number <= 5; number++) {
    const { id } = yield* pat.add(`task ${number}`)
    if (number % 2 === 0) yield* pat.json("PATCH", `/api/v1/tasks/${id}`, { completed: true })
  }
  return pat
})

suite("DELETE /api/v1/tasks", (it) => {
  for (
    const query of [
      "?completed=true",
      "?completed=false",
      "?number=4",
      "?number=4&completed=false",
      "?number=9",
      "?filter=done",
      "?filter=number>2"
    ]
  ) {
    it.effect(`${query} deletes what the list has, as one operation`, () =>
      Effect.gen(function*() {
        const pat = yield* somebody
        const all = yield* numbersOf(pat)
        const listed = yield* numbersOf(pat, `/api/v1/tasks${query}`)
        assert.deepStrictEqual((yield* remove(pat, `${query}&dryRun=true`)).body, { count: listed.length })
        assert.deepStrictEqual(yield* numbersOf(pat), all)
        const answer = yield* remove(pat, query)
        assert.strictEqual(answer.status, 200)
        assert.deepStrictEqual(answer.body, { count: listed.length })
        assert.strictEqual(answer.headers.has("operation-id"), listed.length > 0)
        assert.deepStrictEqual(yield* numbersOf(pat), all.filter((number) => !listed.includes(number)))
        assert.deepStrictEqual(yield* numbersOf(pat, "/api/v1/trash"), listed)
        assert.deepStrictEqual((yield* remove(pat, query)).body, { count: 0 })
      }))
  }

  it.effect("leaves each task as deleting it would, on record too", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* somebody
      const [single] = (yield* pat.get("/api/v1/tasks?number=2")).body.items
      yield* pat.json("DELETE", `/api/v1/tasks/${single.id}`, "")
      yield* remove(pat, "?number=4")
      const changes = yield* asPerson(
        pat,
        sql<{ was: Record<string, unknown>; now: Record<string, unknown> }>`
          SELECT c.was, c.now FROM todo.changes c JOIN todo.operations o USING (user_id, seq) WHERE o.kind = 'task.remove'
            ORDER BY c.seq`
      )
      assert.lengthOf(changes, 2)
      const [one, listed] = changes
      assert.deepStrictEqual(Object.keys(listed!.was).toSorted(), Object.keys(one!.was).toSorted())
      assert.deepStrictEqual(Object.keys(listed!.now).toSorted(), Object.keys(one!.now).toSorted())
      assert.deepInclude(listed!.was, { version: 2, trashed_at: null })
      const trashed = (yield* pat.get("/api/v1/trash")).body.items
      assert.deepStrictEqual(trashed.map(({ version }: { version: number }) => version), [3, 3])
      for (const { trashedAt, updatedAt } of trashed) assert.strictEqual(updatedAt, trashedAt)
    }))

  it.effect("wants a filter", () =>
    Effect.gen(function*() {
      const pat = yield* somebody
      for (
        const query of ["", "?dryRun=true", "?completed=", "?complete=true", "?limit=5", "?completed=true&cursor=x"]
      ) {
        assert.isNotEmpty(invalidPaths(yield* remove(pat, query)), query)
      }
      assert.lengthOf(yield* numbersOf(pat), 5)
    }))

  it.effect("is done once with a key, whatever the list has since", () =>
    Effect.gen(function*() {
      const pat = yield* somebody
      const key = newKey()
      const first = yield* remove(pat, "?completed=false", key)
      yield* pat.add("another")
      assertReplay(first, yield* remove(pat, "?completed=false", key))
      assert.deepStrictEqual(yield* numbersOf(pat), [6, 4, 2])
      assertProblem(yield* remove(pat, "?completed=true", key), 422, "idempotency_key_reused")
    }))

  it.effect("deletes all or nothing, while tasks change", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* Effect.forEach(Array.from({ length: 30 }, (_, index) => `task ${index}`), pat.add)
      const [removed] = yield* Effect.all([
        remove(pat, "?completed=false"),
        Effect.forEach(made, ({ id }) => pat.json("PATCH", `/api/v1/tasks/${id}`, { completed: true }), {
          concurrency: 4
        })
      ], { concurrency: 2 })
      if (removed.status === 503) return
      const trash = yield* numbersOf(pat, "/api/v1/trash?limit=200")
      assert.deepStrictEqual(removed.body, { count: trash.length })
      assert.lengthOf(yield* numbersOf(pat), 30 - trash.length)
    }))

  it.effect("deletes no more than an operation may change, and nothing else", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* asPerson(
        pat,
        sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at, version)
          SELECT ${pat.id}::uuid, gen_random_uuid(), n, 'x', now(), now(), 1 FROM generate_series(1, 10001) n`
      )
      const refused = yield* remove(pat, "?completed=false")
      assertProblem(refused, 409, "limit_reached")
      assert.deepInclude(refused.body, { limit: "changes", max: 10_000 })
      assert.deepStrictEqual((yield* remove(pat, "?completed=false&dryRun=true")).body, { count: 10_001 })
      yield* asPerson(pat, sql`DELETE FROM todo.tasks WHERE number = 1`)
      assert.deepStrictEqual((yield* remove(pat, "?completed=false")).body, { count: 10_000 })
      assert.deepStrictEqual(yield* numbersOf(pat), [])
    }), 60_000)
})
