import { problemType } from "@todo/domain/http/Problem"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Context, Effect, Layer, Metric, Option, Redacted, Schema } from "effect"
import { HttpServerResponse, ProblemDetails } from "effect/http"
import { AppConfig } from "../Config.ts"
import { networkOf } from "../http/ClientAddress.ts"
import { limitHits } from "../observability/Metrics.ts"
import { Secret } from "../Secret.ts"
import { type Asking, type Bucket, bucketsOf, makeHash } from "./Buckets.ts"
import { LimitsStore } from "./LimitsStore.ts"
import * as Policies from "./Policies.ts"
import { type Decision, rateLimitHeaders } from "./RateLimitHeaders.ts"
import { countingSignIns } from "./SignInCount.ts"

type Response = HttpServerResponse.HttpServerResponse

/** Limits how often a client or an account may be used (docs/http.md, "Rate limits"). */
export class RateLimits extends Context.Service<RateLimits, {
  /**
   * Answers a request below `/api/auth`, or 429 in place of `answer`. It counts
   * before `answer` runs, which may hash a password. Fails with
   * `ServiceUnavailable` when it cannot count.
   */
  guard<E, R>(asking: Asking, answer: Effect.Effect<Response, E, R>): Effect.Effect<
    Response,
    E | ServiceUnavailable,
    R
  >
  /** Takes the user's client at this address for a known one from now on: whoever is there has proved to be the owner. */
  trust(userId: string, address: string): Effect.Effect<void>
}>()("todo/api/limits/RateLimits") {
  static readonly layer = Layer.effect(
    RateLimits,
    Effect.gen(function*() {
      if (!(yield* AppConfig).rateLimits) {
        return RateLimits.of({ guard: countingSignIns, trust: () => Effect.void })
      }
      const store = yield* LimitsStore
      const hash = makeHash(Redacted.value(yield* Secret))
      const hashOf = (client: string) => hash("client", client)
      /** The client is signed in all the same. */
      const calmly = Effect.catch((error: ServiceUnavailable) =>
        Effect.logWarning("A sign-in could not be counted as a success", error)
      )

      /**
       * What did not fail on a password, or on a user code, counts as no guess;
       * where a session was made, its client is known from now on.
       */
      const settle = (kind: Policies.Kind, client: string, buckets: ReadonlyArray<Bucket>, response: Response) => {
        const failed = kind === "userCode" ? 400 : 401
        const guesses = buckets.filter(({ failures }) => failures)
        const user = signedIn(response)
        return Effect.andThen(
          response.status === failed ? Effect.void : store.giveBack(guesses),
          user === undefined ? Effect.void : store.remember(user, hashOf(client))
        ).pipe(calmly)
      }

      return RateLimits.of({
        trust: (userId, address) => store.remember(userId, hashOf(networkOf(address))).pipe(calmly),
        guard: Effect.fnUntraced(function*(asking, answer) {
          const kind: Policies.Kind = Policies.kinds[asking.operation]
          const signsIn = kind === "signIn"
          const familiar = signsIn && (yield* store.isFamiliar(asking.account, hashOf(asking.client)))
          const buckets = bucketsOf(asking, familiar, hash)
          const decisions = yield* store.take(buckets)
          const taken = decisions.map((decision, index) => [buckets[index]!, decision] as const)
          const refusal = taken.find(([, { allowed }]) => !allowed)
          if (refusal !== undefined) {
            yield* Metric.update(limitHits(refusal[0].policy.name), 1)
            return refuse(refusal)
          }
          const response = yield* answer
          if (signsIn || kind === "signUp" || kind === "userCode") {
            yield* settle(kind, asking.client, buckets, response)
          }
          // What strangers have done to an account is nobody's business, and what a success gave back is as it was.
          return HttpServerResponse.setHeaders(response, rateLimitHeaders(taken.filter(([{ failures }]) => !failures)))
        }, (answered, asking) => countingSignIns(asking, answered))
      })
    })
  ).pipe(Layer.provide(LimitsStore.layer))
}

const decodeSignedIn = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Struct({ user: Schema.Struct({ id: Schema.String }) }))
)

/**
 * The user whose session the answer brings, if it brings one: told by the answer, and not by what was asked. A sign-up
 * for somebody else's address may look like a success.
 */
const signedIn = ({ body, headers }: Response) =>
  headers["set-auth-token"] === undefined || body._tag !== "Uint8Array"
    ? undefined
    : Option.getOrUndefined(decodeSignedIn(new TextDecoder().decode(body.body)))?.user.id

/** 429, with `message` for Better Auth's client library. */
const refuse = ([bucket, decision]: readonly [Bucket, Decision]) => {
  const detail = `Try again in ${decision.waitSeconds} seconds`
  return HttpServerResponse.setHeaders(
    ProblemDetails.toResponse({
      type: problemType("rate_limited"),
      title: "Too many requests",
      status: 429,
      detail,
      code: "rate_limited",
      message: detail
    }),
    { "retry-after": String(decision.waitSeconds), ...rateLimitHeaders([[bucket, decision]]) }
  )
}
