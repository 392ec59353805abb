import { Schema } from "effect"
import { HttpApiSchema } from "effect/http-api"
import { problemMembers } from "../http/Problem.ts"
import { InvalidValue } from "../http/RequestProblems.ts"

const members = {
  type: Schema.String,
  title: Schema.String,
  status: Schema.Int,
  detail: Schema.String,
  ...problemMembers
}

/** A problem of Better Auth: `code` is one of its codes, `message` what its client library reads. */
export const AuthProblem = Schema.Struct({
  ...members,
  code: Schema.String.annotate({
    description: "A code of Better Auth.",
    examples: ["INVALID_EMAIL_OR_PASSWORD"]
  }),
  message: Schema.String.annotate({ description: "The same as `detail`, for Better Auth's client library." }),
  errors: Schema.optionalKey(
    Schema.Array(InvalidValue).annotate({ description: "With `VALIDATION_ERROR`: the places that are not valid." })
  )
}).annotate({ identifier: "AuthProblem", description: "Why Better Auth refused." })
export interface AuthProblem extends Schema.Schema.Type<typeof AuthProblem> {}

/** A problem of the device flow, with the members of an OAuth error (RFC 6749, 5.2). */
const DeviceProblem = Schema.Struct({
  ...members,
  code: Schema.String.annotate({
    description: "The same as `error`; where the request was not looked at, the code of the problem.",
    examples: ["authorization_pending"]
  }),
  error: Schema.String.annotate({
    description: "A code of RFC 8628, 3.5, or RFC 6749, 5.2.",
    examples: ["authorization_pending"]
  }),
  error_description: Schema.String.annotate({ description: "The same as `detail`, as OAuth names it." })
}).annotate({ identifier: "DeviceProblem", description: "Why there is no session for the device, or not yet." })
export interface DeviceProblem extends Schema.Schema.Type<typeof DeviceProblem> {}

const asProblem = (status: number) => <S extends Schema.Top>(schema: S) =>
  schema.pipe(HttpApiSchema.asJson({ contentType: "application/problem+json" }), HttpApiSchema.status(status))

/** An error of an operation that Better Auth answers. */
export const refused = (status: number) => AuthProblem.pipe(asProblem(status))

/** An error of the device flow: JSON, as clients of OAuth want it. */
export const deviceRefused = (status: number) =>
  DeviceProblem.pipe(HttpApiSchema.asJson(), HttpApiSchema.status(status))

/** What 403 means below `/api/auth`. */
export const originRefused = "The origin is not allowed."
