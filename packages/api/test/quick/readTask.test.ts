import { assert, describe, it } from "@effect/vitest"
import { readTasks } from "@todo/domain/words/Tasks"
import { Result } from "effect"
import * as fc from "fast-check"
import { anyMoment, anyText } from "../../../domain/test/support/wordsArbitraries.ts"
import { ProjectNames } from "../../src/quick/ProjectNames.ts"
import { readTask } from "../../src/quick/ReadTask.ts"

describe("any text that is read", () => {
  it("tells the first dates of what repeats, of which its own is the first", () => {
    fc.assert(
      fc.property(anyText, anyMoment, (text, moment) => {
        const read = readTasks(text, moment)
        if (Result.isFailure(read)) return
        for (const line of read.success) {
          const { due, occurrences } = readTask(line, 1, new ProjectNames([]), moment)
          assert.strictEqual(occurrences.length > 0, line.repeat !== null)
          if (occurrences.length > 0) assert.strictEqual(occurrences[0]!.slice(0, 10), due!.date)
        }
      }),
      { numRuns: 3000 }
    )
  })
})
