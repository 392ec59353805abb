import { AuthContract, DeviceContract } from "@todo/domain/auth/AuthContract"
import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Effect, Layer, type Types } from "effect"
import { type HttpRouter, HttpServerRespondable, HttpServerResponse } from "effect/http"
import { type HttpApiEndpoint, HttpApiError, type HttpApiGroup } from "effect/http-api"
import { networkOf } from "../http/ClientAddress.ts"
import { detailOf, issuesOf } from "../http/SchemaIssues.ts"
import { withUtf8Body } from "../http/Utf8Body.ts"
import * as Policies from "../limits/Policies.ts"
import { RateLimits } from "../limits/RateLimits.ts"
import { refusalResponse } from "./AuthRefusal.ts"
import { asOAuth, oauthError } from "./BetterAuthResponse.ts"
import { makeCallerOf } from "./Caller.ts"

type Response = HttpServerResponse.HttpServerResponse

/** Why a request does not follow the contract, and where. */
interface Misfit {
  readonly detail: string
  readonly errors: InvalidRequest["errors"]
}

/** The name of an operation, which has limits of its own. */
const operationOf = (endpoint: HttpApiEndpoint.Top, group: HttpApiGroup.Top): Policies.Operation => {
  const name = `${group.identifier}.${endpoint.identifier}`
  if (!Object.hasOwn(Policies.kinds, name)) throw new Error(`${name} has no limits`)
  return name as Policies.Operation
}

/**
 * Answers a request that does not follow the contract, in the words of its group. It counts like any other attempt, by
 * its client: nothing else of it is understood.
 */
const makeRefusing = Effect.map(Effect.all([makeCallerOf, RateLimits]), ([callerOf, limits]) => {
  const counted = (operation: Policies.Operation, refusal: Response) =>
    Effect.flatMap(callerOf("by bearer token"), ({ address }) =>
      Effect.catch(
        limits.guard({ operation, client: networkOf(address), account: "" }, Effect.succeed(refusal)),
        HttpServerRespondable.toResponse
      )).pipe(Effect.catch(Effect.succeed))
  return (refusalOf: (misfit: Misfit) => Response) =>
  (
    answer: Effect.Effect<Response, Types.unhandled, HttpRouter.Provided>,
    { endpoint, group }: { readonly endpoint: HttpApiEndpoint.Top; readonly group: HttpApiGroup.Top }
  ) => {
    const operation = operationOf(endpoint, group)
    // The builder hides its own errors in the type; HttpApiSchemaError is one of them.
    const failing: Effect.Effect<
      Response,
      Types.unhandled | HttpApiError.HttpApiSchemaError,
      HttpRouter.Provided
    > = answer
    const misfit = (detail: string, errors: InvalidRequest["errors"]) =>
      counted(operation, refusalOf({ detail, errors }))
    const checked = Effect.catchIf(
      failing,
      HttpApiError.HttpApiSchemaError.is,
      (error) =>
        error.kind === "Body" || error.kind === "ResponseHeaders"
          ? Effect.die(error)
          : misfit(detailOf(error), issuesOf(error))
    )
    if (endpoint.payload.size === 0) return checked
    return Effect.catchIf(
      withUtf8Body(checked),
      (error): error is InvalidRequest => error instanceof InvalidRequest,
      ({ errors, message }) => misfit(message, errors)
    )
  }
})

/** As problem documents with the members that Better Auth's client library reads. */
const AuthContractLive = Layer.effect(
  AuthContract,
  Effect.map(makeRefusing, (refusing) =>
    AuthContract.of(
      refusing(({ detail, errors }) =>
        refusalResponse({ status: 400, code: "VALIDATION_ERROR", message: detail, errors })
      )
    ))
)

/** As errors of OAuth. */
const DeviceContractLive = Layer.effect(
  DeviceContract,
  Effect.map(makeRefusing, (refusing) => {
    const refuse = refusing(({ detail }) => oauthError(400, "invalid_request", detail))
    return DeviceContract.of((answer, operation) => Effect.map(refuse(answer, operation), asOAuth))
  })
)

/** What stands in front of the operations below `/api/auth`. */
export const AuthContractsLive = Layer.merge(AuthContractLive, DeviceContractLive)
