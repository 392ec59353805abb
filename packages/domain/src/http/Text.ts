import { Schema } from "effect"

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
