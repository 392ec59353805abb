import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"

export const millisOfDay = 86_400_000

/** The clock of a zone about one day: `before` it and `after` it, as milliseconds ahead of UTC, and when it was changed. */
export interface Shift {
  /** The instant of the change; -Infinity where there is none near that day. */
  readonly at: number
  readonly before: number
  readonly after: number
}

/** How far from a day a change still matters: offsets are at most 15 hours, and no zone changes twice in so short a time. */
const reach = 16 * 3_600_000

/** What a formatter is to say: `1970, GMT-00:44:30`, of all styles the quickest that has the offset to the second. */
const offsetStyle: Intl.DateTimeFormatOptions = { year: "numeric", timeZoneName: "longOffset" }

/** A formatter takes half a millisecond to make, and holds some 60 kB: the last used ones are kept. */
const formatters = new Map<number, Intl.DateTimeFormat>()
const mostFormatters = 128

/** Zones by their names in small letters, numbered: there are some 600, whatever people send. */
const numbers = new Map<string, number>()
/** Names as they come, without a way through their small letters. */
const spellings = new Map<string, number>()
const mostSpellings = 2_000

const formatterOf = (zone: TimeZoneName, number: number): Intl.DateTimeFormat => {
  const formatter = formatters.get(number) ?? new Intl.DateTimeFormat("en-US", { ...offsetStyle, timeZone: zone })
  formatters.delete(number)
  formatters.set(number, formatter)
  if (formatters.size > mostFormatters) formatters.delete(formatters.keys().next().value!)
  return formatter
}

/** The number of a zone. Throws, and keeps nothing, where there is none of that name. */
const numberOf = (zone: TimeZoneName): number => {
  const known = spellings.get(zone)
  if (known !== undefined) return known
  const name = zone.toLowerCase()
  const number = numbers.get(name) ?? numbers.size
  formatterOf(zone, number)
  numbers.set(name, number)
  if (spellings.size >= mostSpellings) spellings.clear()
  spellings.set(zone, number)
  return number
}

const offsetIn = (formatter: Intl.DateTimeFormat, instant: number): number => {
  const text = formatter.format(instant)
  const at = text.indexOf("GMT") + 4
  const hours = Number(text.slice(at, at + 2))
  const minutes = Number(text.slice(at + 3, at + 5))
  const seconds = Number(text.slice(at + 6))
  return ((hours * 60 + minutes) * 60 + seconds) * (text[at - 1] === "-" ? -1_000 : 1_000)
}

/** The first instant of the offset that there is at `end`, and was not at `start`. */
const changeBetween = (formatter: Intl.DateTimeFormat, start: number, end: number, before: number): number => {
  let [early, late] = [start, end]
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (offsetIn(formatter, middle) === before) early = middle
    else late = middle
  }
  return late
}

const shiftAbout = (zone: TimeZoneName, number: number, day: number): Shift => {
  const formatter = formatterOf(zone, number)
  const [start, end] = [day * millisOfDay - reach, (day + 1) * millisOfDay + reach]
  const [before, after] = [offsetIn(formatter, start), offsetIn(formatter, end)]
  return { at: before === after ? -Infinity : changeBetween(formatter, start, end, before), before, after }
}

/** A table of so many days: each has its place, and takes it from another, so that no request makes it larger. */
const places = 16_384
const keys = new Float64Array(places).fill(NaN)
const shifts = Array.from<Shift | undefined>({ length: places })

/**
 * The clock of a zone about a day, counted from 1970-01-01 in UTC: good for each instant of that day, and for each time
 * on the wall of a day of that number. The zone has to be one (`timeZoneNamed`).
 */
export const shiftNear = (zone: TimeZoneName, day: number): Shift => {
  const number = numberOf(zone)
  const key = number * 4_194_304 + day
  const place = (day + number * 7_919) & (places - 1)
  if (keys[place] === key) return shifts[place]!
  const shift = shiftAbout(zone, number, day)
  keys[place] = key
  return shifts[place] = shift
}

/** The last year whose changes are told; what is later is as at its end. No law says today what clocks will do then. */
const lastYear = 2100
const week = 7 * millisOfDay

/** The offset of a zone at the beginning of 1970, and all its changes since, until 2100. */
export interface ZoneHistory {
  readonly first: number
  readonly changes: ReadonlyArray<Shift>
}

/** Some 10 ms of work for each zone: the last used ones are kept. */
const histories = new Map<number, ZoneHistory>()
const mostHistories = 64

/** How the clock of a zone was changed. No zone changes its clock twice in a week. */
export const historyOf = (zone: TimeZoneName): ZoneHistory => {
  const number = numberOf(zone)
  const history = histories.get(number) ?? readHistory(formatterOf(zone, number))
  histories.delete(number)
  histories.set(number, history)
  if (histories.size > mostHistories) histories.delete(histories.keys().next().value!)
  return history
}

const readHistory = (formatter: Intl.DateTimeFormat): ZoneHistory => {
  const changes: Array<Shift> = []
  const first = offsetIn(formatter, 0)
  let before = first
  for (let start = 0, end = week; start < Date.UTC(lastYear + 1, 0); start = end, end += week) {
    const after = offsetIn(formatter, end)
    if (after !== before) changes.push({ at: changeBetween(formatter, start, end, before), before, after })
    before = after
  }
  return { first, changes }
}
