import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect, Option } from "effect"
import { HttpServerRespondable, type HttpServerResponse } from "effect/http"
import { networkOf } from "../http/ClientAddress.ts"
import type { Operation } from "../limits/OperationLimit.ts"
import { RateLimits } from "../limits/RateLimits.ts"
import { type AuthRefusal, unauthorized } from "./AuthRefusal.ts"
import { BetterAuth, type LiveSession } from "./BetterAuth.ts"
import { type Caller, type Identified, makeCallerOf } from "./Caller.ts"

type Response = HttpServerResponse.HttpServerResponse

/** What an operation may fail with: a refusal is an answer, which its limits look at; an outage is not. */
type Answer = Effect.Effect<Response, AuthRefusal | ServiceUnavailable>

/** What limits have to know of an operation. */
interface Asked {
  readonly operation: Operation
  /** The address that the request names, as the account or as one to be; absent where it names none. */
  readonly email?: string
  /** The secret of a token for scripts, which counts in place of a session. */
  readonly secret?: string
  /** Whose credentials count; by bearer token or cookie when absent. */
  readonly identified?: Identified
}

/**
 * The one way into an operation below `/api/auth`. Limits, rules and Better Auth see the same caller, the same verified
 * session and the same decoded values.
 */
export const makeAnswering = Effect.gen(function*() {
  const auth = yield* BetterAuth
  const limits = yield* RateLimits
  const callerOf = yield* makeCallerOf

  const within = (
    { email = "", operation, secret }: Asked,
    { address }: Caller,
    session: LiveSession | undefined,
    answer: Answer
  ) =>
    limits.guard(
      {
        operation,
        client: networkOf(address),
        account: email.toLowerCase(),
        ...(session === undefined ? {} : { session }),
        ...(secret === undefined ? {} : { secret })
      },
      Effect.catchTag(answer, "AuthRefusal", HttpServerRespondable.toResponse)
    )
  const identified = ({ identified = "by bearer token or cookie" }: Asked) => callerOf(identified)
  const settled = <E extends HttpServerRespondable.Respondable, R>(answer: Effect.Effect<Response, E, R>) =>
    Effect.catch(answer, HttpServerRespondable.toResponse)

  /** For whoever asks, with the session if there is a live one. */
  const withSession = (asked: Asked, answer: (caller: Caller, session: LiveSession | undefined) => Answer) =>
    settled(Effect.flatMap(identified(asked), (caller) =>
      Effect.flatMap(auth.sessionOf(caller), (found) => {
        const session = Option.getOrUndefined(found)
        return within(asked, caller, session, answer(caller, session))
      })))

  return {
    /** For anybody. */
    forAnybody: (asked: Asked, answer: (caller: Caller) => Answer) =>
      settled(Effect.flatMap(identified(asked), (caller) => within(asked, caller, undefined, answer(caller)))),
    withSession,
    /** For a live session; others are refused, and counted. */
    forSession: (asked: Asked, answer: (session: LiveSession, caller: Caller) => Answer) =>
      withSession(
        asked,
        (caller, session) => session === undefined ? Effect.fail(unauthorized) : answer(session, caller)
      )
  }
})
