import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("many who write one task at once", (it) => {
  const atOnce = (write: Effect.Effect<{ readonly status: number }, never, never>) =>
    Effect.all(Array.from({ length: 20 }, () => write), { concurrency: "unbounded" })

  it.effect("are all answered, also where what they write follows from its dates", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const repeating = yield* person.json("POST", "/api/v1/tasks", {
        title: "Daily",
        due: { date: "2026-11-20" },
        repeat: { rule: "FREQ=DAILY", missed: "each" }
      })
      const path = `/api/v1/tasks/${repeating.body.id}`
      const context = yield* Effect.context<Effect.Services<ReturnType<Person["json"]>>>()
      for (
        const [method, to, body] of [
          ["POST", `${path}/complete`, {}],
          ["POST", `${path}/skip`, ""],
          ["PATCH", path, { due: { time: "10:00" } }]
        ] as const
      ) {
        const answers = yield* atOnce(Effect.provideContext(person.json(method, to, body), context))
        assert.deepStrictEqual(answers.map(({ status }) => status), answers.map(() => 200))
      }
    }))

  it.effect("move no more in a batch than an operation may change", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const ids = Array.from({ length: 100 }, () => crypto.randomUUID())
      const operations = Array.from({ length: 101 }, () => ({ op: "task.move", body: { ids, at: "first" } }))
      const answer = yield* person.json("POST", "/api/v1/batch", { operations })
      assertProblem(answer, 409, "limit_reached")
      assert.deepInclude(answer.body, { limit: "changes", index: 100 })
    }))
})
