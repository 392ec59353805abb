import type { ReadText } from "@todo/domain/quick/Quick"
import type { Language } from "@todo/domain/words/Language"
import type { ReadRepeat, TaskReading } from "@todo/domain/words/Reading"
import { saidRule } from "../words/SaidRule.ts"

/** A repetition with the words that the task will have: its own, or those of its rule. */
export const inWords = (repeat: ReadRepeat, language: Language): ReadRepeat => ({
  ...repeat,
  text: repeat.text ?? saidRule(repeat, language)
})

/** How the lines were read, one after the other. */
export const parsedOf = (read: ReadonlyArray<TaskReading>, language: Language): ReadText["parsed"] => ({
  spans: read.flatMap(({ spans }) =>
    spans.map((span) => span.kind === "repeat" ? { ...span, value: inWords(span.value, language) } : span)
  ),
  alternatives: read.flatMap(({ alternatives }) =>
    alternatives.map((other) =>
      other.value !== null && "rule" in other.value ? { ...other, value: inWords(other.value, language) } : other
    )
  ),
  unused: read.flatMap(({ unused }) => unused)
})
