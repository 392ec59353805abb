import { assert, describe, it } from "@effect/vitest"
import type { Due } from "@todo/domain/dates/Due"
import { readDate } from "@todo/domain/words/Dates"
import type { Moment } from "@todo/domain/words/Moment"
import { readRepeat } from "@todo/domain/words/Repeats"
import { readTasks } from "@todo/domain/words/Tasks"
import { Result } from "effect"
import words from "../cases/words.json" with { type: "json" }
import { momentAt } from "../support/moments.ts"
import { seriesOf } from "../support/series.ts"

interface Step {
  readonly quick?: string
  readonly dueText?: string
  readonly repeatText?: string
  readonly of?: string
  readonly settings?: Partial<Pick<Moment, "weekStart" | "dateOrder">>
}

interface Expectation extends Record<string, unknown> {
  readonly status?: number
  readonly series?: ReadonlyArray<string>
  readonly alternatives?: ReadonlyArray<Due>
  readonly tasks?: ReadonlyArray<Expectation>
}

interface Given extends Partial<Pick<Moment, "weekStart" | "dateOrder">> {
  readonly now: string
  readonly timeZone: string
  readonly tasks?: ReadonlyArray<{ readonly as: string; readonly due: Due }>
}

const empty = { due: null, start: null, repeat: null, tags: [], priority: null, project: null, description: null }
const ofTask = Object.keys({ title: "", ...empty })

const quick = (text: string, moment: Moment, expected: Expectation) => {
  const tasks = Result.getOrThrow(readTasks(text, moment))
  for (const [index, { alternatives = [], ...members }] of (expected.tasks ?? [expected]).entries()) {
    const task = tasks[index]!
    const read = Object.fromEntries(Object.entries(task).filter(([name]) => ofTask.includes(name)))
    assert.deepStrictEqual(read, { ...empty, ...members } as Record<string, unknown>)
    assert.includeDeepMembers(task.alternatives.map(({ value }) => value), [...alternatives])
  }
  assert.lengthOf(tasks, expected.tasks?.length ?? 1)
}

/** What went wrong in other programs, by the reports of their users. */
describe("what other programs got wrong in words", () => {
  for (const { do: steps, expect, given, id, title } of words.cases) {
    it(`${title} (${id})`, () => {
      const { tasks = [], ...settings } = given as unknown as Given
      for (const [index, step] of (steps as ReadonlyArray<Step>).entries()) {
        const expected = (expect.steps as ReadonlyArray<Expectation>)[index]!
        const moment = momentAt({ ...settings, ...step.settings })
        if (step.quick !== undefined) quick(step.quick, moment, expected)
        else if (step.dueText !== undefined) {
          const read = readDate(step.dueText, moment)
          if (expected.status === 422) assert.isTrue(Result.isFailure(read), step.dueText)
          else assert.deepStrictEqual(Result.getOrThrow(read).due, expected.due as Due, step.dueText)
        } else {
          const { due } = tasks.find(({ as }) => as === step.of)!
          const read = Result.getOrThrow(readRepeat(step.repeatText!, moment, due))
          assert.deepStrictEqual(read.due, expected.due as Due)
          assert.deepStrictEqual(seriesOf(read.repeat.rule, read.due, expected.series!.length), [...expected.series!])
        }
      }
    })
  }
})
