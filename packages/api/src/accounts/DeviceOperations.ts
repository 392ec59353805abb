import { deviceGrantType, terminalClientId } from "@todo/domain/auth/DeviceApi"
import { parseUserCode } from "@todo/domain/auth/UserCode"
import { Context, Effect, Layer, Option } from "effect"
import { type HttpServerRequest, HttpServerResponse } from "effect/http"
import { makeAnswering } from "./AuthAnswer.ts"
import { unauthorized } from "./AuthRefusal.ts"
import { type AuthRequest, BetterAuth } from "./BetterAuth.ts"
import { oauthError, toResponse } from "./BetterAuthResponse.ts"
import type { Identified } from "./Caller.ts"
import { type DeviceRequest, DeviceRequests } from "./DeviceRequests.ts"

type Response = HttpServerResponse.HttpServerResponse

/** Answers an operation for the request at hand. */
type Answer = Effect.Effect<Response, never, HttpServerRequest.HttpServerRequest>

/**
 * The operations of the contract's `device`. The codes, their polling and the session at the end are Better Auth's;
 * what people decide is one statement of our own, which the session that decides goes into.
 *
 * @effect-expect-leaking HttpServerRequest
 */
export class DeviceOperations extends Context.Service<DeviceOperations, {
  code(request: { readonly client_id: string; readonly scope?: string }): Answer
  token(request: { readonly grant_type: string; readonly device_code: string; readonly client_id: string }): Answer
  /** What became of a user code. */
  status(userCode: string): Answer
  /** Approves or denies, in the name of whoever is identified by the request. */
  decide(userCode: string, decision: "approved" | "denied", identified: Identified): Answer
}>()("todo/api/accounts/DeviceOperations") {
  static readonly layer = Layer.effect(
    DeviceOperations,
    Effect.gen(function*() {
      const auth = yield* BetterAuth
      const requests = yield* DeviceRequests
      const { forAnybody, forSession } = yield* makeAnswering

      const handle = (request: AuthRequest) =>
        Effect.flatMap(auth.handle(request), toResponse).pipe(
          // Approved, and what it was based on has changed since: as if it had never been.
          Effect.catchTag("StaleCredentials", () => Effect.succeed(noSuchDevice))
        )

      const waiting = Effect.fnUntraced(function*(typed: string) {
        const code = Option.getOrUndefined(parseUserCode(typed))
        return code === undefined ? Option.none() : yield* requests.find(code)
      })

      return DeviceOperations.of({
        code: ({ client_id, scope = "" }) =>
          forAnybody(
            { operation: "device.code", identified: "by bearer token" },
            (caller) =>
              client_id !== terminalClientId
                ? Effect.succeed(unknownClient)
                : scope !== ""
                ? Effect.succeed(oauthError(400, "invalid_scope", "A device gets every scope: name none"))
                : handle({ method: "POST", path: "/device/code", caller, body: { client_id } })
          ),
        token: (request) =>
          forAnybody(
            { operation: "device.token", identified: "by bearer token" },
            (caller) =>
              request.grant_type !== deviceGrantType
                ? Effect.succeed(oauthError(400, "unsupported_grant_type", `Expected ${deviceGrantType}`))
                : request.client_id !== terminalClientId
                ? Effect.succeed(unknownClient)
                : handle({ method: "POST", path: "/device/token", caller, body: request })
          ),
        status: (typed) =>
          forAnybody(
            { operation: "device.status", identified: "by bearer token" },
            () =>
              Effect.map(waiting(typed), (found) =>
                Option.match(found, {
                  onNone: () => unknownCode,
                  onSome: (request) =>
                    refusalOf(request)
                      ?? HttpServerResponse.jsonUnsafe({ user_code: typed, status: request.status })
                }))
          ),
        decide: (typed, decision, identified) =>
          forSession(
            { operation: decision === "approved" ? "device.approve" : "device.deny", identified },
            (session) =>
              Effect.gen(function*() {
                const code = Option.getOrUndefined(parseUserCode(typed))
                if (code === undefined) return unknownCode
                if (yield* requests.decide(code, decision, session)) {
                  return HttpServerResponse.jsonUnsafe({ success: true })
                }
                const found = Option.getOrUndefined(yield* requests.find(code))
                return found === undefined ? unknownCode : refusalOf(found) ?? decidedBefore
              }).pipe(Effect.catchTag("Unauthorized", () => Effect.fail(unauthorized)))
          )
      })
    })
  ).pipe(Layer.provide(DeviceRequests.layer))
}

const unknownClient = oauthError(400, "invalid_client", "Invalid client ID")
const noSuchDevice = oauthError(400, "invalid_grant", "The code is not known, or no longer good")
const unknownCode = oauthError(400, "invalid_request", "Invalid user code")
const decidedBefore = oauthError(400, "invalid_request", "The device has its answer already")

const refusalOf = ({ isExpired }: DeviceRequest): Response | undefined =>
  isExpired ? oauthError(400, "expired_token", "The code has expired") : undefined
