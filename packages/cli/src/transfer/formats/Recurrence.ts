import { civil, dayNumber } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"

/** How a task repeats, as a document has it. */
export interface Recurring {
  readonly rule: string
  readonly from: "schedule" | "completion"
  readonly missed: "skip"
  readonly text: null
}

/** Some time that passes: so many of a unit. */
export interface Interval {
  readonly many: number
  readonly unit: "day" | "week" | "month" | "year"
}

const units: Readonly<Record<string, Interval["unit"]>> = { d: "day", w: "week", m: "month", y: "year" }

/** The interval of `rec:` in todo.txt: `1w`, or `+3m`. */
export const intervalOf = (rec: string): Interval | undefined => {
  const [, many = "", letter = ""] = /^\+?(\d{1,3})([dwmyb])$/u.exec(rec) ?? []
  const unit = units[letter]
  return unit === undefined || Number(many) < 1 || Number(many) > 366 ? undefined : { many: Number(many), unit }
}

/** A day of each month that has it, or the last that there is of 28 to 31. */
const onDay = (day: number) =>
  day <= 28
    ? `BYMONTHDAY=${day}`
    : `BYMONTHDAY=${Array.from({ length: day - 27 }, (_, index) => 28 + index).join(",")};BYSETPOS=-1`

/** The rule of an interval, from a date on: on the same day, or on the last that a month has. */
export const recurringRule = (
  { many, unit }: Interval,
  date: string,
  from: Recurring["from"]
): Recurring => {
  const { day, month } = civil(dayNumber(date as DateOnly))
  const interval = many === 1 ? "" : `;INTERVAL=${many}`
  const rule = {
    day: () => `FREQ=DAILY${interval}`,
    week: () => `FREQ=WEEKLY${interval}`,
    month: () => `FREQ=MONTHLY${interval};${onDay(day)}`,
    year: () =>
      `FREQ=YEARLY${interval};BYMONTH=${month};${month === 2 && day === 29 ? onDay(day) : `BYMONTHDAY=${day}`}`
  }[unit]()
  return { rule, from, missed: "skip", text: null }
}
