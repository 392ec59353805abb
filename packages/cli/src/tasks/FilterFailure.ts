import { Schema } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { widest } from "../terminal/TextWidth.ts"

/** What the service says of a text that it cannot read. */
const InvalidText = Schema.Struct({
  code: Schema.Literals(["invalid_filter"]),
  parameter: Schema.Literals(["filter", "sort"]),
  position: Schema.Int,
  expected: Schema.String,
  didYouMean: Schema.optionalKey(Schema.String)
})
const isInvalidText = Schema.is(InvalidText)

/** Points at the word of a filter, or of an order, that the service cannot read; any other error stays as it is. */
export const pointingAtWord =
  (texts: { readonly filter?: string | undefined; readonly sort?: string | undefined }) =>
  <E>(
    error: E
  ): E | Failure => {
    if (!isInvalidText(error)) return error
    const { code, didYouMean, expected, parameter, position } = error
    const text = texts[parameter] ?? ""
    return new Failure({
      exitCode: ExitCode.usage,
      code,
      message: `This ${parameter} cannot be read: expected ${expected}`,
      status: 400,
      place: { parameter, position, expected, ...didYouMean === undefined ? {} : { didYouMean } },
      hints: [
        `  ${text}`,
        `  ${" ".repeat(widest([text.slice(0, position)]))}^`,
        ...didYouMean === undefined ? [] : [`(Did you mean ${didYouMean}?)`]
      ]
    })
  }
