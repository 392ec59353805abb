import { Schema } from "effect"

/**
 * No control character, as Unicode has them (`Cc`). Written so that it means the same to every engine
 * that reads the document, with the flag `u` and without, as `\p{Cc}` does not.
 */
// oxlint-disable-next-line no-control-regex
export const oneLine = /^[^\x00-\x1F\x7F-\x9F]*$/u

/**
 * Text that PostgreSQL can hold and every JSON reader understands: no NUL
 * character, no lone surrogate.
 */
export const Text = Schema.String.check(
  Schema.makeFilter((text: string) => !text.includes("\u0000") || "Expected text without NUL characters", {
    title: "no NUL character"
  }),
  Schema.makeFilter((text: string) => text.isWellFormed() || "Expected well-formed Unicode, without lone surrogates", {
    title: "well-formed Unicode"
  })
)
