import type { Due } from "../dates/Due.ts"
import type { priorities } from "../tasks/Priority.ts"

/** A part of the text, in UTF-16 code units: from one on, up to another that is not of it. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Some words of a text. */
export const textOf = (text: string, words: ReadonlyArray<Range>): string =>
  words.map(({ from, to }) => text.slice(from, to)).join(" ")

/** How words say that a task repeats. */
export interface ReadRepeat {
  /** An RRULE. */
  readonly rule: string
  readonly from: "schedule" | "completion"
  /** The words that say so where the rule has none of its own (`sayRepeat`); null where it has, or they are longer than is kept. */
  readonly text: string | null
}

/**
 * What a part of the text was read as. `literal` is what was quoted or escaped: its value stands in the title in its place;
 * `bullet` is the "- " of a line. A repetition that sets the date, too, has that as its own `due`.
 */
export type Span =
  & Range
  & ({
    readonly kind: "due" | "start"
    readonly value: Due
  } | {
    readonly kind: "repeat"
    readonly value: ReadRepeat
  } | {
    readonly kind: "project" | "tag" | "priority" | "description" | "literal" | "bullet"
    readonly value: string
  })

/**
 * Another reading of a part of the text: what it would be, for people, and as a value. null: it would be words of the title
 * and no more.
 */
export interface Alternative {
  readonly span: Range
  readonly reading: string
  readonly value: Due | ReadRepeat | null
}

/** What a line of text says of a task. */
export interface TaskReading extends Range {
  /** The index of the task that it is below, among those of the text; null at the top. */
  readonly parent: number | null
  readonly title: string
  readonly description: string | null
  readonly start: Due | null
  readonly due: Due | null
  readonly repeat: ReadRepeat | null
  readonly priority: (typeof priorities)[number] | null
  /** As written: a name, or a path of names. */
  readonly project: string | null
  /** As first written in the text, each once whatever its spelling. */
  readonly tags: ReadonlyArray<string>
  /** In the order of the text; none is in another. */
  readonly spans: ReadonlyArray<Span>
  readonly alternatives: ReadonlyArray<Alternative>
  /** The words that were not used, which are the title. */
  readonly unused: ReadonlyArray<Range>
}

/** Why a text cannot be read, and where. */
export interface Unreadable extends Range {
  readonly code: "invalid_date" | "invalid_rule" | "recurrence_not_expressible" | "empty_title"
  /** For people. */
  readonly message: string
}
