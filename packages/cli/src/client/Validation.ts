import { Effect, Result, Schema, SchemaIssue } from "effect"
import { type Failure, invalidInput } from "../failures/Failure.ts"

const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1()

/** What options and arguments have of a shape: undefined is what nobody gave. */
export type Given<I> = { readonly [Member in keyof I]: I[Member] | undefined }

/**
 * Checks what was given against the contract before anything is sent; what was
 * not is left out. Fails with exit code 2 and all that is wrong.
 */
export const validate = <A, I extends object>(
  schema: Schema.Codec<A, I>,
  input: Given<I>
): Effect.Effect<A, Failure> => {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const result = Schema.decodeUnknownResult(schema)(given, { errors: "all" })
  if (Result.isSuccess(result)) return Effect.succeed(result.success)
  const { issues } = formatIssue(result.failure.issue)
  return Effect.fail(
    invalidInput(issues.map(({ message, path }) => `${(path ?? []).join(".")}: ${message}`).join("; "))
  )
}

/** What is wrong with a value that a person has typed, or nothing. */
export const objectionTo = <A>(schema: Schema.Codec<A, string>) => {
  const decode = Schema.decodeUnknownResult(schema)
  return (typed: string): string | undefined => {
    const result = decode(typed)
    return Result.isSuccess(result) ? undefined : formatIssue(result.failure.issue).issues[0]?.message
  }
}
