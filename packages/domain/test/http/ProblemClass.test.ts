import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import { IdempotencyKeyInFlight } from "../../src/http/Idempotency.ts"
import { LimitReached } from "../../src/http/LimitReached.ts"
import { ProblemClass } from "../../src/http/ProblemClass.ts"

const decode = Schema.decodeUnknownSync(Schema.Union([LimitReached, IdempotencyKeyInFlight]))
const sent = {
  status: 409 as const,
  title: "As it was called then",
  code: "limit_reached" as const,
  limit: "tokens",
  max: 50
}

it.each(["urn:problem-type:todo:limit_reached", "https://todo.example.com/problems/limit_reached", "about:blank"])(
  "a problem is told by its code, whatever its type (%s)",
  (type) => {
    const problem = decode({ ...sent, type, detail: "You have 50" })
    assert.instanceOf(problem, LimitReached)
    assert.deepInclude({ ...problem }, { ...sent, type, detail: "You have 50" })
    assert.instanceOf(decode({ ...sent, type, code: "idempotency_key_in_flight" }), IdempotencyKeyInFlight)
  }
)

it("a problem takes what is absent from its code, and no other code for its own", () => {
  const { limit, max } = sent
  const problem = decode({ code: "limit_reached" as const, limit, max, detail: 5 })
  assert.deepInclude({ ...problem }, { status: 409, title: "There are as many as there may be" })
  assert.strictEqual(problem.message, "There are as many as there may be")
  for (const code of ["task_changed", undefined]) assert.throws(() => decode({ ...sent, code }))
})

it("a problem is sent with the status and title of its code, and the members that it has", () => {
  class Full extends ProblemClass<Full>()("task_not_found", "Full.", { most: Schema.Int }) {}
  assert.deepStrictEqual(Schema.encodeUnknownSync(Full)(new Full({ most: 3 })), {
    type: "about:blank",
    title: "There is no such task",
    status: 404,
    code: "task_not_found",
    most: 3
  })
})
