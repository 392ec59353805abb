import { dateOf, lastDay } from "../dates/CivilDate.ts"
import type { DateOnly } from "../dates/DateOnly.ts"
import type { TimeZoneName } from "../dates/TimeZoneName.ts"
import type { FilterDates } from "../filter/DateValue.ts"
import { nearest } from "../text/Nearest.ts"
import { Cursor } from "./Cursor.ts"
import { dayWays } from "./DayPhrase.ts"
import { English } from "./English.ts"
import { languages, understoodBy } from "./Languages.ts"
import type { Moment } from "./Moment.ts"
import { pastDays } from "./Past.ts"
import { tokensOf } from "./Tokens.ts"

/** A day that words name, and what else they may mean. */
export interface DayReading {
  readonly date: DateOnly
  readonly other: DateOnly | undefined
}

/** A day has no more words than that. */
const mostWords = 12
const ways = [...dayWays, ...pastDays]

/** The day that a text begins with, the longest that there is, and where it ends: one that has been, too, and no time of it. */
const readDayAt = (text: string, moment: Moment): DayReading & { readonly to: number } | undefined => {
  const cursor = new Cursor(tokensOf(text, mostWords, moment), moment, 0)
  const found = cursor.longest(ways)
  if (found === undefined || found.day < 0 || found.day > lastDay) return undefined
  return {
    date: dateOf(found.day),
    other: found.other === undefined ? undefined : dateOf(found.other),
    to: cursor.last!.bare
  }
}

/** The day that a text is, all of it, in the language of whoever asks, or else in another that says it. */
export const readDay = (text: string, moment: Moment): DayReading | undefined => {
  for (const language of understoodBy(moment.language)) {
    const found = readDayAt(text, { ...moment, language })
    if (found !== undefined && text.slice(found.to).trim() === "") return found
  }
  return undefined
}

const utc = "Etc/UTC" as TimeZoneName
const inUtc = { wallAt: (instant: number) => instant, instantOfWall: (wall: number) => wall }
const orders = ["ymd", "dmy", "mdy"] as const
const suggested = [...Object.values(English.days), ...English.weekdays].map((names) => names!.split(" ")[0]!)

/**
 * How dates are read in filters: as anybody says them, whatever they have set. So a filter that is kept can be read later on,
 * and in another language; which day it is then depends on who asks.
 */
export const datesOn = (today: DateOnly): FilterDates => {
  const moments = Object.values(languages).flatMap((language) =>
    orders.map((dateOrder): Moment => ({
      now: 0,
      today,
      timeZone: utc,
      weekStart: "mon",
      dateOrder,
      language,
      zones: inUtc
    }))
  )
  return {
    lengthOf: (text) => {
      const length = Math.max(...moments.map((moment) => readDayAt(text, moment)?.to ?? 0))
      return length === 0 ? undefined : length
    },
    nearest: (word) => nearest(word.toLowerCase(), suggested)
  }
}
