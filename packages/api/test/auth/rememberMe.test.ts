import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { bearer, newPerson, origin, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const hours = 60 * 60 * 1000

/** How long the session of this JWT lasts. */
const lifeOf = Effect.fnUntraced(function*(jwt: string) {
  const { body } = yield* send("/api/v1/sessions", { headers: bearer(jwt) })
  const { createdAt, expiresAt } = body.items.find(({ current }: { current: boolean }) => current)
  return (Date.parse(expiresAt) - Date.parse(createdAt)) / hours
})

const aDay = (life: number) => assert.isTrue(life > 23 && life < 25, `${life} hours`)

suite("a session that was asked to be short", (it) => {
  const signIn = ({ email, password }: { readonly email: string; readonly password: string }) =>
    sendJson("POST", "/api/auth/sign-in/email", { email, password, rememberMe: false }, origin)

  it.effect("stays so when it is used, as bearer token or cookie", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const signedIn = yield* signIn(pat)
      aDay(yield* lifeOf(yield* tokenOf(signedIn.body.token)))
      aDay(yield* lifeOf(yield* tokenOf(signedIn.body.token)))
      const cookie = signedIn.headers.getSetCookie().map((text) => text.split(";", 1)[0]).join("; ")
      const { body } = yield* send("/api/auth/token", { headers: { cookie, ...origin } })
      aDay(yield* lifeOf(body.token))
      assert.isAbove(yield* lifeOf(pat.jwt), 24 * 29)
    }))

  it.effect("stays so when the password changes, and its cookie ends with the browser", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const change = (headers: Record<string, string>, currentPassword: string, newPassword: string) =>
        sendJson("POST", "/api/auth/change-password", { currentPassword, newPassword }, { ...origin, ...headers })
      const byBearer = yield* change(bearer((yield* signIn(pat)).body.token), pat.password, "a second horse")
      aDay(yield* lifeOf(yield* tokenOf(byBearer.body.token)))

      const second = { email: pat.email, password: "a second horse" }
      const cookie = (yield* signIn(second)).headers.getSetCookie().map((text) => text.split(";", 1)[0]).join("; ")
      const byCookie = yield* change({ cookie }, "a second horse", "a third horse")
      const [session] = byCookie.headers.getSetCookie()
      assert.match(session!, /^better-auth\.session_token=/)
      assert.notMatch(session!, /max-age|expires/i)
      const { body } = yield* send("/api/auth/token", { headers: { cookie: session!.split(";", 1)[0]!, ...origin } })
      aDay(yield* lifeOf(body.token))
    }))

  it.effect("and one that was not lasts as long as before when the password changes", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const change = { currentPassword: pat.password, newPassword: "another horse" }
      const headers = { ...origin, ...bearer(pat.session) }
      const answer = yield* sendJson("POST", "/api/auth/change-password", change, headers)
      const [session] = answer.headers.getSetCookie()
      assert.match(session!, /max-age=2592000/i)
      assert.strictEqual(decodeURIComponent(session!.split(/[=;]/, 2)[1]!), answer.headers.get("set-auth-token"))
      assert.isAbove(yield* lifeOf(yield* tokenOf(answer.headers.get("set-auth-token")!)), 24 * 29)
    }))
})
