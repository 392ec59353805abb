import { Schema, SchemaTransformation } from "effect"

/** A whole number as it is written in a query, once: `1e1`, `08`, `1.0` and `+5` are other spellings, which nobody means. */
const digits = /^(?:0|-?[1-9][0-9]*)$/

/** A parameter of a query that is a whole number. `message` is for what is none. */
export const integerParameter = (schema: Schema.Codec<number, number>, message: string) =>
  Schema.String.check(Schema.isPattern(digits, { message })).pipe(
    Schema.decodeTo(schema, SchemaTransformation.numberFromString)
  )

const limitMessage = "Expected a limit between 1 and 200"

/** How many a page may have: 1 to 200, 50 when absent. */
export const pageLimit = (description: string) =>
  integerParameter(
    Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 200 }, { message: limitMessage })).annotate({
      description,
      default: 50,
      examples: [50]
    }),
    limitMessage
  )
