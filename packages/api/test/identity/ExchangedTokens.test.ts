import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Unauthorized } from "@todo/domain/auth/Authorization"
import { SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { ConfigProvider, Deferred, Effect, Fiber, Layer } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { TestClock } from "effect/testing"
import { AuthOperations } from "../../src/accounts/AuthOperations.ts"
import { AppConfig } from "../../src/Config.ts"
import { AccessTokens } from "../../src/identity/AccessTokens.ts"
import { ExchangedTokens } from "../../src/identity/ExchangedTokens.ts"
import { makeSecret } from "../../src/tokens/ScriptTokenSecret.ts"

/** The rest of the service, which counts exchanges. */
class Exchanges {
  readonly secrets: Array<string> = []
  /** How the next are answered. */
  answer: Effect.Effect<HttpServerResponse.HttpServerResponse> | undefined = undefined
  /** JWTs that are not good any more. */
  readonly dead = new Set<string>()

  readonly layer = (most: number) =>
    ExchangedTokens.layerWith(most).pipe(
      Layer.provide(
        Layer.mock(AuthOperations)({
          exchange: (secret: string) => {
            const token = `jwt ${this.secrets.push(secret)}`
            return this.answer ?? Effect.succeed(HttpServerResponse.jsonUnsafe({ token }))
          }
        })
      ),
      Layer.provide(Layer.succeed(
        AccessTokens,
        AccessTokens.of({
          verify: (jwt) =>
            this.dead.has(jwt) ? Effect.fail(new Unauthorized({ code: "token_invalid" })) : Effect.succeed(identity)
        })
      )),
      Layer.provide(AppConfig.layer),
      Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { BETTER_AUTH_SECRET: "x".repeat(32) } }))),
      Layer.provide(NodeServices.layer)
    )
}

const identity = {
  id: UserId.make("01980000-0000-7000-8000-000000000001"),
  sessionId: SessionId.make("01980000-0000-7000-8000-000000000002"),
  scopes: ["tasks:read" as const]
}

const verify = (secret: string) =>
  Effect.flatMap(ExchangedTokens, (tokens) => tokens.verify(secret)).pipe(
    Effect.provideService(
      HttpServerRequest.HttpServerRequest,
      HttpServerRequest.fromWeb(new Request("http://todo.test/api/v1/tasks"))
    )
  )
const kept = Effect.map(ExchangedTokens, (tokens) => tokens.kept)

describe("exchanged tokens", () => {
  it.effect("are kept until they expire, and no longer than the next exchange after it", () => {
    const exchanges = new Exchanges()
    const [secret, other] = [makeSecret(), makeSecret()]
    return Effect.gen(function*() {
      for (let count = 0; count < 3; count++) assert.strictEqual(yield* verify(secret), identity)
      yield* TestClock.adjust("299 seconds")
      yield* verify(secret)
      assert.lengthOf(exchanges.secrets, 1)
      yield* TestClock.adjust("1 second")
      yield* verify(other)
      assert.strictEqual(yield* kept, 1)
      yield* verify(secret)
      assert.deepStrictEqual(exchanges.secrets, [secret, other, secret])
    }).pipe(Effect.provide(exchanges.layer(10)))
  })

  it.effect("are so many at the most, the latest", () => {
    const exchanges = new Exchanges()
    const secrets = Array.from({ length: 6 }, makeSecret)
    return Effect.gen(function*() {
      for (const secret of secrets) {
        yield* verify(secret)
        assert.isAtMost(yield* kept, 3)
      }
      assert.strictEqual(yield* kept, 3)
      for (const secret of secrets.slice(3)) yield* verify(secret)
      assert.lengthOf(exchanges.secrets, 6)
    }).pipe(Effect.provide(exchanges.layer(3)))
  })

  it.effect("are exchanged once for requests that come together, whoever of them goes away", () => {
    const exchanges = new Exchanges()
    const secret = makeSecret()
    return Effect.gen(function*() {
      const made = yield* Deferred.make<HttpServerResponse.HttpServerResponse>()
      exchanges.answer = Deferred.await(made)
      const requests = yield* Effect.forEach(Array.from({ length: 5 }), () => Effect.forkChild(verify(secret)))
      yield* Effect.yieldNow
      assert.deepStrictEqual(exchanges.secrets, [secret])
      yield* Fiber.interrupt(requests[1]!)
      yield* Deferred.succeed(made, HttpServerResponse.jsonUnsafe({ token: "jwt" }))
      for (const index of [0, 2, 3, 4]) assert.strictEqual(yield* Fiber.join(requests[index]!), identity)
      assert.deepStrictEqual(exchanges.secrets, [secret])
    }).pipe(Effect.provide(exchanges.layer(10)))
  })

  it.effect("are asked for once where they are refused, however many come together", () => {
    const exchanges = new Exchanges()
    const secret = makeSecret()
    return Effect.gen(function*() {
      const made = yield* Deferred.make<HttpServerResponse.HttpServerResponse>()
      exchanges.answer = Deferred.await(made)
      const requests = yield* Effect.forEach(Array.from({ length: 5 }), () => Effect.forkChild(verify(secret)))
      yield* Effect.yieldNow
      yield* Deferred.succeed(made, HttpServerResponse.empty({ status: 429 }))
      for (const request of requests) {
        assert.strictEqual((yield* Effect.flip(Fiber.join(request)))._tag, "ExchangeRefused")
      }
      assert.deepStrictEqual(exchanges.secrets, [secret])
    }).pipe(Effect.provide(exchanges.layer(10)))
  })

  it.effect("are exchanged by the next where the request that asks is given up: nobody waits for an answer that never comes", () => {
    const exchanges = new Exchanges()
    const secret = makeSecret()
    return Effect.gen(function*() {
      exchanges.answer = Effect.never
      const requests = yield* Effect.forEach(Array.from({ length: 3 }), () => Effect.forkChild(verify(secret)))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(requests[0]!)
      yield* Effect.yieldNow
      exchanges.answer = undefined
      yield* Fiber.interrupt(requests[1]!)
      assert.strictEqual(yield* Fiber.join(requests[2]!), identity)
      assert.strictEqual(yield* verify(secret), identity)
      assert.deepStrictEqual(exchanges.secrets, [secret, secret, secret])
    }).pipe(Effect.provide(exchanges.layer(10)))
  })

  it.effect("are not kept where the exchange was refused, and its answer is that of the request", () => {
    const exchanges = new Exchanges()
    const secret = makeSecret()
    return Effect.gen(function*() {
      for (const status of [429, 503]) {
        exchanges.answer = Effect.succeed(HttpServerResponse.empty({ status }))
        const refused = yield* Effect.flip(verify(secret))
        assert.isTrue(refused._tag === "ExchangeRefused" && refused.response.status === status)
      }
      exchanges.answer = Effect.succeed(HttpServerResponse.empty({ status: 401 }))
      assert.strictEqual((yield* Effect.flip(verify(secret)))._tag, "Unauthorized")
      assert.strictEqual(yield* kept, 0)
      exchanges.answer = undefined
      assert.strictEqual(yield* verify(secret), identity)
      assert.lengthOf(exchanges.secrets, 4)
    }).pipe(Effect.provide(exchanges.layer(10)))
  })

  it.effect("are exchanged anew where the JWT is not good any more, and once only", () => {
    const exchanges = new Exchanges()
    const secret = makeSecret()
    return Effect.gen(function*() {
      yield* verify(secret)
      exchanges.dead.add("jwt 1")
      assert.strictEqual(yield* verify(secret), identity)
      assert.strictEqual(yield* verify(secret), identity)
      assert.lengthOf(exchanges.secrets, 2)
      exchanges.dead.add("jwt 2").add("jwt 3")
      assert.strictEqual((yield* Effect.flip(verify(secret)))._tag, "Unauthorized")
      assert.lengthOf(exchanges.secrets, 3)
    }).pipe(Effect.provide(exchanges.layer(10)))
  })

  it.effect("are not asked for with what cannot be a secret", () => {
    const exchanges = new Exchanges()
    return Effect.gen(function*() {
      const secret = makeSecret()
      for (const wrong of [`${secret}0`, "todo_", `todo_${"0".repeat(36)}`, secret.toUpperCase()]) {
        assert.strictEqual((yield* Effect.flip(verify(wrong)))._tag, "Unauthorized")
      }
      assert.lengthOf(exchanges.secrets, 0)
    }).pipe(Effect.provide(exchanges.layer(10)))
  })
})
