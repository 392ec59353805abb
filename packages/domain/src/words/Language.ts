import type { Speech } from "./Speech.ts"

/** What of a calendar a length of time is counted in. */
export type Unit = "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year"

/** What words do in a phrase, that are no day, no number, and no time. */
export type Role =
  | "about"
  | "after"
  | "ago"
  | "and"
  | "at"
  | "before"
  | "by"
  | "coming"
  | "completion"
  | "date"
  | "due"
  | "during"
  | "each"
  | "eachDone"
  | "end"
  | "except"
  | "for"
  | "half"
  | "from"
  | "in"
  | "next"
  | "no"
  | "now"
  | "of"
  | "oclock"
  | "on"
  | "other"
  | "past"
  | "start"
  | "the"
  | "this"
  | "times"
  | "to"
  | "until"
  | "weeksOn"

/** What one word may mean. It may mean several of these: "second" is an ordinal, "morgen" is a day and a time of it. */
export interface Meanings {
  /** Days from today. */
  readonly day?: number
  /** 0 is Monday. */
  readonly weekday?: number
  /** 1 to 12. */
  readonly month?: number
  /** The minutes of a time that the same word says after the day: "tonight". */
  readonly also?: number
  readonly unit?: Unit
  /** Days of the week, again and again: "mondays". 0 is Monday. */
  readonly again?: ReadonlyArray<number>
  /** Days of the week that have a name together. */
  readonly days?: "workday" | "weekend"
  /** How many, in letters. */
  readonly amount?: number
  /** 1 is the first, -1 the last. */
  readonly ordinal?: number
  /** A time of the day that has a name, in minutes. */
  readonly part?: number
  /** How often, as one word. */
  readonly often?: Unit
  readonly half?: "am" | "pm"
  readonly roles?: ReadonlyArray<Role>
}

/** Words by what they mean; those that stand together mean the same. */
export type Names<Key extends PropertyKey> = Readonly<Partial<Record<Key, string>>>

/** The words of a language, in small letters and apart by blanks. The parser knows none but these. */
export interface Language {
  /** As BCP 47 calls it. */
  readonly code: string
  /** By how many days they are from today. */
  readonly days: Names<number>
  /** From Monday on. */
  readonly weekdays: ReadonlyArray<string>
  readonly months: ReadonlyArray<string>
  /** Days with a time of them in one word, by that time in minutes. */
  readonly also: ReadonlyArray<readonly [word: string, Meanings]>
  readonly units: Names<Unit>
  readonly daysOf: Names<"workday" | "weekend">
  /** What names days of the week again and again, after the end of their names or by a word of its own. */
  readonly again: { readonly end: string; readonly workday: string; readonly weekend: string }
  /** Whether such a word says by itself that something repeats: "freitags" does, "fridays" may be a noun. */
  readonly pluralIsAdverb: boolean
  readonly amounts: Names<number>
  readonly ordinals: Names<number>
  /** What makes an ordinal of figures, after them. */
  readonly ordinalEnds: ReadonlyArray<string>
  /** Whether such an ordinal is a day where it ends a text: "31st" is, "31." may be anything. */
  readonly ordinalIsDay: boolean
  /** By minutes. */
  readonly parts: Names<number>
  readonly often: Names<Unit>
  readonly halves: Names<"am" | "pm">
  readonly roles: Names<Role>
  /** What names a date in the text, wherever it is. The first one is written. */
  readonly fields: Names<"due" | "start">
  /** Words that are a date only with more of one: "sat", "may", "morning". */
  readonly weak: string
  /** After one of these, a date is a part of something else: "since friday", "good friday". */
  readonly bound: string
  /** Before one of these, too: "friday and saturday". */
  readonly joining: string
  /** After one of these, figures are no date and no time: "version 2.10." */
  readonly counted: string
  /** After one of these, a time that is not a multiple of five minutes is a verse: "John 3:16". */
  readonly verses: string
  /** Names that look like dates: "24/7". */
  readonly names: string
  /** Whether all nouns have capitals, so that these are no sign of a name. */
  readonly capitals: boolean
  /** How it says what was read. */
  readonly say: Speech
}
