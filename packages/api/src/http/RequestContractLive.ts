import { RequestContract } from "@todo/domain/http/RequestContract"
import { InternalError, type InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Effect, Layer, type Types } from "effect"
import { type HttpRouter, HttpServerRequest, type HttpServerResponse } from "effect/http"
import { HttpApiError } from "effect/http-api"
import { complaint, type Complaints, complaints, complaintsOf, invalidRequest } from "./Complaints.ts"
import { FairShare } from "./FairShare.ts"
import { excessOf, type JsonSize, jsonSizeOf } from "./JsonSize.ts"
import { withUtf8Body } from "./Utf8Body.ts"

/**
 * Answers a request that does not follow the contract with the places where it does not, the first of them. Sizes are
 * looked at before members: what is wrong costs no more than what is right. When the body is there the request waits for
 * its turn among those of the same user.
 */
export const RequestContractLive = Layer.effect(
  RequestContract,
  Effect.map(FairShare, (shares) =>
    RequestContract.of((answer, { endpoint }) => {
      // The builder hides its own errors in the type; HttpApiSchemaError is one of them.
      const failing: Effect.Effect<
        HttpServerResponse.HttpServerResponse,
        Types.unhandled | HttpApiError.HttpApiSchemaError,
        HttpRouter.Provided
      > = answer
      const checked = Effect.catchIf(failing, HttpApiError.HttpApiSchemaError.is, refuse)
      const withBody = endpoint.payload.size === 0
        ? shares.take(checked)
        : withUtf8Body(shares.take(ofSize(jsonSizeOf(endpoint), checked)))
      return withParameters(endpoint.query !== undefined, withBody)
    }))
)

/** More than any operation knows. */
const mostParameters = 30

/** Fails when the query has parameters that nothing knows, or too many to look at each. */
const withParameters = <A, E, R>(knowsSome: boolean, next: Effect.Effect<A, E, R>) =>
  Effect.flatMap(
    HttpServerRequest.ParsedSearchParams,
    (parameters): Effect.Effect<A, E | InvalidRequest, R> => {
      const names = Object.keys(parameters)
      if (names.length <= (knowsSome ? mostParameters : 0)) return next
      return fail(
        knowsSome
          ? complaints([names], () => complaint(["query"], `Expected no more than ${mostParameters} parameters`))
          : complaints(names, (name) => complaint(["query", name], "Expected no excess property"))
      )
    }
  )

/** Fails when the body has more in it, or deeper down, than the operation can want. */
const ofSize = <A, E, R>(size: JsonSize, next: Effect.Effect<A, E, R>) =>
  Effect.flatMap(
    HttpServerRequest.HttpServerRequest,
    ({ text }) =>
      Effect.flatMap(Effect.orDie(text), (json): Effect.Effect<A, E | InvalidRequest, R> => {
        const excess = excessOf(json, size)
        return excess === undefined
          ? next
          : fail(
            complaints([excess], () => complaint(["payload"], `Expected no more than ${size[excess]} ${what[excess]}`))
          )
      })
  )

const what = { values: "members and elements in all", depth: "levels of objects and arrays" }

const fail = (complaints: Complaints) => Effect.fail(invalidRequest(complaints))

const refuse = (error: HttpApiError.HttpApiSchemaError) =>
  error.kind === "Body" || error.kind === "ResponseHeaders"
    ? Effect.logError("A response does not follow the contract", error.cause).pipe(
      Effect.andThen(Effect.fail<InternalError | InvalidRequest>(new InternalError({})))
    )
    : fail(complaintsOf(error))
