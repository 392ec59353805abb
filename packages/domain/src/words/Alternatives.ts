import type { Due } from "../dates/Due.ts"
import type { Moment } from "./Moment.ts"
import type { Alternative, Range } from "./Reading.ts"
import { sayDate, sayRepeat } from "./Say.ts"
import { repeatOf, type Series } from "./Series.ts"

/** Another date. */
export const otherDate = (span: Range, due: Due, moment: Moment): Alternative => ({
  span,
  reading: sayDate(due, moment),
  value: due
})

/** Another repetition, in the same words. */
export const otherRepeat = (span: Range, series: Series, words: string, moment: Moment): Alternative => ({
  span,
  reading: sayRepeat(series.rule, series.from, moment),
  value: repeatOf(series, words)
})

/** No date, but words of the title. */
export const onlyWords = (span: Range, moment: Moment): Alternative => ({
  span,
  reading: moment.language.say.words,
  value: null
})
