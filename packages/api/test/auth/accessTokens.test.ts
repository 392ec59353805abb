import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { type Answer, assertProblem, bearer, newPerson, origin, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf, signingKey } from "../support/tokens.ts"

suite("a request's bearer token", (it) => {
  const ask = (token: string) => send("/api/v1/tasks", { headers: bearer(token) })
  const assertRefused = (answer: Answer) => {
    assertProblem(answer, 401, "token_invalid")
    assert.include(answer.headers.get("www-authenticate")!, "error=\"invalid_token\"")
  }

  it.effect("is needed", () =>
    Effect.gen(function*() {
      for (const headers of [{}, { authorization: "Bearer " }, { authorization: "Basic cGF0OnBhdA==" }]) {
        const answer = yield* send("/api/v1/tasks", { headers: headers as Record<string, string> })
        assertProblem(answer, 401, "token_missing")
        assert.include(answer.body.detail, "a token for scripts")
        assert.strictEqual(answer.headers.get("www-authenticate"), "Bearer realm=\"todo\"")
      }
    }))

  it.effect("is no session token, and whoever sends one is told so", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const signedIn = yield* sendJson(
        "POST",
        "/api/auth/sign-in/email",
        { email: pat.email, password: pat.password },
        origin
      )
      for (const token of [signedIn.body.token, signedIn.headers.get("set-auth-token")!]) {
        const answer = yield* ask(token)
        assertRefused(answer)
        assert.include(answer.body.detail, "session token: GET /api/auth/token")
      }
      assert.notInclude((yield* ask(pat.jwt.slice(0, -1))).body.detail, "session token")
    }))

  it.effect("is asked for before anything else of the request is looked at", () =>
    Effect.gen(function*() {
      assertProblem(yield* sendJson("POST", "/api/v1/tasks", "nonsense"), 401, "token_missing")
      assertProblem(yield* send("/api/v1/tasks?limit=0"), 401, "token_missing")
    }))

  it.effect("carries the claims of its session for five minutes, signed with EdDSA", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { kid } = yield* signingKey
      const header = JSON.parse(Buffer.from(pat.jwt.split(".")[0]!, "base64url").toString())
      assert.deepStrictEqual(header, { alg: "EdDSA", kid })
      const { exp, iat, sid, ...claims } = claimsOf(pat.jwt)
      assert.deepStrictEqual(claims as unknown, {
        scope: "tasks:read tasks:write account",
        sub: pat.id,
        iss: "http://todo.test",
        aud: "http://todo.test/api/v1"
      })
      assert.strictEqual(exp! - iat!, 300)
      assert.match(sid, /^[0-9a-f-]{36}$/)
    }))

  it.effect("is refused in the query, in the body and in a cookie", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assertProblem(yield* send(`/api/v1/tasks?access_token=${pat.jwt}`), 401, "token_missing")
      assertProblem(yield* send("/api/v1/tasks", { headers: { cookie: `token=${pat.jwt}` } }), 401, "token_missing")
      assertProblem(yield* sendJson("POST", "/api/v1/tasks", { title: "x", token: pat.jwt }), 401, "token_missing")
    }))

  it.effect("names who asks, whatever else the request says", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      const me = yield* pat.get("/api/v1/me", {
        "x-user-id": sam.id,
        "x-forwarded-user": sam.email,
        cookie: `better-auth.session_token=${sam.session}`
      })
      assert.strictEqual(me.status, 200)
      assert.strictEqual(me.body.id, pat.id)
    }))

  it.effect("dies with its session, on the next request; the session's others live on", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { email, password } = pat
      const signedIn = yield* sendJson("POST", "/api/auth/sign-in/email", { email, password }, origin)
      const second = yield* tokenOf(signedIn.body.token)
      assert.strictEqual((yield* ask(second)).status, 200)
      const out = yield* send("/api/auth/sign-out", {
        method: "POST",
        headers: { ...bearer(signedIn.body.token), ...origin }
      })
      assert.strictEqual(out.status, 200)
      const refused = yield* ask(second)
      assertRefused(refused)
      assert.strictEqual(refused.body.detail, "The session or the token for scripts has ended")
      assertRefused(yield* sendJson("POST", "/api/v1/tasks", { title: "x" }, bearer(second)))
      assert.strictEqual((yield* ask(pat.jwt)).status, 200)
      assert.strictEqual(
        (yield* send("/api/auth/token", { headers: { ...bearer(signedIn.body.token), ...origin } })).status,
        401
      )
    }))
})
