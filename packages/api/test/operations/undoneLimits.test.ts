import { assert } from "@effect/vitest"
import { mostCommentsOfTask } from "@todo/domain/comments/Comment"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("an undo", (it) => {
  it.effect("brings back no comment beyond what a task may have", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const sql = yield* SqlClient.SqlClient
      const task = yield* person.add("Talked about")
      const text = yield* person.json("POST", `/api/v1/tasks/${task.id}/comments`, { text: "One" })
      yield* asPerson(
        person,
        Effect.gen(function*() {
          yield* sql`INSERT INTO todo.comments (user_id, id, task_id, text, created_at, updated_at, version, seq)
            SELECT ${person.id}::uuid, gen_random_uuid(), ${task.id}::uuid, 'x', now(), now(), 1, 0
              FROM generate_series(2, ${mostCommentsOfTask}::integer)`
          yield* sql`UPDATE todo.counters SET comments = ${mostCommentsOfTask}`
        })
      )
      const gone = yield* person.json("DELETE", `/api/v1/comments/${text.body.id}`, "")
      const path = `/api/v1/operations/${gone.headers.get("operation-id")}/undo`
      const other = yield* person.json("POST", `/api/v1/tasks/${task.id}/comments`, { text: "Two" })
      const refused = yield* person.json("POST", path, {})
      assertProblem(refused, 409, "changed_since")
      assert.deepStrictEqual(refused.body.changes, [{ noun: "comment", id: text.body.id, reason: "limit" }])
      yield* person.json("DELETE", `/api/v1/comments/${other.body.id}`, "")
      assert.strictEqual((yield* person.json("POST", path, {})).status, 200)
    }))

  const ways: Readonly<Record<string, (child: string) => readonly [string, string, unknown]>> = {
    "of its deletion": (child) => ["DELETE", `tasks/${child}`, ""],
    "of its leaving": (child) => ["PATCH", `tasks/${child}`, { parentId: null }],
    "of its being moved away": (child) => ["POST", "tasks/move", { ids: [child], at: "first", parentId: null }],
    "of its completion": (child) => ["POST", `tasks/${child}/complete`, {}]
  }
  for (const [name, way] of Object.entries(ways)) {
    it.effect(`${name} opens what an open task is below, and its own undo closes that`, () =>
      Effect.gen(function*() {
        const person = yield* newPerson
        const parent = yield* person.add("Above")
        const child = yield* person.json("POST", "/api/v1/tasks", { title: "Below", parentId: parent.id })
        const [method, path, body] = way(child.body.id)
        const done = yield* person.json(method, `/api/v1/${path}`, body)
        yield* person.json("POST", `/api/v1/tasks/${parent.id}/complete`, {})
        const above = Effect.map(person.get(`/api/v1/tasks/${parent.id}`), (answer) => answer.body.completed)
        const undo = yield* person.json("POST", `/api/v1/operations/${done.headers.get("operation-id")}/undo`, {})
        assert.strictEqual(undo.status, 200, undo.text)
        assert.isFalse(yield* above)
        const redo = yield* person.json("POST", `/api/v1/operations/${undo.headers.get("operation-id")}/undo`, {})
        assert.strictEqual(redo.status, 200, redo.text)
        assert.isTrue(yield* above)
      }))
  }

  it.effect("of a reopening leaves open what something was made below since, as does who takes a repetition away", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const parent = yield* person.add("Above")
      const complete = person.json("POST", `/api/v1/tasks/${parent.id}/complete`, {})
      const above = Effect.map(person.get(`/api/v1/tasks/${parent.id}`), (answer) => answer.body.completed)
      yield* complete
      const opened = yield* person.json("PATCH", `/api/v1/tasks/${parent.id}`, { completed: false })
      const child = yield* person.json("POST", "/api/v1/tasks", {
        title: "Below",
        parentId: parent.id
      })
      const undo = yield* person.json("POST", `/api/v1/operations/${opened.headers.get("operation-id")}/undo`, {})
      assert.strictEqual(undo.status, 200, undo.text)
      assert.isFalse(yield* above)
      yield* person.json("PATCH", `/api/v1/tasks/${child.body.id}`, {
        due: { date: "2026-11-27" },
        repeat: { rule: "FREQ=DAILY" }
      })
      yield* complete
      assert.isTrue(yield* above)
      yield* person.json("PATCH", `/api/v1/tasks/${child.body.id}`, { repeat: null })
      assert.isFalse(yield* above)
    }))
})
