import type { RateLimitKind } from "@todo/domain/auth/RateLimit"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Cause, Context, Effect, Exit, Layer, Metric, Option, Redacted, Schema } from "effect"
import { HttpServerResponse } from "effect/http"
import { AppConfig } from "../Config.ts"
import { blockOf, networkOf } from "../http/ClientAddress.ts"
import { problemOf } from "../http/ProblemResponses.ts"
import { limitHits } from "../observability/Metrics.ts"
import { PasswordLane } from "../passwords/PasswordLane.ts"
import { Secret } from "../Secret.ts"
import { makeArrears } from "./Arrears.ts"
import { type Asking, type Bucket, bucketsOf, makeHash } from "./Buckets.ts"
import { LimitsStore } from "./LimitsStore.ts"
import { limitOf } from "./OperationLimit.ts"
import { type Decision, rateLimitHeaders } from "./RateLimitHeaders.ts"
import { uncounted } from "./Settlement.ts"
import { countingSignIns } from "./SignInCount.ts"
import { exactWait } from "./WaitingTime.ts"

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
      const giveBackLater = yield* makeArrears((bucket) => store.giveBack([bucket]))
      const giveBack = (buckets: ReadonlyArray<Bucket>) =>
        Effect.forEach(
          buckets,
          (bucket) => Effect.catch(store.giveBack([bucket]), () => giveBackLater([bucket])),
          { discard: true }
        )
      const remember = (userId: string, client: string) =>
        Effect.catch(store.remember(userId, hashOf(client)), (error) =>
          // The client is signed in all the same.
          Effect.logWarning("A client could not be remembered as known", error))

      const settle = (asking: Asking, taken: ReadonlyArray<Bucket>, exit: Exit.Exit<Response, unknown>) => {
        const kind = limitOf(asking.operation)
        const back = uncounted(kind, taken, exit)
        if (Exit.isFailure(exit)) {
          // Who took too long is waiting for an answer.
          return Cause.hasInterrupts(exit.cause) ? giveBackLater(back) : giveBack(back)
        }
        const userId = kind === "signIn" || kind === "signUp" ? signedIn(exit.value) : undefined
        return Effect.andThen(giveBack(back), userId === undefined ? Effect.void : remember(userId, asking.client))
      }

      return RateLimits.of({
        trust: (userId, address) => remember(userId, networkOf(address)),
        // What has been taken is settled, even if the client goes away while it is being taken.
        guard: (asking, answer) =>
          countingSignIns(
            asking,
            Effect.uninterruptibleMask(Effect.fnUntraced(function*(restore) {
              const kind = limitOf(asking.operation)
              const familiar = kind === "signIn"
                && (yield* restore(store.isFamiliar(asking.account, hashOf(asking.client))))
              const buckets = bucketsOf(asking, familiar, hash)
              const decisions = yield* store.take(buckets)
              const asked = decisions.map((decision, index) => [buckets[index]!, decision] as const)
              const taken = asked.flatMap(([bucket, { allowed }]) => allowed ? [bucket] : [])
              const refusal = asked.find(([, { allowed }]) => !allowed)
              if (refusal !== undefined) {
                yield* Metric.update(limitHits(refusal[0].policy.name), 1)
                // No password has been looked at, and no mail written.
                yield* giveBack(taken.filter(({ counts }) => counts !== "requests"))
                return refuse(refusal)
              }
              const network = blockOf(asking.client)
              // Not an account that a stranger names, nor the address that somebody wants to have.
              const asker = asking.session?.userId ?? (familiar ? asking.account : network)
              const lane = { known: familiar || isKnown(kind), network, asker }
              const response = yield* restore(answer).pipe(
                Effect.provideService(PasswordLane, lane),
                Effect.onExit((exit) => settle(asking, taken, exit))
              )
              // What strangers have done to an account is nobody's business, and what a success gave back is as it was.
              return HttpServerResponse.setHeaders(
                response,
                rateLimitHeaders(asked.filter(([{ isTold }]) => isTold))
              )
            }))
          )
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

/** Whether a password is hashed only for who has proved to be somebody, with a session or the code of a mail. */
const isKnown = (kind: RateLimitKind) => kind === "confirmation" || kind === "changeEmail" || kind === "mailCode"

const refuse = ([bucket, decision]: readonly [Bucket, Decision]) =>
  HttpServerResponse.setHeaders(
    problemOf("rate_limited", `Try again in ${exactWait(decision.waitSeconds)}`),
    { "retry-after": String(decision.waitSeconds), ...rateLimitHeaders([[bucket, decision]]) }
  )
