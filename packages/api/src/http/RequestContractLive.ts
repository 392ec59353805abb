import { RequestContract } from "@todo/domain/http/RequestContract"
import { InternalError, type InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Effect, Layer, type Types } from "effect"
import type { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiError } from "effect/http-api"
import { bounded } from "./BoundedRequest.ts"
import { misfitOf } from "./Complaints.ts"
import { FairShare } from "./FairShare.ts"

/**
 * Answers a request that does not follow the contract with the places where it does not, the first of them. The
 * request waits for its turn among those of the same user, before its body is read.
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
      return bounded(endpoint, Effect.catchIf(failing, HttpApiError.HttpApiSchemaError.is, refuse), shares)
    }))
)

const refuse = (
  error: HttpApiError.HttpApiSchemaError
): Effect.Effect<never, InternalError | InvalidRequest, HttpServerRequest.ParsedSearchParams> =>
  error.kind === "Body" || error.kind === "ResponseHeaders"
    ? Effect.logError("A response does not follow the contract", error.cause).pipe(
      Effect.andThen(Effect.fail(new InternalError({})))
    )
    : Effect.flatMap(misfitOf(error), Effect.fail)
