import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

/** What went wrong in other programs, by the reports of their users. */
suite("what other programs got wrong", (it) => {
  const run = (person: Person, operations: ReadonlyArray<unknown>) =>
    person.json("POST", "/api/v1/batch", { operations })
  const described = (person: Person, title: string) =>
    Effect.map(
      person.json("POST", "/api/v1/tasks", { title, description: "with a description" }),
      ({ body }) => body
    )

  it.effect("a misspelt member refuses the whole batch; nothing is emptied (B1)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const tasks = yield* Effect.forEach(Array.from({ length: 16 }, (_, index) => `Task ${index + 1}`), (title) =>
        described(pat, title))
      const answer = yield* run(
        pat,
        tasks.map(({ id }) => ({ op: "task.update", id, body: { prioritty: "p1" } }))
      )
      assert.strictEqual(invalidPaths(answer)[0], "payload.operations.0.body.prioritty")
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, tasks.toReversed())
    }))

  it.effect("a patch changes what it names and nothing else; an empty one changes nothing (B2)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* described(pat, "Keep me")
      const patch = (body: unknown) =>
        Effect.andThen(
          run(pat, [{ op: "task.update", id: task.id, body }]),
          Effect.map(pat.get(`/api/v1/tasks/${task.id}`), ({ body }) => body)
        )
      assert.deepStrictEqual(yield* patch({}), task)
      const done = yield* patch({ completed: true })
      const { completedAt, updatedAt } = done
      assert.deepStrictEqual(done, { ...task, ready: false, completed: true, completedAt, updatedAt, version: 2 })
      const renamed = yield* patch({ title: "Kept" })
      assert.deepStrictEqual(renamed, { ...done, title: "Kept", updatedAt: renamed.updatedAt, version: 3 })
    }))

  it.effect("completing again keeps the time of the first completion (B3)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id } = yield* pat.add("Done twice")
      const read = Effect.map(pat.get(`/api/v1/tasks/${id}`), ({ body }) => body)
      const patch = (body: unknown) => Effect.andThen(run(pat, [{ op: "task.update", id, body }]), read)
      const first = yield* patch({ completed: true })
      assert.strictEqual(first.version, 2)
      yield* Effect.sleep("5 millis")
      assert.deepStrictEqual(yield* patch({ completed: true }), first)
      const renamed = yield* patch({ title: "Done twice, renamed" })
      assert.strictEqual(renamed.completedAt, first.completedAt)
      assert.strictEqual(renamed.version, 3)
      assert.isAbove(Date.parse(renamed.updatedAt), Date.parse(first.completedAt))
    }))

  it.effect("one bad operation of a hundred undoes the rest and is named (B4)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const answer = yield* run(
        pat,
        Array.from({ length: 100 }, (_, index) => ({
          op: "task.create",
          body: { title: index === 56 ? "" : `Task ${index}` }
        }))
      )
      assert.deepStrictEqual(invalidPaths(answer), ["payload.operations.56.body.title"])
      // And the same where the database is who refuses.
      const absent = "01980000-0000-7000-8000-000000000000"
      const refused = yield* run(
        pat,
        Array.from({ length: 100 }, (_, index) =>
          index === 56
            ? { op: "task.remove", id: absent }
            : { op: "task.create", body: { title: `Task ${index}` } })
      )
      assertProblem(refused, 404, "task_not_found")
      assert.strictEqual(refused.body.index, 56)
      const [left] = yield* asPerson(
        pat,
        Effect.flatMap(SqlClient.SqlClient, (sql) =>
          sql<{ tasks: number; operations: number; changes: number; counted: number }>`SELECT
            (SELECT count(*)::integer FROM todo.tasks) AS tasks,
            (SELECT count(*)::integer FROM todo.operations) AS operations,
            (SELECT count(*)::integer FROM todo.changes) AS changes,
            (SELECT tasks FROM todo.counters WHERE user_id = ${pat.id}) AS counted`)
      )
      assert.deepStrictEqual(left, { tasks: 0, operations: 0, changes: 0, counted: 0 })
    }))

  it.effect("a limit that is reached in the middle stops the whole batch, and says which (B5)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* asPerson(
        pat,
        Effect.flatMap(
          SqlClient.SqlClient,
          (sql) => sql`UPDATE todo.counters SET tasks = 99999 WHERE user_id = ${pat.id}`
        )
      )
      const answer = yield* run(
        pat,
        ["one", "two", "three"].map((title) => ({ op: "task.create", body: { title } }))
      )
      assertProblem(answer, 409, "limit_reached")
      assert.include(answer.body, { limit: "tasks", max: 100_000, index: 1 })
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
      assert.strictEqual((yield* pat.add("the last")).number, 1)
    }))
})
