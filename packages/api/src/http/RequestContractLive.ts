import { BodyLimit } from "@todo/domain/http/BodyLimit"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { InternalError, InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Context, Effect, Layer, SchemaIssue, type Types } from "effect"
import { type HttpRouter, HttpServerRequest, type HttpServerResponse } from "effect/http"
import { HttpApiError } from "effect/http-api"
import { withUtf8Body } from "./Utf8Body.ts"

/** Answers a request that does not follow the contract with every place where it does not. */
export const RequestContractLive = Layer.succeed(RequestContract, (answer, { endpoint }) => {
  // The builder hides its own errors in the type; HttpApiSchemaError is one of them.
  const failing: Effect.Effect<
    HttpServerResponse.HttpServerResponse,
    Types.unhandled | HttpApiError.HttpApiSchemaError,
    HttpRouter.Provided
  > = answer
  const checked = Effect.catchIf(failing, HttpApiError.HttpApiSchemaError.is, refuse)
  const withBody = endpoint.payload.size === 0
    ? checked
    : withUtf8Body(checked, Context.get(endpoint.annotations, BodyLimit))
  return endpoint.query === undefined ? Effect.andThen(noQuery, withBody) : withBody
})

/** Fails when there is a query: for an operation that knows no parameter. */
const noQuery = Effect.flatMap(HttpServerRequest.ParsedSearchParams, (parameters) => {
  const unknown = Object.keys(parameters)
  return unknown.length === 0 ? Effect.void : Effect.fail(
    new InvalidRequest({
      detail: `query.${unknown[0]}: This operation takes no parameters`,
      errors: unknown.map((name) => ({ path: ["query", name], message: "Expected no excess property" }))
    })
  )
})

const refuse = (error: HttpApiError.HttpApiSchemaError) =>
  error.kind === "Body" || error.kind === "ResponseHeaders"
    ? Effect.logError("A response does not follow the contract", error.cause).pipe(
      Effect.andThen(Effect.fail<InternalError | InvalidRequest>(new InternalError({})))
    )
    : Effect.fail(new InvalidRequest({ detail: detailOf(error), errors: issuesOf(error) }))

const format = SchemaIssue.makeFormatterStandardSchemaV1()

const issuesOf = (error: HttpApiError.HttpApiSchemaError): InvalidRequest["errors"] =>
  format(error.cause.issue).issues.map((issue) => ({
    path: [error.kind.toLowerCase(), ...(issue.path ?? []).map(toSegment)],
    message: issue.message
  }))

const toSegment = (segment: PropertyKey | { readonly key: PropertyKey }): string | number => {
  const key = typeof segment === "object" ? segment.key : segment
  return typeof key === "number" ? key : String(key)
}

const detailOf = (error: HttpApiError.HttpApiSchemaError) => {
  const [first, ...others] = issuesOf(error)
  const text = first === undefined ? "It does not follow the contract" : `${first.path.join(".")}: ${first.message}`
  return others.length === 0 ? text : `${text} (and ${others.length} more)`
}
