import type { Unit } from "./Language.ts"

/** A day of a calendar, to be said. */
export interface SaidDay {
  readonly weekday: number
  readonly day: number
  readonly month: number
  /** undefined: it is clear. */
  readonly year: number | undefined
}

/** How a language says dates and repetitions, so that it understands them. `done` is after completion: `every!`. */
export interface Speech {
  readonly date: (day: SaidDay) => string
  readonly units: (many: number, unit: Unit, done: boolean) => string
  readonly weekdays: (weekdays: ReadonlyArray<number>, weeks: number, done: boolean) => string
  readonly workday: (done: boolean) => string
  /** Some days of a month by their numbers, or its workdays, or days of the week; -1 is the last one. */
  readonly ofMonth: (
    nth: ReadonlyArray<number>,
    days: "day" | "workday" | ReadonlyArray<number>,
    months: number,
    done: boolean
  ) => string
  readonly yearDay: (month: number, day: number, years: number, done: boolean) => string
  /** A rule that has no words, as it is written. */
  readonly rule: (rule: string, done: boolean) => string
  /** What is said of words that are no more than that. */
  readonly words: string
  readonly until: (date: string) => string
  readonly times: (many: number) => string
}
