import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { awaitMail } from "../support/mail.ts"
import { assertProblem, bearer, newPerson, origin, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { allowedOrigin, publicUrl } from "../support/TestService.ts"

const next = "another horse, another battery"

/** Sends a form as a page of the service does. */
const submit = (path: string, fields: Record<string, string> = {}, from = publicUrl) =>
  send(path, { method: "POST", body: new URLSearchParams(fields), headers: { origin: from } })

const signIn = (email: string, password: string) =>
  sendJson("POST", "/api/auth/sign-in/email", { email, password }, origin)

const titleOf = (text: string) => /<h1>(.*)<\/h1>/.exec(text)?.[1]

suite("the page /reset-password", (it) => {
  it.effect("asks for an address, and its mail leads to a form that sets the password", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const form = yield* send("/reset-password")
      assert.strictEqual(form.status, 200)
      assert.match(form.headers.get("content-security-policy")!, /^default-src 'none'; style-src 'sha256-/)
      const asked = yield* submit("/reset-password", { email: pat.email })
      assert.deepStrictEqual([asked.status, asked.headers.get("location")], [303, "/reset-password/asked"])

      const { link } = yield* awaitMail(pat.email, "Set a new password")
      const page = link.slice(publicUrl.length)
      assert.strictEqual(titleOf((yield* send(page)).text), "Set a new password")
      const set = yield* submit(page, { password: next, again: next })
      assert.deepStrictEqual([set.status, set.headers.get("location")], [303, "/reset-password/done"])
      assert.strictEqual((yield* signIn(pat.email, next)).status, 200)

      const again = yield* submit(page, { password: next, again: next })
      assert.deepStrictEqual([again.status, titleOf(again.text)], [400, "This link is no longer good"])
    }))

  it.effect("says what is wrong with what was typed, and keeps nothing of a password", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* submit("/reset-password", { email: pat.email })
      const page = (yield* awaitMail(pat.email, "Set a new password")).link.slice(publicUrl.length)
      const cases = [
        [{ password: next, again: `${next}!` }, "The two passwords differ."],
        [{ password: "2short", again: "2short" }, "Password too short."],
        [{ password: "x".repeat(129), again: "x".repeat(129) }, "Password too long."]
      ] as const
      for (const [fields, message] of cases) {
        const answer = yield* submit(page, fields)
        assert.strictEqual(answer.status, 400)
        assert.include(answer.text, message)
        assert.notInclude(answer.text, fields.password)
      }
      const noAddress = yield* submit("/reset-password", { email: "\"><script>" })
      assert.strictEqual(noAddress.status, 400)
      assert.notInclude(noAddress.text, "<script>")
      assert.strictEqual((yield* signIn(pat.email, pat.password)).status, 200)
    }))

  it.effect("answers the same for every address", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const known = yield* submit("/reset-password", { email: pat.email })
      const unknown = yield* submit("/reset-password", { email: `nobody-${pat.email}` })
      assert.deepStrictEqual([unknown.status, unknown.headers.get("location")], [303, "/reset-password/asked"])
      assert.deepStrictEqual([known.status, known.text], [unknown.status, unknown.text])
    }))

  it.effect("takes no form from elsewhere", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const from of ["https://evil.test", "null", "http://app.test"]) {
        assert.strictEqual((yield* submit("/reset-password", { email: pat.email }, from)).status, 403)
      }
      assert.strictEqual((yield* send("/reset-password", { method: "PUT" })).status, 405)
    }))
})

suite("the page /verify-email", (it) => {
  it.effect("confirms with a button, not by being looked at", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* sendJson("POST", "/api/auth/send-verification-email", { email: pat.email }, origin)
      const page = (yield* awaitMail(pat.email, "Confirm your address")).link.slice(publicUrl.length)
      assert.strictEqual((yield* send(page)).status, 200)
      assert.strictEqual((yield* pat.get("/api/v1/me")).body.emailVerified, false)
      const done = yield* submit(page)
      assert.deepStrictEqual([done.status, done.headers.get("location")], [303, "/verify-email/done"])
      assert.strictEqual((yield* pat.get("/api/v1/me")).body.emailVerified, true)
    }))

  it.effect("moves the account to a new address, and signs out everywhere", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const newEmail = `new-${pat.email}`
      const headers = { ...bearer(pat.session), ...origin }
      yield* sendJson("POST", "/api/auth/change-email", { newEmail, password: pat.password }, headers)
      const page = (yield* awaitMail(newEmail, "Confirm your new address")).link.slice(publicUrl.length)
      assert.strictEqual((yield* submit(page)).status, 303)
      assertProblem(yield* pat.get("/api/v1/me"), 401, "token_invalid")
      const jwt = yield* tokenOf((yield* signIn(newEmail, pat.password)).body.token)
      assert.strictEqual((yield* send("/api/v1/me", { headers: bearer(jwt) })).body.email, newEmail)
    }))

  it.effect("leads on to a frontend's page that the mail was asked for with, after the button", () =>
    Effect.gen(function*() {
      const welcome = `${allowedOrigin}/welcome?from=mail`
      const follow = Effect.fnUntraced(function*(link: string) {
        assert.match(link, /^http:\/\/todo\.test\/verify-email\?token=[\w-]+&callbackURL=/)
        const page = link.slice(publicUrl.length)
        const looked = yield* send(page)
        assert.strictEqual(looked.status, 200)
        return yield* submit(page)
      })
      const pat = yield* newPerson
      const headers = { ...bearer(pat.session), ...origin }
      yield* sendJson("POST", "/api/auth/send-verification-email", { email: pat.email, callbackURL: welcome }, origin)
      const confirmed = yield* follow((yield* awaitMail(pat.email, "Confirm your address")).link)
      assert.deepStrictEqual([confirmed.status, confirmed.headers.get("location")], [303, welcome])
      assert.strictEqual((yield* pat.get("/api/v1/me")).body.emailVerified, true)

      const newEmail = `new-${pat.email}`
      const change = { newEmail, password: pat.password, callbackURL: "/welcome" }
      yield* sendJson("POST", "/api/auth/change-email", change, headers)
      const moved = yield* follow((yield* awaitMail(newEmail, "Confirm your new address")).link)
      assert.deepStrictEqual([moved.status, moved.headers.get("location")], [303, "/welcome"])
      assert.strictEqual((yield* signIn(newEmail, pat.password)).status, 200)
    }))

  it.effect("confirms nothing by being followed, at the page or at the operation of before", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* sendJson("POST", "/api/auth/send-verification-email", { email: pat.email }, origin)
      const { code } = yield* awaitMail(pat.email, "Confirm your address")
      for (const method of ["GET", "HEAD"]) {
        for (const path of ["/verify-email", "/api/auth/verify-email"]) {
          yield* send(`${path}?token=${code}&callbackURL=%2Fwelcome`, { method })
        }
      }
      assert.strictEqual((yield* pat.get("/api/v1/me")).body.emailVerified, false)
      const old = yield* send(`/api/auth/verify-email?token=${code}&callbackURL=%2Fwelcome`)
      assert.deepStrictEqual(
        [old.status, old.headers.get("location")],
        [303, `/verify-email?token=${code}&callbackURL=%2Fwelcome`]
      )
    }))

  it.effect("leads to no page of another origin", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const foreign = [
        "https://evil.test/",
        "//evil.test",
        "/\\\\evil.test",
        "javascript:alert(1)",
        "http://app.test@evil.test/",
        "http://pat@app.test/",
        "http://app.test.evil.test/",
        "data:text/html,x",
        "welcome",
        "",
        "/a b",
        "/你",
        "/\u2028",
        "http://app.test/∕",
        "http://app.test\n"
      ]
      for (const callbackURL of foreign) {
        const body = { email: pat.email, callbackURL }
        const answer = yield* sendJson("POST", "/api/auth/send-verification-email", body, origin)
        assertProblem(answer, 403, "INVALID_CALLBACK_URL")
        const change = { newEmail: `x${pat.email}`, password: pat.password, callbackURL }
        const headers = { ...bearer(pat.session), ...origin }
        assertProblem(yield* sendJson("POST", "/api/auth/change-email", change, headers), 403, "INVALID_CALLBACK_URL")
        const reset = { email: pat.email, redirectTo: callbackURL }
        const asked = yield* sendJson("POST", "/api/auth/request-password-reset", reset, origin)
        assertProblem(asked, 403, "INVALID_REDIRECT_URL")
        const signIn = { email: pat.email, password: pat.password, callbackURL }
        const signedIn = yield* sendJson("POST", "/api/auth/sign-in/email", signIn, origin)
        assertProblem(signedIn, 403, "INVALID_CALLBACK_URL")
      }
      for (const callbackURL of ["https://evil.test/", "/你", "/\u2028"]) {
        const someone = yield* newPerson
        yield* sendJson("POST", "/api/auth/send-verification-email", { email: someone.email }, origin)
        const { code } = yield* awaitMail(someone.email, "Confirm your address")
        const altered = `/verify-email?${new URLSearchParams({ token: code, callbackURL }).toString()}`
        assert.notInclude((yield* send(altered)).text, "evil.test")
        assert.strictEqual((yield* submit(altered)).headers.get("location"), "/verify-email/done")
      }
    }))

  it.effect("says so when the link is no longer good, whatever it is", () =>
    Effect.gen(function*() {
      for (const token of ["", "x", "a.b.c", "\"><script>alert(1)</script>"]) {
        const path = `/verify-email?${new URLSearchParams({ token }).toString()}`
        assert.notInclude((yield* send(path)).text, "<script>")
        const answer = yield* submit(path)
        assert.deepStrictEqual([answer.status, titleOf(answer.text)], [400, "This link is no longer good"])
      }
    }))
})
