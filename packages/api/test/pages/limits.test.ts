import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import * as Policies from "../../src/limits/Policies.ts"
import { exactWait } from "../../src/limits/WaitingTime.ts"
import { newAddress, untilRefused } from "../limits/untilRefused.ts"
import { newDevice } from "../support/devices.ts"
import { assertOAuthError, bearer, newPerson, origin, sendJson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { Visitor } from "../support/Visitor.ts"

const limited = layer(TestService.layerWith({ RATE_LIMITS: "on", TRUSTED_PROXIES: "127.0.0.1,::1" }), {
  excludeTestServices: true
})

const from = (address: string) => ({ "x-forwarded-for": address })

limited("the limits of device sign-in", (it) => {
  it.effect("let nobody try out codes, and count none that somebody waits with", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { userCode } = yield* newDevice()
      const address = newAddress()
      const browser = new Visitor(from(address))
      yield* browser.signIn(person)
      for (let time = 0; time < Policies.userCode.quota + 2; time++) {
        assert.strictEqual((yield* browser.get(`/device?user_code=${userCode}`)).status, 200)
      }
      const { answer, count } = yield* untilRefused(Policies.userCode, browser.get("/device?user_code=ABCDEFGH"))
      assert.strictEqual(count, Policies.userCode.quota)
      assert.include(answer.text, "<h1>Too many requests</h1>")
      const wait = answer.headers.get("retry-after")!
      assert.include(answer.text, `Try again in ${exactWait(Number(wait))}.`)
      // Not with the right one either, nor past the page; and from elsewhere all is as it was.
      assert.strictEqual((yield* browser.post(`/device?user_code=${userCode}`, { action: "approve" })).status, 429)
      const headers = { ...from(address), ...bearer(person.session), ...origin }
      const past = yield* sendJson("POST", "/api/auth/device/approve", { userCode }, headers)
      assertOAuthError(past, "slow_down", 429)
      const elsewhere = new Visitor(from(newAddress()))
      yield* elsewhere.signIn(person)
      const approved = yield* elsewhere.post(`/device?user_code=${userCode}`, { action: "approve" })
      assert.strictEqual(approved.headers.get("location"), "/device/approved")
    }))

  it.effect("hold for devices that ask", () =>
    Effect.gen(function*() {
      const address = newAddress()
      // Not well-formed, so that it makes no row: it counts all the same.
      const { answer } = yield* untilRefused(
        Policies.device,
        sendJson("POST", "/api/auth/device/code", {}, from(address))
      )
      assertOAuthError(answer, "slow_down", 429)
      assert.strictEqual(answer.body.code, "rate_limited")
      assert.strictEqual(answer.headers.get("ratelimit-policy"), "\"device\";q=300;w=3600")
    }))

  it.effect("hold for the sign-in of the page, which says when to try again", () =>
    Effect.gen(function*() {
      const { email } = yield* newPerson
      const browser = new Visitor(from(newAddress()))
      const { answer } = yield* untilRefused(Policies.guess, browser.signIn({ email, password: "a bad guess" }))
      assert.include(answer.text, "Too many attempts. Try again in 6 minutes.")
      assert.include(answer.text, `value="${email}"`)
      const wait = Number(answer.headers.get("retry-after"))
      assert.isTrue(wait > 300 && wait <= 360, String(wait))
    }))
})
