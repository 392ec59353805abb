import { addMonths } from "../dates/CivilDate.ts"
import type { Cursor } from "./Cursor.ts"
import { certain, type Day, todayOf } from "./Day.ts"
import type { Unit } from "./Language.ts"

/** A length of time. */
export interface Duration {
  readonly many: number
  readonly unit: Unit
}

/** A number, in figures or letters. */
export const amount = (cursor: Cursor): number | undefined => cursor.take("number") ?? cursor.take("amount")

/** `3 days`, `a week`; `day` alone is one where it may be. */
export const duration = (cursor: Cursor, alone = false): Duration | undefined => {
  const many = amount(cursor) ?? (alone ? 1 : undefined)
  const unit = many === undefined ? undefined : cursor.take("unit")
  return many === undefined || unit === undefined ? undefined : { many, unit }
}

/** So many days, weeks, months later; none where it is less than days. At the end of a month that is too short. */
export const later = (day: number, { many, unit }: Duration): number | undefined => {
  switch (unit) {
    case "day":
      return day + many
    case "week":
      return day + 7 * many
    case "month":
      return addMonths(day, many)
    case "quarter":
      return addMonths(day, 3 * many)
    case "year":
      return addMonths(day, 12 * many)
    default:
      return undefined
  }
}

/** `in 3 days`. */
export const ahead = (cursor: Cursor): Day | undefined => {
  const length = cursor.role("in") ? duration(cursor) : undefined
  return length === undefined ? undefined : certain(later(todayOf(cursor.moment), length))
}
