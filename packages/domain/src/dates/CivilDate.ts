import type { DateOnly } from "./DateOnly.ts"

const millisOfDay = 86_400_000

/** The number of a day, from 1970-01-01 = 0: a calendar without zones. A day past the end of its month is one of the next. */
export const dayOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / millisOfDay

/** The last day of the last year that there is. */
export const lastDay = dayOf(9999, 12, 31)

/** A day as year, month from 1, and day of the month from 1: years begin in March here, so that the leap day is the last. */
export const civil = (day: number) => {
  const sinceYear0 = day + 719_468
  const era = Math.floor(sinceYear0 / 146_097)
  const ofEra = sinceYear0 - era * 146_097
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365
  )
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const sinceMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = sinceMarch < 10 ? sinceMarch + 3 : sinceMarch - 9
  return {
    year: year + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * sinceMarch + 2) / 5) + 1
  } as const
}

/** The number of the day that a date is. */
export const dayNumber = (date: DateOnly): number =>
  dayOf(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)))

/** The date of a day, which has to be one of the years 1970 to 9999. */
export const dateOf = (day: number): DateOnly => {
  const date = civil(day)
  return `${date.year}-${date.month < 10 ? "0" : ""}${date.month}-${date.day < 10 ? "0" : ""}${date.day}` as DateOnly
}

/** So many days later, or as late as there are dates; as early where they are less than none. */
export const addDays = (date: DateOnly, days: number): DateOnly =>
  dateOf(Math.max(0, Math.min(lastDay, dayNumber(date) + days)))

/** The day of the week: 0 is Monday, 6 Sunday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7

/** How many days a month has. */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : 30 + ((month + (month >> 3)) & 1)

/** So many months later, at the end of a month that is too short: a month after 31 January is 28 February. */
export const addMonths = (day: number, months: number): number => {
  const from = civil(day)
  const index = from.year * 12 + from.month - 1 + months
  const year = Math.floor(index / 12)
  const month = index - year * 12 + 1
  return dayOf(year, month, Math.min(from.day, daysInMonth(year, month)))
}
