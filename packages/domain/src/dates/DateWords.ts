import { Schema } from "effect"
import { Text } from "../http/Text.ts"

/** The longest words of a date or of a repetition, in UTF-16 code units. */
const maxDateWords = 500

const words = Text.check(
  Schema.isMaxLength(maxDateWords, { message: `Expected at most ${maxDateWords} characters` })
)

/** A date in words, in the place of the date itself. */
export const dateWords = (member: string) =>
  words.annotate({
    description:
      `The same as \`${member}\`, in words: \`friday 9am\`, \`in 3 days\`, \`no date\`. It goes without \`${member}\`.`,
    examples: ["friday 9am"]
  })

/** A repetition in words, in the place of its rule. */
export const repeatWords = words.annotate({
  description:
    "How it repeats, in words: `every monday`, `every! 3 days`. `due` becomes the first date that fits. It goes without `repeat`.",
  examples: ["every monday"]
})
