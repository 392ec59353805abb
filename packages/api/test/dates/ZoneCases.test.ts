import { describe, it } from "@effect/vitest"
import { casesOf, run } from "../cases/Scenario.ts"

describe("zones, as other programs had them wrong", () => {
  it.each(casesOf("zones.json").map((it) => [it.id, it.title, it] as const))("%s: %s", (_id, _title, it) => run(it))
})
