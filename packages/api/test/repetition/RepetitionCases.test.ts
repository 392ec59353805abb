import { describe, it } from "@effect/vitest"
import { casesOf, run } from "../cases/Scenario.ts"

/** Not of rules: a refusal of words (R15), and two requests at once (R31). */
const elsewhere = new Set(["R15", "R31"])

describe("repetition, as other programs had it wrong", () => {
  it.each(
    casesOf("repetition.json").filter(({ id }) => !elsewhere.has(id)).map((it) => [it.id, it.title, it] as const)
  )(
    "%s: %s",
    (_id, _title, it) => run(it)
  )
})
