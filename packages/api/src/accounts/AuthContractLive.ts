import { AuthContract, DeviceContract } from "@todo/domain/auth/AuthContract"
import {
  BodyTooLarge,
  InvalidRequest,
  ServiceUnavailable,
  UnsupportedMediaType
} from "@todo/domain/http/RequestProblems"
import { Effect, Layer, type Types } from "effect"
import { type HttpRouter, HttpServerRequest, HttpServerRespondable, type HttpServerResponse } from "effect/http"
import { type HttpApiEndpoint, HttpApiError, type HttpApiGroup } from "effect/http-api"
import { AppConfig } from "../Config.ts"
import { bounded } from "../http/BoundedRequest.ts"
import { networkOf } from "../http/ClientAddress.ts"
import { misfitOf } from "../http/Complaints.ts"
import { trustedOrigins } from "../http/Origins.ts"
import { problemOf } from "../http/ProblemResponses.ts"
import { limitedOperation, type Operation } from "../limits/OperationLimit.ts"
import { RateLimits } from "../limits/RateLimits.ts"
import { refusalResponse } from "./AuthRefusal.ts"
import { asOAuth, oauthError, withMessage } from "./BetterAuthResponse.ts"
import { makeCallerOf } from "./Caller.ts"

type Response = HttpServerResponse.HttpServerResponse

const isMisfit = (error: unknown): error is InvalidRequest => error instanceof InvalidRequest

/** Whether the body could not be read, for its coding, its length or for want of room. */
const isUnread = (error: unknown): error is BodyTooLarge | UnsupportedMediaType | ServiceUnavailable =>
  error instanceof BodyTooLarge || error instanceof UnsupportedMediaType || error instanceof ServiceUnavailable

/**
 * Answers a request that does not follow the contract, in the words of its group, and one of a page that may not use
 * the service before its body is read. What does not follow the contract counts like any other attempt, by its client:
 * nothing else of it is understood.
 */
const makeRefusing = Effect.map(Effect.all([makeCallerOf, RateLimits, AppConfig]), ([callerOf, limits, config]) => {
  const trusted = trustedOrigins(config)
  const counted = (operation: Operation, refusal: Response) =>
    Effect.flatMap(callerOf("by bearer token"), ({ address }) =>
      Effect.catch(
        limits.guard({ operation, client: networkOf(address), account: "" }, Effect.succeed(refusal)),
        HttpServerRespondable.toResponse
      ))
  return (refusalOf: (misfit: InvalidRequest) => Response) =>
  (
    answer: Effect.Effect<Response, Types.unhandled, HttpRouter.Provided>,
    { endpoint, group }: { readonly endpoint: HttpApiEndpoint.Top; readonly group: HttpApiGroup.Top }
  ) => {
    const operation = limitedOperation(endpoint, group)
    // The builder hides its own errors in the type; HttpApiSchemaError is one of them.
    const failing: Effect.Effect<
      Response,
      Types.unhandled | HttpApiError.HttpApiSchemaError,
      HttpRouter.Provided
    > = answer
    const checked = Effect.catchIf(
      failing,
      HttpApiError.HttpApiSchemaError.is,
      (error) =>
        error.kind === "Body" || error.kind === "ResponseHeaders"
          ? Effect.die(error)
          : Effect.flatMap(misfitOf(error), Effect.fail)
    )
    const answered = bounded(endpoint, checked).pipe(
      Effect.catchIf(isMisfit, (misfit) => counted(operation, refusalOf(misfit))),
      Effect.catchIf(isUnread, HttpServerRespondable.toResponse)
    )
    // Better Auth asks for the origin only where a request gets to it, and has a cookie or a browser's own headers.
    return Effect.flatMap(
      HttpServerRequest.HttpServerRequest,
      ({ headers: { cookie, origin, referer } }) =>
        origin !== undefined && !trusted.includes(origin)
          ? Effect.succeed(originNotAllowed)
          : endpoint.method !== "GET" && cookie !== undefined && origin === undefined && referer === undefined
          ? Effect.succeed(originMissing)
          : answered
    )
  }
})

const foreignOrigin =
  "Pages of this origin may not use the service: use the address of PUBLIC_URL, or add the origin to CORS_ORIGINS"
const originNotAllowed = problemOf("origin_not_allowed", foreignOrigin, { message: foreignOrigin })

/** A browser says where a request comes from that it sends a cookie with. */
const originMissing = refusalResponse({
  status: 403,
  code: "MISSING_OR_NULL_ORIGIN",
  message: "Missing or null Origin"
})

/** As problem documents with the members that Better Auth's client library reads. */
const AuthContractLive = Layer.effect(
  AuthContract,
  Effect.map(makeRefusing, (refusing) => {
    const refuse = refusing(({ errors, message }) =>
      refusalResponse({ status: 400, code: "VALIDATION_ERROR", message, errors })
    )
    return AuthContract.of((answer, operation) => Effect.map(refuse(answer, operation), withMessage))
  })
)

/** As errors of OAuth. */
const DeviceContractLive = Layer.effect(
  DeviceContract,
  Effect.map(makeRefusing, (refusing) => {
    const refuse = refusing(({ message }) => oauthError(400, "invalid_request", message))
    return DeviceContract.of((answer, operation) => Effect.map(refuse(answer, operation), asOAuth))
  })
)

/** What stands in front of the operations below `/api/auth`. */
export const AuthContractsLive = Layer.merge(AuthContractLive, DeviceContractLive)
