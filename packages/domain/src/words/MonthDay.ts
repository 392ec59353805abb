import { civil, weekdayOf } from "../dates/CivilDate.ts"
import type { Cursor } from "./Cursor.ts"
import { certain, coming, type Day, todayOf } from "./Day.ts"
import { dayIf } from "./Shapes.ts"

/** The days of that month and day from today on. There is a leap day among nine years, whatever centuries leave out. */
const eachYear = (month: number, day: number, today: number): ReadonlyArray<number> => {
  const { year } = civil(today)
  return Array.from({ length: 9 }, (_, index) => dayIf(year + index, month, day) ?? -1).filter((it) => it >= today)
}

/** The days of that number from today on, of this month and the next ones. */
const eachMonth = (day: number, today: number): ReadonlyArray<number> => {
  const { month, year } = civil(today)
  return Array.from({ length: 4 }, (_, index) => {
    const of = month - 1 + index
    return dayIf(year + Math.floor(of / 12), of % 12 + 1, day) ?? -1
  }).filter((it) => it >= today)
}

const yearOf = (cursor: Cursor): number | undefined =>
  cursor.attempt((it) => {
    it.pause()
    const year = it.take("number")
    return year !== undefined && year >= 1970 ? year : undefined
  })

/** A day of a year, or of the next one that has it: the day of the week must be the one that it is. */
const dated = (
  cursor: Cursor,
  weekday: number | undefined,
  { day, month, year }: { readonly day: number; readonly month: number; readonly year: number | undefined }
): Day | undefined => {
  const found = year === undefined
    ? coming(eachYear(month, day, todayOf(cursor.moment)), "anywhere")
    : certain(dayIf(year, month, day))
  if (found === undefined || weekday === undefined) return found
  return weekdayOf(found.day) === weekday ? certain(found.day) : undefined
}

/** `oct 5`, `5 oct`, `5th of october 2027`, `friday, oct 2`, `the first of may`. */
export const monthDay = (cursor: Cursor): Day | undefined => {
  const weekday = cursor.take("weekday")
  cursor.pause()
  cursor.role("the")
  const before = cursor.take("month")
  if (before !== undefined) cursor.role("the")
  const inLetters = cursor.take("ordinal")
  const day = inLetters ?? cursor.take("number")
  if (day === undefined || day < 1) return undefined
  const isFigure = inLetters === undefined || isFigures(cursor)
  const of = before === undefined && cursor.role("of")
  const month = before ?? (of || isFigure ? cursor.take("month") : undefined)
  if (month === undefined) return undefined
  return dated(cursor, weekday, { day, month, year: yearOf(cursor) })
}

/** Whether what was taken last is in figures. */
const isFigures = ({ last }: Cursor): boolean => last !== undefined && /^\d/.test(last.word)

/** `2026-10-02`, `2026-W53`, `2.10.`, `10/2`, `friday 2.10. 2026`. */
export const numericDay = (cursor: Cursor): Day | undefined => {
  const weekday = cursor.take("weekday")
  cursor.pause()
  cursor.role("the")
  const iso = cursor.take("iso")
  if (iso !== undefined) return weekday === undefined || weekdayOf(iso) === weekday ? certain(iso) : undefined
  const date = cursor.take("numeric")
  if (date === undefined) return undefined
  const year = date.year ?? yearOf(cursor)
  const found = dated(cursor, weekday, { ...date, year })
  const other = date.either ? dated(cursor, weekday, { day: date.month, month: date.day, year }) : undefined
  return found && { ...found, ...(other === undefined ? {} : { other: other.day }) }
}

/** `31st`: of the next month that has it. */
export const ordinalDay = (cursor: Cursor): Day | undefined => {
  const the = cursor.role("the")
  const day = cursor.take("ordinal")
  if (day === undefined || day < 1 || !(the || isFigures(cursor))) return undefined
  const { moment } = cursor
  return coming(eachMonth(day, todayOf(moment)), the || !moment.language.ordinalIsDay ? "marked" : "end")
}
