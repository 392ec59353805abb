import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { HttpServerResponse } from "effect/http"
import { networkOf } from "../../src/http/ClientAddress.ts"
import type { Operation } from "../../src/limits/OperationLimit.ts"
import { RateLimits } from "../../src/limits/RateLimits.ts"
import { currentLane, inItsLane, type Lane } from "../../src/passwords/PasswordLane.ts"
import { origin, sendJson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

const [home, homeBlock] = ["2001:db8:7:8::9", "2001:db8:7::/48"]

/** The lane in which Better Auth would find itself. */
const laneOf = (operation: Operation, address: string, account: string) =>
  Effect.gen(function*() {
    const { guard } = yield* RateLimits
    let lane: Lane | undefined
    const work = inItsLane(async () => {
      await Promise.resolve()
      lane = currentLane()
    })
    const answer = Effect.as(
      Effect.flatMap(work, (run) => Effect.promise(run)),
      HttpServerResponse.empty({ status: 401 })
    )
    yield* guard({ operation, client: networkOf(address), account }, answer)
    return lane
  })

layer(
  RateLimits.layer.pipe(Layer.provideMerge(TestService.layerWith({ RATE_LIMITS: "on" }))),
  { excludeTestServices: true }
)("a password is checked among those of known people", (it) => {
  it.effect("where the client is known to the account, and not where another's is", () =>
    Effect.gen(function*() {
      const email = `lane-${crypto.randomUUID()}@example.com`
      const { body } = yield* sendJson(
        "POST",
        "/api/auth/sign-up/email",
        { name: "Pat", email, password: "correct horse battery" },
        origin
      )
      const signIn = (address: string, of: string) => laneOf("auth.signIn", address, of)
      const stranger = { known: false, network: homeBlock, asker: homeBlock }
      assert.deepStrictEqual(yield* signIn(home, email), stranger)
      yield* (yield* RateLimits).trust(body.user.id, home)
      assert.deepStrictEqual(yield* signIn(home, email), { known: true, network: homeBlock, asker: email })
      assert.deepStrictEqual(yield* signIn(home, `nobody-${email}`), stranger)
      const elsewhere = "198.51.100.0/24"
      assert.deepStrictEqual(yield* signIn("198.51.100.7", email), {
        known: false,
        network: elsewhere,
        asker: elsewhere
      })
    }))

  it.effect("where a session or the code of a mail comes with it, and not to sign up", () =>
    Effect.gen(function*() {
      const operations = [
        "account.changePassword",
        "account.changeEmail",
        "account.deleteAccount",
        "account.resetPassword",
        "auth.signUp"
      ] as const
      const lanes = yield* Effect.forEach(operations, (operation) => laneOf(operation, home, "somebody@example.com"))
      assert.deepStrictEqual(lanes.map((lane) => lane?.known), [true, true, true, true, false])
    }))
})
