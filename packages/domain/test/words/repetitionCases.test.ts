import { assert, describe, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { Due } from "@todo/domain/dates/Due"
import { readRepeat } from "@todo/domain/words/Repeats"
import { readTasks } from "@todo/domain/words/Tasks"
import { Result } from "effect"
import repetition from "../cases/repetition.json" with { type: "json" }
import { momentAt } from "../support/moments.ts"
import { seriesOf } from "../support/series.ts"

interface Given {
  readonly now: string
  readonly timeZone: string
  readonly tasks?: ReadonlyArray<{
    readonly due: Due
    readonly repeat?: { readonly rule: string; readonly from: string; readonly text?: string }
  }>
}

interface Step {
  readonly at: string
  readonly quick?: string
  readonly series?: string
  readonly body?: { readonly repeatText?: string; readonly due?: { readonly date: string } }
}

interface Expectation {
  readonly title?: string
  readonly due?: Due
  readonly repeat?: { readonly rule?: string; readonly from: string }
  readonly series?: ReadonlyArray<unknown>
  readonly code?: string
}

/** The parts of a rule, in whatever order. */
const partsOf = (rule: string) => rule.split(";").toSorted()

const cases = repetition.cases.map((it) => ({
  ...it,
  given: it.given as unknown as Given,
  steps: (it.do as ReadonlyArray<Step>).map((step, index) => ({
    ...step,
    expected: (it.expect.steps as unknown as ReadonlyArray<Expectation>)[index]!
  }))
}))

describe("the words beside a rule make that rule", () => {
  for (const { given: { now, tasks = [], timeZone }, id } of cases) {
    for (const { due, repeat } of tasks) {
      if (repeat?.text === undefined) continue
      it(`${repeat.text} (${id})`, () => {
        const read = Result.getOrThrow(readRepeat(repeat.text!, momentAt({ now, timeZone }), due))
        assert.deepStrictEqual(partsOf(read.repeat.rule), partsOf(repeat.rule))
        assert.strictEqual(read.repeat.from, repeat.from)
        assert.deepStrictEqual(read.due, due)
      })
    }
  }
})

describe("what other programs got wrong in words of repetition", () => {
  for (const { given: { timeZone }, id, steps, title } of cases) {
    if (!steps.some((step) => step.quick !== undefined || step.body?.repeatText !== undefined)) continue
    it(`${title} (${id})`, () => {
      let series: (many: number) => ReadonlyArray<string> = () => []
      for (const { at, body, expected, quick, series: ofTask } of steps) {
        const moment = momentAt({ now: at, timeZone })
        if (quick !== undefined) {
          const [task] = Result.getOrThrow(readTasks(quick, moment))
          const { due, repeat, title } = task!
          assert.strictEqual(title, expected.title)
          assert.deepStrictEqual(due, expected.due!)
          assert.strictEqual(repeat?.from, expected.repeat?.from ?? "schedule")
          if (expected.repeat?.rule !== undefined) {
            assert.deepStrictEqual(partsOf(repeat!.rule), partsOf(expected.repeat.rule))
          }
          series = (many) => seriesOf(repeat!.rule, due!, many)
        } else if (body?.repeatText !== undefined) {
          const read = readRepeat(body.repeatText, moment, { date: body.due!.date as DateOnly })
          if (Result.isSuccess(read)) return assert.fail(body.repeatText)
          assert.strictEqual(read.failure.code, expected.code)
        } else if (ofTask !== undefined) {
          assert.deepStrictEqual(series(expected.series!.length), expected.series as Array<string>)
        }
      }
    })
  }
})
