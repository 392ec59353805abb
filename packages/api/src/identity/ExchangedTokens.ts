import { Unauthorized } from "@todo/domain/auth/Authorization"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Clock, Context, Data, Deferred, Duration, Effect, Exit, Layer, Option, Schema } from "effect"
import { HttpServerRequest, type HttpServerResponse } from "effect/http"
import { hash } from "node:crypto"
import { AuthOperations } from "../accounts/AuthOperations.ts"
import { AppConfig } from "../Config.ts"
import { makeClientAddress, networkOf } from "../http/ClientAddress.ts"
import { isSecret } from "../tokens/ScriptTokenSecret.ts"
import { AccessTokens } from "./AccessTokens.ts"

type Response = HttpServerResponse.HttpServerResponse

/** How many JWTs are kept, as many as `AccessTokens` remembers; with the hash of its secret one is some 800 bytes. */
const mostKept = 20_000

/** A secret was not exchanged: this is the answer, 429 or 503. */
export class ExchangeRefused extends Data.TaggedError("ExchangeRefused")<{ readonly response: Response }> {}

type Refusal = Unauthorized | ExchangeRefused

/** What came of an exchange; undefined where the request that asked was given up. */
type Outcome = Exit.Exit<CurrentUser["Service"], Refusal> | undefined

type Verified = Effect.Effect<CurrentUser["Service"], Refusal, HttpServerRequest.HttpServerRequest>

/**
 * Tokens for scripts in the place of a JWT. A secret is exchanged as `GET /api/auth/token` does it, within the same
 * limits, and the JWT is kept until it expires. With each request it is verified like one that was sent: identity comes
 * from a verified JWT here, too, and a token that was revoked stops with the next request (docs/adr/0024).
 *
 * @effect-expect-leaking HttpServerRequest
 */
export class ExchangedTokens extends Context.Service<ExchangedTokens, {
  /** Who the secret speaks for. */
  verify(secret: string): Verified
  /** How many JWTs are kept. */
  readonly kept: number
}>()("todo/api/identity/ExchangedTokens") {
  static readonly layer = ExchangedTokens.layerWith(mostKept)

  /** The same with another bound. */
  static layerWith(most: number) {
    return Layer.effect(
      ExchangedTokens,
      Effect.gen(function*() {
        const { accessTokenTtl, trustedProxies } = yield* AppConfig
        const { exchange } = yield* AuthOperations
        const tokens = yield* AccessTokens
        const clock = yield* Clock.Clock
        const addressOf = makeClientAddress(trustedProxies)
        const ttlMillis = Duration.toMillis(accessTokenTtl)

        // By the hash: the secret is good for months, and is nowhere in memory longer than its request.
        const kept = new Map<string, { readonly jwt: string; readonly expiresAtMillis: number }>()
        const keep = (key: string, jwt: string, madeAtMillis: number) => {
          kept.delete(key)
          // All live equally long: the oldest are the first.
          for (const [oldest, { expiresAtMillis }] of kept) {
            if (kept.size < most && expiresAtMillis > madeAtMillis) break
            kept.delete(oldest)
          }
          kept.set(key, { jwt, expiresAtMillis: madeAtMillis + ttlMillis })
        }

        const buy = Effect.fnUntraced(function*(secret: string, key: string) {
          const madeAtMillis = clock.currentTimeMillisUnsafe()
          const response = yield* exchange(secret)
          if (response.status === 401) return yield* refused
          const jwt = jwtOf(response)
          if (jwt === undefined) return yield* new ExchangeRefused({ response })
          keep(key, jwt, madeAtMillis)
          return jwt
        })

        const exchanging = new Map<string, Deferred.Deferred<Outcome>>()
        const verify = (secret: string, key: string): Verified => {
          const known = kept.get(key)
          if (known === undefined || clock.currentTimeMillisUnsafe() >= known.expiresAtMillis) {
            return inTurn(secret, key)
          }
          // Its key may be gone, or the clock may have been set.
          return Effect.catch(tokens.verify(known.jwt), () => inTurn(secret, key))
        }
        /**
         * A script begins with many requests at once, and the limits are for one after another: those of a network wait
         * for the one that asks, which takes its time from its own request, and have what came of it. Where it was given
         * up, they look again.
         */
        const inTurn = (secret: string, key: string): Verified =>
          Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
            const asked = `${networkOf(addressOf(request))} ${key}`
            const running = exchanging.get(asked)
            if (running !== undefined) {
              return Effect.flatMap(Deferred.await(running), (outcome) => outcome ?? verify(secret, key))
            }
            return Effect.uninterruptibleMask((restore) => {
              const done = Deferred.makeUnsafe<Outcome>()
              exchanging.set(asked, done)
              return Effect.onExit(restore(Effect.flatMap(buy(secret, key), tokens.verify)), (exit) => {
                exchanging.delete(asked)
                return Deferred.succeed(done, Exit.hasInterrupts(exit) ? undefined : exit)
              })
            })
          })

        return ExchangedTokens.of({
          get kept() {
            return kept.size
          },
          verify: (secret) => {
            // The database is not asked, nor anything counted, for what cannot be one.
            if (!isSecret(secret)) return Effect.fail(refused)
            return verify(secret, hash("sha256", secret, "base64url"))
          }
        })
      })
    )
  }
}

const AccessToken = Schema.fromJsonString(Schema.Struct({ token: Schema.String }))
const decodeAccessToken = Schema.decodeUnknownOption(AccessToken)

const jwtOf = ({ body, status }: Response) =>
  status !== 200 || body._tag !== "Uint8Array"
    ? undefined
    : Option.getOrUndefined(decodeAccessToken(new TextDecoder().decode(body.body)))?.token

const refused = new Unauthorized({
  code: "token_invalid",
  detail: "The token for scripts is not valid, has ended or was revoked"
})
