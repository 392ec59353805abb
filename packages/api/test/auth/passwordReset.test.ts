import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { awaitMail, mailsTo } from "../support/mail.ts"
import { assertProblem, bearer, newPerson, origin, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { allowedOrigin, publicUrl } from "../support/TestService.ts"

const ask = (email: string, more: object = {}) =>
  sendJson("POST", "/api/auth/request-password-reset", { email, ...more }, origin)
const reset = (token: string, newPassword: string) =>
  sendJson("POST", "/api/auth/reset-password", { token, newPassword }, origin)
const signIn = (email: string, password: string) =>
  sendJson("POST", "/api/auth/sign-in/email", { email, password }, origin)

const next = "another horse, another battery"

suite("a new password by mail", (it) => {
  it.effect("is set with the code, once, and ends every session", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assert.strictEqual((yield* ask(pat.email)).status, 200)
      const { code, link } = yield* awaitMail(pat.email, "Set a new password")
      assert.strictEqual(link, `${publicUrl}/reset-password?token=${code}`)
      assert.strictEqual((yield* reset(code, next)).status, 200)
      assertProblem(yield* pat.get("/api/v1/me"), 401, "token_invalid")
      assertProblem(yield* signIn(pat.email, pat.password), 401, "INVALID_EMAIL_OR_PASSWORD")
      assert.strictEqual((yield* signIn(pat.email, next)).status, 200)
      assertProblem(yield* reset(code, "and once more, with feeling"), 400, "INVALID_TOKEN")
      yield* awaitMail(pat.email, "Your password has changed")
    }))

  it.effect("proves the address, and ends tokens for scripts, and says so", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const token = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }
      const made = yield* pat.json("POST", "/api/v1/tokens", token)
      const scriptJwt = yield* tokenOf(made.body.secret)
      const before = yield* send("/api/v1/tasks", { headers: bearer(scriptJwt) })
      assert.strictEqual(before.status, 200)
      yield* ask(pat.email)
      yield* reset((yield* awaitMail(pat.email, "Set a new password")).code, next)
      const jwt = yield* tokenOf((yield* signIn(pat.email, next)).body.token)
      assert.strictEqual((yield* send("/api/v1/me", { headers: bearer(jwt) })).body.emailVerified, true)
      assertProblem(yield* send("/api/v1/tasks", { headers: bearer(scriptJwt) }), 401, "token_invalid")
      const exchange = yield* send("/api/auth/token", { headers: { ...bearer(made.body.secret), ...origin } })
      assertProblem(exchange, 401, "INVALID_TOKEN")
      assert.deepStrictEqual((yield* send("/api/v1/tokens", { headers: bearer(jwt) })).body.items, [])
      assert.include(
        (yield* awaitMail(pat.email, "Your password has changed")).text,
        "every token for scripts has ended"
      )
    }))

  it.effect("is refused with a wrong code, and without one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* ask(pat.email)
      const { code } = yield* awaitMail(pat.email, "Set a new password")
      for (const wrong of ["", "x", `${code}x`, `${code}A`, code.toLowerCase()]) {
        assertProblem(yield* reset(wrong, next), 400, "INVALID_TOKEN")
      }
      assertProblem(yield* reset(code, "short"), 400, "PASSWORD_TOO_SHORT")
      assert.strictEqual((yield* signIn(pat.email, pat.password)).status, 200)
      assert.strictEqual((yield* reset(code, next)).status, 200)
    }))

  it.effect("keeps no code in the database", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* ask(pat.email)
      yield* awaitMail(pat.email, "Set a new password")
      assert.deepStrictEqual(yield* sql`SELECT FROM auth."verification" WHERE "value" = ${pat.id}`, [])
    }))

  it.effect("answers the same for an address without an account, and writes to nobody", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const known = yield* ask(pat.email)
      const unknown = yield* ask(`nobody-${pat.email}`)
      assert.deepStrictEqual([unknown.status, unknown.text], [known.status, known.text])
      yield* awaitMail(pat.email, "Set a new password")
      assert.deepStrictEqual(yield* mailsTo(`nobody-${pat.email}`), [])
    }))

  it.effect("leads to a frontend's own page, if its origin is allowed", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* ask(pat.email, { redirectTo: `${allowedOrigin}/new-password` })
      const { code, link } = yield* awaitMail(pat.email, "Set a new password")
      assert.strictEqual(link, `${allowedOrigin}/new-password?token=${code}`)
      assertProblem(yield* ask(pat.email, { redirectTo: "https://evil.test/" }), 403, "INVALID_REDIRECT_URL")
    }))
})
