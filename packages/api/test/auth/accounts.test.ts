import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import {
  type Answer,
  assertProblem,
  bearer,
  newPerson,
  newSignedUp,
  origin,
  send,
  sendJson,
  tokenOf
} from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { TestService } from "../support/TestService.ts"

suite("/api/auth", (it) => {
  const signUp = (body: unknown) => sendJson("POST", "/api/auth/sign-up/email", body, origin)
  const signIn = (body: unknown) => sendJson("POST", "/api/auth/sign-in/email", body, origin)
  /** Better Auth's own problem, which keeps the members that its client library reads. */
  const assertRefusal = (answer: Answer, status: number, code: string) => {
    assertProblem(answer, status, code)
    assert.strictEqual(answer.body.message, answer.body.detail)
  }

  it.effect("signs up, signs in, and says who it is", () =>
    Effect.gen(function*() {
      const pat = yield* newSignedUp
      const again = yield* signIn({ email: pat.email.toUpperCase(), password: pat.password })
      assert.strictEqual(again.status, 200)
      assert.strictEqual(again.body.user.id, pat.id)
      const me = yield* send("/api/v1/me", { headers: bearer(yield* tokenOf(again.body.token)) })
      assert.deepStrictEqual(me.body, {
        id: pat.id,
        name: pat.name,
        email: pat.email,
        emailVerified: false,
        createdAt: me.body.createdAt
      })
      assert.match(me.body.createdAt, /Z$/)
    }))

  it.effect("keeps an argon2id hash of the password, and never answers it", () =>
    Effect.gen(function*() {
      const pat = yield* newSignedUp
      const sql = yield* SqlClient.SqlClient
      const [account] = yield* sql<
        { password: string }
      >`SELECT "password" FROM auth."account" WHERE "userId" = ${pat.id}`
      assert.match(account!.password, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
      const answer = yield* signIn({ email: pat.email, password: pat.password })
      assert.notInclude(answer.text, pat.password)
      assert.notInclude(answer.text, "argon2")
    }))

  it.effect("sets a session cookie that scripts of the page cannot read", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const answer = yield* signIn({ email: pat.email, password: pat.password })
      const cookie = answer.headers.getSetCookie().find((text) => text.startsWith("better-auth.session_token="))!
      assert.match(cookie, /; HttpOnly/)
      assert.match(cookie, /; SameSite=Lax/)
    }))

  it.effect("refuses a wrong password and an unknown address alike", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const wrong = yield* signIn({ email: pat.email, password: "not the password" })
      const unknown = yield* signIn({ email: `nobody-${pat.email}`, password: "not the password" })
      assertRefusal(wrong, 401, "INVALID_EMAIL_OR_PASSWORD")
      const { requestId: _, ...first } = wrong.body
      const { requestId: __, ...second } = unknown.body
      assert.deepStrictEqual(first, second)
    }))

  it.effect("refuses an address that is taken, or is none, and a password that is too short or too long", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assertRefusal(
        yield* signUp({ name: "Pat", email: pat.email, password: pat.password }),
        422,
        "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"
      )
      assertRefusal(yield* signUp({ name: "Pat", email: "nonsense", password: pat.password }), 400, "VALIDATION_ERROR")
      assertRefusal(
        yield* signUp({ name: "Pat", email: `a-${pat.email}`, password: "short" }),
        400,
        "PASSWORD_TOO_SHORT"
      )
      assertRefusal(
        yield* signUp({ name: "Pat", email: `a-${pat.email}`, password: "x".repeat(129) }),
        400,
        "PASSWORD_TOO_LONG"
      )
    }))

  it.effect("answers problem documents for what is no request of Better Auth's", () =>
    Effect.gen(function*() {
      const refuse = (body: string | Uint8Array) => sendJson("POST", "/api/auth/sign-in/email", body, origin)
      for (const body of ["nonsense", "[]", "", Buffer.from("{\"email\":\"caf\xe9\"}", "latin1")]) {
        const answer = yield* refuse(body)
        assertProblem(answer, 400, answer.body.code)
      }
      assertProblem(yield* refuse(JSON.stringify({ email: "x".repeat(1_048_576) })), 413, "body_too_large")
      assertProblem(yield* send("/api/auth/no-such-operation", { headers: origin }), 404, "not_found")
      const wrongMethod = yield* send("/api/auth/sign-in/email", { headers: origin })
      assertProblem(wrongMethod, 405, "method_not_allowed")
      assert.strictEqual(wrongMethod.headers.get("allow"), "POST, OPTIONS")
      assertProblem(yield* send("/api/auth/token", { headers: origin }), 401, "UNAUTHORIZED")
    }))

  it.effect("refuses a browser's request from an origin that is not allowed", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { email, password } = pat
      const { url } = yield* TestService
      for (const foreign of [url, "http://evil.test", "null", "http://todo.test.evil.test", "https://app.test"]) {
        for (const path of ["/api/auth/sign-in/email", "/api/auth/sign-up/email"]) {
          const answer = yield* sendJson("POST", path, { email, password }, { origin: foreign })
          assertProblem(answer, 403, "origin_not_allowed")
        }
        const token = yield* send("/api/auth/token", { headers: { ...bearer(pat.session), origin: foreign } })
        assertProblem(token, 403, "origin_not_allowed")
        // Better Auth's client library shows the message.
        for (const member of ["detail", "message"]) {
          assert.propertyVal(
            token.body,
            member,
            "Pages of this origin may not use the service: use the address of PUBLIC_URL, or add the origin to CORS_ORIGINS"
          )
        }
      }
      for (const own of ["http://todo.test", "http://app.test"]) {
        const answer = yield* sendJson("POST", "/api/auth/sign-in/email", { email, password }, { origin: own })
        assert.strictEqual(answer.status, 200, own)
      }
    }))

  it.effect("publishes the public half of its keys, and nothing of the private half", () =>
    Effect.gen(function*() {
      const answer = yield* send("/api/auth/jwks")
      assert.strictEqual(answer.status, 200)
      assert.lengthOf(answer.body.keys, 1)
      assert.sameMembers(Object.keys(answer.body.keys[0]), ["alg", "crv", "x", "kty", "kid"])
    }))
})
