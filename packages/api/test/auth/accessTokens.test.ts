import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { generateKeyPair, SignJWT } from "jose"
import { createHmac } from "node:crypto"
import { type Answer, assertProblem, bearer, newPerson, origin, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf, compact, forge, signingKey } from "../support/tokens.ts"

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
        assert.strictEqual(answer.headers.get("www-authenticate"), "Bearer realm=\"todo\"")
      }
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

  it.effect("opens the door when forged with the real key and nothing wrong: the cases below differ in one thing each", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assert.strictEqual((yield* ask(yield* forge(pat))).status, 200)
      assert.strictEqual((yield* ask(yield* forge(pat, { header: { typ: "JWT" } }))).status, 200)
    }))

  it.effect("is refused with a claim that is wrong, missing or of another type", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      const now = Math.floor(Date.now() / 1000)
      for (
        const claims of [
          { exp: now - 1 },
          { exp: undefined },
          { exp: String(now + 300) },
          { nbf: now + 60 },
          { nbf: "now" },
          { iat: undefined },
          { iss: "http://evil.test" },
          { iss: undefined },
          { aud: "http://todo.test" },
          { aud: ["http://evil.test"] },
          { aud: undefined },
          { sub: undefined },
          { sub: "" },
          { sub: sam.id },
          { sub: "01980000-0000-7000-8000-000000000000" },
          { sub: "' OR true --" },
          { sid: undefined },
          { sid: "x" },
          { sid: claimsOf(sam.jwt).sid },
          { scope: undefined },
          { scope: ["tasks:read"] }
        ]
      ) {
        assertRefused(yield* ask(yield* forge(pat, { claims })))
      }
    }))

  it.effect("is refused with a header that asks for another key, type or algorithm", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { kid } = yield* signingKey
      for (
        const header of [
          { kid: "01980000-0000-7000-8000-000000000000" },
          { kid: undefined },
          { kid: "../../etc/passwd" },
          { kid: "' OR true --" },
          { typ: "dpop+jwt" },
          { crit: ["exp"], exp: 1 }
        ]
      ) {
        const token = yield* forge(pat, { header }).pipe(Effect.catchDefect(() => Effect.succeed("none")))
        assertRefused(yield* ask(token))
      }
      // A key that the token brings along is not looked at.
      const stranger = yield* Effect.promise(() => generateKeyPair("EdDSA", { extractable: true }))
      const jwk = yield* Effect.promise(() => crypto.subtle.exportKey("jwk", stranger.publicKey))
      for (const extra of [{ jwk }, { jku: "http://evil.test/jwks" }, { x5u: "http://evil.test/cert" }]) {
        const token = yield* Effect.promise(() =>
          new SignJWT(claimsOf(pat.jwt)).setProtectedHeader({ alg: "EdDSA", kid, ...extra }).sign(stranger.privateKey)
        )
        assertRefused(yield* ask(token))
      }
    }))

  it.effect("is refused without a signature, and with one that the public key could make", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { kid, publicJwk } = yield* signingKey
      const claims = claimsOf(pat.jwt)
      const [header, payload, signature] = pat.jwt.split(".") as [string, string, string]
      for (const alg of ["none", "None", "NONE", "nOnE"]) {
        assertRefused(yield* ask(compact({ alg, kid }, claims, "")))
        assertRefused(yield* ask(compact({ alg, kid }, claims, signature)))
      }
      for (const key of [publicJwk.x, Buffer.from(publicJwk.x, "base64url"), JSON.stringify(publicJwk)]) {
        const unsigned = compact({ alg: "HS256", typ: "JWT", kid }, claims, "").slice(0, -1)
        assertRefused(yield* ask(`${unsigned}.${createHmac("sha256", key).update(unsigned).digest("base64url")}`))
      }
      assertRefused(yield* ask(`${header}.${payload}.`))
      assertRefused(yield* ask(`${header}.${payload}`))
      const other = compact({ alg: "EdDSA", kid }, { ...claims, scope: "account" }, signature)
      assertRefused(yield* ask(other))
    }))

  it.effect("is refused in any spelling but its own", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [header, payload, signature] = pat.jwt.split(".") as [string, string, string]
      for (
        const token of [
          `${header}.${payload}.${signature}=`,
          `${header}.${payload}.${signature}==`,
          `${header}.${payload}.${signature.slice(0, 10)} ${signature.slice(10)}`,
          `${header}.${payload}.${signature.slice(0, -1)}`,
          `${header}.${payload}.${signature}.${signature}`,
          "garbage",
          "a.b.c",
          "..",
          pat.session,
          "x".repeat(5000),
          `${header}.${"x".repeat(7000)}.${signature}`
        ]
      ) {
        assertRefused(yield* ask(token))
      }
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
      assert.strictEqual(refused.body.detail, "The session has ended")
      assertRefused(yield* sendJson("POST", "/api/v1/tasks", { title: "x" }, bearer(second)))
      assert.strictEqual((yield* ask(pat.jwt)).status, 200)
      assert.strictEqual(
        (yield* send("/api/auth/token", { headers: { ...bearer(signedIn.body.token), ...origin } })).status,
        401
      )
    }))
})
