import { assert, it } from "@effect/vitest"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { faults } from "../scripts/faults.ts"

const source = join(import.meta.dirname, "../src")

// What can no longer be planted shows nothing, and nobody would see it before they want to know.
it.each(faults.flatMap((fault) => [fault, ...fault.with ?? []].map((edit) => [fault.name, edit] as const)))(
  "can be planted: %s",
  (_, { file, find }) => assert.include(readFileSync(join(source, file), "utf8"), find)
)

it("has tests for each fault", () => {
  const absent = faults.flatMap(({ tests }) => tests)
    .filter((test) => ![test, `${test}.test.ts`].some((name) => existsSync(join(import.meta.dirname, name))))
  assert.deepStrictEqual(absent, [])
})
