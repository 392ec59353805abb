import { assert, layer } from "@effect/vitest"
import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Deferred, Effect, Exit, Fiber, Layer } from "effect"
import { HttpServerResponse } from "effect/http"
import { networkOf } from "../../src/http/ClientAddress.ts"
import type { Operation } from "../../src/limits/OperationLimit.ts"
import * as Policies from "../../src/limits/Policies.ts"
import { RateLimits } from "../../src/limits/RateLimits.ts"
import { TestService } from "../support/TestService.ts"
import { newAddress } from "./untilRefused.ts"

type Answer = Effect.Effect<HttpServerResponse.HttpServerResponse, ServiceUnavailable>

const answered = (status: number): Answer => Effect.succeed(HttpServerResponse.empty({ status }))
const unavailable: Answer = Effect.fail(new ServiceUnavailable({ detail: "Not now" }))

const newEmail = () => `settled-${crypto.randomUUID()}@example.com`

/** A status, with the policy where it is 429; or nothing. */
const outcomeOf = (exit: Exit.Exit<HttpServerResponse.HttpServerResponse, unknown>) => {
  if (Exit.isFailure(exit)) return "nothing"
  const { headers, status } = exit.value
  return status === 429 ? `429 ${headers["ratelimit-policy"]}` : String(status)
}

/** Asks, and answers what came of it. */
const ask = (answer: Answer, operation: Operation, address: string, email: string) =>
  Effect.gen(function*() {
    const { guard } = yield* RateLimits
    return outcomeOf(yield* Effect.exit(guard({ operation, client: networkOf(address), account: email }, answer)))
  })

/** Asks, and goes away while the request is being answered. */
const leave = (operation: Operation, address: string, email: string) =>
  Effect.gen(function*() {
    const { guard } = yield* RateLimits
    const begun = yield* Deferred.make<void>()
    const answer = Effect.andThen(Deferred.succeed(begun, undefined), Effect.never)
    const fiber = yield* Effect.forkChild(guard({ operation, client: networkOf(address), account: email }, answer))
    yield* Effect.raceFirst(Deferred.await(begun), Fiber.await(fiber))
    yield* Fiber.interrupt(fiber)
    return outcomeOf(yield* Fiber.await(fiber))
  })

const times = <A, E, R>(count: number, effect: Effect.Effect<A, E, R>) =>
  Effect.all(Array.from({ length: count }, () => effect))

const { quota } = Policies.guess
const noGuess = `429 "guess";q=${quota};w=3600`

layer(
  RateLimits.layer.pipe(Layer.provideMerge(TestService.layerWith({ RATE_LIMITS: "on" }))),
  { excludeTestServices: true }
)("what a sign-in has taken of its guesses", (it) => {
  const signIn = "auth.signIn"
  for (
    const [how, attempt] of [
      ["the service cannot answer", (address: string, email: string) => ask(unavailable, signIn, address, email)],
      ["the service breaks", (address: string, email: string) => ask(Effect.die("broken"), signIn, address, email)],
      ["it says so", (address: string, email: string) => ask(answered(500), signIn, address, email)],
      ["the client goes away", (address: string, email: string) => leave(signIn, address, email)],
      ["it succeeds", (address: string, email: string) => ask(answered(200), signIn, address, email)]
    ] as const
  ) {
    it.effect(`is given back when ${how}`, () =>
      Effect.gen(function*() {
        const [address, email] = [newAddress(), newEmail()]
        for (const outcome of yield* times(quota + 2, attempt(address, email))) assert.notMatch(outcome, /^429/)
        const wrong = yield* times(quota + 1, ask(answered(401), signIn, address, email))
        assert.deepStrictEqual(wrong, [...Array.from({ length: quota }, () => "401"), noGuess])
      }))
  }

  it.effect("from all addresses together is given back, too", () =>
    Effect.gen(function*() {
      const { name, quota } = Policies.strangerGuess
      const email = newEmail()
      const attempt = (answer: Answer) => Effect.suspend(() => ask(answer, signIn, newAddress(), email))
      assert.notInclude((yield* times(quota + 5, attempt(unavailable))).join(), "429")
      const wrong = yield* times(quota, attempt(answered(401)))
      assert.deepStrictEqual(wrong, Array.from({ length: quota }, () => "401"))
      // Whoever is refused for what others did has made no guess.
      const address = newAddress()
      for (const outcome of yield* times(Policies.guess.quota + 5, ask(answered(200), signIn, address, email))) {
        assert.match(outcome, new RegExp(`^200|^429 "${name}"`))
      }
    }))

  it.effect("and a mail that was not sent counts as none, but one that may have been sent counts", () =>
    Effect.gen(function*() {
      const { name, quota } = Policies.mailbox
      const operation = "account.requestPasswordReset"
      const [address, email, other] = [newAddress(), newEmail(), newEmail()]
      assert.notInclude((yield* times(quota + 2, ask(unavailable, operation, address, email))).join(), "429")
      assert.deepStrictEqual(
        yield* times(quota, ask(answered(200), operation, address, email)),
        Array.from({ length: quota }, () => "200")
      )
      yield* times(quota, leave(operation, address, other))
      for (const account of [email, other]) {
        assert.match(yield* ask(answered(200), operation, address, account), new RegExp(`^429 "${name}"`))
      }
    }))
})
