import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { awaitMail } from "../support/mail.ts"
import { assertProblem, bearer, newPerson, origin, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { publicUrl } from "../support/TestService.ts"

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
