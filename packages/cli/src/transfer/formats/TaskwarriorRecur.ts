import { type Interval, type Recurring, recurringRule } from "./Recurrence.ts"

/** The words of Taskwarrior for some time that passes. */
const words: Readonly<Record<string, Interval>> = {
  daily: { many: 1, unit: "day" },
  day: { many: 1, unit: "day" },
  weekly: { many: 1, unit: "week" },
  biweekly: { many: 2, unit: "week" },
  fortnight: { many: 2, unit: "week" },
  sennight: { many: 1, unit: "week" },
  monthly: { many: 1, unit: "month" },
  bimonthly: { many: 2, unit: "month" },
  quarterly: { many: 3, unit: "month" },
  semiannual: { many: 6, unit: "month" },
  annual: { many: 1, unit: "year" },
  yearly: { many: 1, unit: "year" },
  biannual: { many: 2, unit: "year" },
  biyearly: { many: 2, unit: "year" }
}

const units: ReadonlyArray<readonly [RegExp, Interval["unit"], number]> = [
  [/^(?:d|days?)$/u, "day", 1],
  [/^(?:w|wks?|weeks?)$/u, "week", 1],
  [/^(?:mo|mos|mths?|months?)$/u, "month", 1],
  [/^(?:q|qtrs?|quarters?)$/u, "month", 3],
  [/^(?:y|yrs?|years?)$/u, "year", 1]
]

const iso: Readonly<Record<string, Interval["unit"]>> = { D: "day", W: "week", M: "month", Y: "year" }

const intervalOf = (recur: string): Interval | undefined => {
  const word = words[recur.toLowerCase()]
  if (word !== undefined) return word
  const [, isoMany, isoUnit] = /^P(\d{1,3})([DWMY])$/u.exec(recur) ?? []
  if (isoUnit !== undefined) return { many: Number(isoMany), unit: iso[isoUnit]! }
  const [, many = "", name = ""] = /^(\d{0,3})\s*([a-z]+)$/u.exec(recur.toLowerCase()) ?? []
  const found = units.find(([pattern]) => pattern.test(name))
  return found === undefined ? undefined : { many: (many === "" ? 1 : Number(many)) * found[2], unit: found[1] }
}

/** The rule of `recur` from a date on; undefined where no rule says it. */
export const taskwarriorRecurrence = (recur: string, date: string): Recurring | undefined => {
  if (recur.toLowerCase() === "weekdays") {
    return { rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", from: "schedule", missed: "skip", text: null }
  }
  const interval = intervalOf(recur)
  return interval === undefined || interval.many < 1 || interval.many > 366
    ? undefined
    : recurringRule(interval, date, "schedule")
}

/** How Taskwarrior says a rule; undefined where it does not. */
export const recurOf = (rule: string): string | undefined => {
  if (rule === "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR") return "weekdays"
  const [, frequency = "", interval = "1"] =
    /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d+))?(?:;BYMONTH=\d+)?(?:;BYMONTHDAY=[\d,]+(?:;BYSETPOS=-1)?)?$/u
      .exec(rule) ?? []
  const unit = { DAILY: "days", WEEKLY: "weeks", MONTHLY: "months", YEARLY: "years" }[frequency]
  return unit === undefined ? undefined : `${interval}${unit}`
}
