import { Result } from "effect"
import type { Due } from "../dates/Due.ts"
import { otherDate, otherRepeat } from "./Alternatives.ts"
import { Cursor } from "./Cursor.ts"
import type { Language } from "./Language.ts"
import { understoodBy } from "./Languages.ts"
import type { Moment } from "./Moment.ts"
import { inexpressible } from "./Pattern.ts"
import { type Alternative, type ReadRepeat, textOf, type Unreadable } from "./Reading.ts"
import { repetition } from "./Repetition.ts"
import { repeatOf, seriesFrom } from "./Series.ts"
import { tokensOf } from "./Tokens.ts"

/** A repetition that was read. */
export interface RepeatReading {
  readonly repeat: ReadRepeat
  /** The first date: the first one of the rule that is not before that of the task, or not before today. */
  readonly due: Due
  readonly alternatives: ReadonlyArray<Alternative>
}

/** A repetition has no more words than that. */
const mostWords = 60

/**
 * The repetition that a text is, all of it: `every monday`, `every! 3 days`, `every month until dec 31`. What the words leave
 * open comes from `due`, when its task is due by now: `every month` is on that day of it. Words of another language are taken where
 * those of whoever writes are none. Fails with `invalid_rule` where the
 * text is none, or one that never comes, and with `recurrence_not_expressible` where it is one that no rule says.
 */
export const readRepeat = (text: string, moment: Moment, due: Due | null): Result.Result<RepeatReading, Unreadable> => {
  const [own, ...others] = understoodBy(moment.language)
  const read = readIn(own!, text, moment, due)
  if (Result.isSuccess(read) || read.failure.code !== "invalid_rule") return read
  for (const other of others) {
    const found = readIn(other, text, moment, due)
    if (Result.isSuccess(found)) return found
  }
  return read
}

const readIn = (
  language: Language,
  text: string,
  listener: Moment,
  due: Due | null
): Result.Result<RepeatReading, Unreadable> => {
  const moment = { ...listener, language }
  const tokens = tokensOf(text, mostWords, moment)
  const cursor = new Cursor(tokens, moment, 0)
  const spoken = repetition(cursor)
  const span = { from: tokens[0]?.from ?? 0, to: text.trimEnd().length }
  const to = cursor.last?.to ?? 0
  const found = spoken !== undefined && to >= span.to ? seriesFrom(spoken, due, moment) : undefined
  if (found === inexpressible) {
    return Result.fail({
      code: "recurrence_not_expressible",
      ...span,
      message: "No rule says this repetition: say another, such as every 3 days"
    })
  }
  if (found === undefined) {
    return Result.fail({
      code: "invalid_rule",
      from: spoken === undefined || to >= span.to ? span.from : tokens[cursor.at]?.from ?? to,
      to: Math.max(span.from, span.to),
      message: "Expected a repetition in words, such as every monday, every 3 days or every! month"
    })
  }
  const words = textOf(text, spoken!.words)
  return Result.succeed({
    repeat: repeatOf(found.series, words),
    due: found.series.due,
    alternatives: [
      ...found.others.map((series) => otherRepeat(span, series, words, listener)),
      ...found.dues.map((due) => otherDate(span, due, listener))
    ]
  })
}
