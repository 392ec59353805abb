import type { Unit } from "./Language.ts"
import type { Speech } from "./Speech.ts"

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
const fullWeekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

const every = (done: boolean) => done ? "every!" : "every"
const list = (items: ReadonlyArray<string>) =>
  items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items.at(-1)}` : items[0] ?? ""

const weekdayList = (days: ReadonlyArray<number>) => list(days.map((day) => fullWeekdays[day]!))

const nth = (number: number): string => {
  if (number === -1) return "last"
  const tens = number % 100
  const end = tens > 10 && tens < 14 ? "th" : ["th", "st", "nd", "rd"][number % 10] ?? "th"
  return `${number}${end}`
}

const units = (many: number, unit: Unit, done: boolean) =>
  many === 1 ? `${every(done)} ${unit}` : `${every(done)} ${many} ${unit}s`

/** How English says dates and repetitions. */
export const EnglishSpeech: Speech = {
  date: ({ day, month, weekday, year }) =>
    `${weekdays[weekday]} ${day} ${months[month - 1]}${year === undefined ? "" : ` ${year}`}`,
  units,
  weekdays: (days, weeks, done) =>
    weeks === 1 ? `${every(done)} ${weekdayList(days)}` : `${units(weeks, "week", done)} on ${weekdayList(days)}`,
  workday: (done) => `${every(done)} weekday`,
  ofMonth: (numbers, days, months, done) => {
    const names = list(numbers.map((number) => days === "day" && number === -1 ? "last day" : nth(number)))
    const what = days === "day" ? names : `${names} ${days === "workday" ? days : weekdayList(days)}`
    return months === 1 ? `${every(done)} ${what}` : `${units(months, "month", done)} on the ${what}`
  },
  yearDay: (month, day, years, done) =>
    years === 1
      ? `${every(done)} ${months[month - 1]} ${day}`
      : `${units(years, "year", done)} on ${months[month - 1]} ${day}`,
  rule: (rule, done) => `${every(done)} ${rule}`,
  words: "words of the title",
  until: (date) => `until ${date}`,
  times: (many) => many === 1 ? "1 time" : `${many} times`
}
