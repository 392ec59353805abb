import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import * as Policies from "../../src/limits/Policies.ts"
import { makeSecret } from "../../src/tokens/ScriptTokenSecret.ts"
import { faultsOf } from "../openapi/fuzz/Conformance.ts"
import { operations } from "../openapi/fuzz/Contract.ts"
import { assertProblem, bearer, newPerson, send } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { newAddress, untilRefused } from "./untilRefused.ts"

const listTasks = operations.find(({ id }) => id === "listTasks")!

const limited = layer(TestService.layerWith({ RATE_LIMITS: "on", TRUSTED_PROXIES: "127.0.0.1,::1" }), {
  excludeTestServices: true
})

limited("limits of tokens for scripts in the place of a JWT", (it) => {
  const list = (secret: string, address: string) =>
    send("/api/v1/tasks", { headers: { ...bearer(secret), "x-forwarded-for": address } })
  const makeToken = Effect.gen(function*() {
    const pat = yield* newPerson
    const made = yield* pat.json("POST", "/api/v1/tokens", { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 })
    return made.body.secret as string
  })

  it.effect("are those of the exchange, and not of the requests", () =>
    Effect.gen(function*() {
      const secret = yield* makeToken
      const address = newAddress()
      for (let count = 0; count <= Policies.token.quota; count++) {
        assert.strictEqual((yield* list(secret, address)).status, 200)
      }
    }))

  it.effect("stop who tries secrets, and nobody else who has a good one", () =>
    Effect.gen(function*() {
      const secret = yield* makeToken
      const address = newAddress()
      const { answer, count } = yield* untilRefused(
        Policies.anything,
        Effect.suspend(() => list(makeSecret(), address))
      )
      assert.isAtLeast(count, Policies.anything.quota)
      assertProblem(answer, 429, "rate_limited")
      // Nothing of what Better Auth's client library reads: that is for /api/auth.
      const whole = { status: 429, headers: Object.fromEntries(answer.headers), body: Buffer.from(answer.text) }
      const sent = { method: "GET", target: "/api/v1/tasks", headers: [], body: undefined }
      assert.deepStrictEqual(faultsOf(listTasks, sent, whole), [])
      assert.match(answer.headers.get("retry-after")!, /^[12]$/)
      assert.strictEqual(answer.headers.get("ratelimit-policy"), "\"auth\";q=600;w=60")
      assert.strictEqual((yield* list(secret, newAddress())).status, 200)
      // It has been exchanged by now, and the address asks for nothing that counts.
      assert.strictEqual((yield* list(secret, address)).status, 200)
    }), 120_000)
})
