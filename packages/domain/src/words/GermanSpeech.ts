import type { Unit } from "./Language.ts"
import type { Speech } from "./Speech.ts"

const shortWeekdays = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
const weekdays = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]
const shortMonths = ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."]
const months = [
  "Januar",
  "Februar",
  "März",
  "April",
  "Mai",
  "Juni",
  "Juli",
  "August",
  "September",
  "Oktober",
  "November",
  "Dezember"
]
const one: Readonly<Record<Unit, string>> = {
  minute: "jede Minute",
  hour: "jede Stunde",
  day: "jeden Tag",
  week: "jede Woche",
  month: "jeden Monat",
  quarter: "jedes Quartal",
  year: "jedes Jahr"
}
const several: Readonly<Record<Unit, string>> = {
  minute: "Minuten",
  hour: "Stunden",
  day: "Tage",
  week: "Wochen",
  month: "Monate",
  quarter: "Quartale",
  year: "Jahre"
}

const list = (items: ReadonlyArray<string>) =>
  items.length > 1 ? `${items.slice(0, -1).join(", ")} und ${items.at(-1)}` : items[0] ?? ""

/** The mark goes with the first word: `alle! 3 Tage`. */
const marked = (text: string, done: boolean) => done ? text.replace(" ", "! ") : text

const units = (many: number, unit: Unit, done: boolean) =>
  marked(many === 1 ? one[unit] : `alle ${many} ${several[unit]}`, done)

const weekdayList = (days: ReadonlyArray<number>) => list(days.map((day) => weekdays[day]!))

const nth = (number: number) => number === -1 ? "letzten" : `${number}.`

/** How German says dates and repetitions. */
export const GermanSpeech: Speech = {
  date: ({ day, month, weekday, year }) =>
    `${shortWeekdays[weekday]} ${day}. ${shortMonths[month - 1]}${year === undefined ? "" : ` ${year}`}`,
  units,
  weekdays: (days, weeks, done) =>
    weeks === 1
      ? marked(`jeden ${weekdayList(days)}`, done)
      : `${units(weeks, "week", done)} am ${weekdayList(days)}`,
  workday: (done) => marked("jeden Werktag", done),
  ofMonth: (numbers, days, months, done) => {
    const names = list(numbers.map((number) => days === "day" && number === -1 ? "letzten Tag" : nth(number)))
    const what = days === "day" ? names : `${names} ${days === "workday" ? "Werktag" : weekdayList(days)}`
    return months === 1 ? marked(`jeden ${what}`, done) : `${units(months, "month", done)} am ${what}`
  },
  yearDay: (month, day, years, done) =>
    years === 1
      ? marked(`jeden ${day}. ${months[month - 1]}`, done)
      : `${units(years, "year", done)} am ${day}. ${months[month - 1]}`,
  rule: (rule, done) => marked(`alle ${rule}`, done),
  words: "Wörter des Titels",
  until: (date) => `bis ${date}`,
  times: (many) => `${many} mal`
}
