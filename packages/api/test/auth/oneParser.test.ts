import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { operations } from "../isolation/Operations.ts"
import { newDevice } from "../support/devices.ts"
import { type Answer, assertProblem, bearer, newPerson, origin, send, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

/** The operations below `/api/auth` that take JSON, and an example of what they take. */
const taking = operations.flatMap(({ example, group, method, name, path }) => {
  if (!path.startsWith("/api/auth") || method !== "POST") return []
  const { body } = example()
  return body === undefined
    ? []
    : [{ name, path, isOAuth: group === "device", body: body.value as Record<string, unknown> }]
})
/** Every member that any of them takes. */
const members = Object.assign({}, ...taking.map(({ body }) => body)) as Record<string, unknown>

/** Refused for what it is, before anything was done with it. */
const assertRefused = (answer: Answer, isOAuth: boolean) => {
  assert.strictEqual(answer.status, 400, answer.text)
  assert.strictEqual(answer.body.code, isOAuth ? "invalid_request" : "VALIDATION_ERROR", answer.text)
  assert.isAbove(answer.body.detail.length, 0)
  if (isOAuth) assert.strictEqual(answer.body.error, "invalid_request")
  else assert.strictEqual(answer.body.message, answer.body.detail)
}

suite("what is sent below /api/auth", (it) => {
  for (const { body, isOAuth, name, path } of taking) {
    const ask = (value: unknown, session: string) => sendJson("POST", path, value, { ...origin, ...bearer(session) })

    it.effect(`${name} takes no text that is none, and no member that is no text`, () =>
      Effect.gen(function*() {
        const { session } = yield* newPerson
        for (const member of Object.keys(body)) {
          for (const odd of [null, 5, true, ["a\nb"], { a: 1 }, "a\u0000b", "a\ud800b", "x".repeat(3000)]) {
            if (member === "revokeOtherSessions" && odd === true) continue
            assertRefused(yield* ask({ ...body, [member]: odd }, session), isOAuth)
          }
        }
        for (const odd of [null, [], 5, "text", true]) assertRefused(yield* ask(odd, session), isOAuth)
        for (const odd of ["", "{", Buffer.from("{\"a\":\"caf\xe9\"}", "latin1")]) {
          assertRefused(yield* ask(odd, session), isOAuth)
        }
      }))

    if (isOAuth && name !== "device.approve" && name !== "device.deny") continue
    it.effect(`${name} takes no member of another operation`, () =>
      Effect.gen(function*() {
        const { session } = yield* newPerson
        for (const [member, value] of Object.entries({ ...members, id: "x", role: "admin", emailVerified: true })) {
          if (member in body || takes(name, member)) continue
          const answer = yield* ask({ ...body, [member]: value }, session)
          assertRefused(answer, isOAuth)
          assert.include(answer.text, member)
        }
      }))
  }

  it.effect("with a cookie, but without the page that sent it, changes nothing", () =>
    Effect.gen(function*() {
      const { email, password } = yield* newPerson
      const { headers } = yield* sendJson("POST", "/api/auth/sign-in/email", { email, password }, origin)
      const cookie = headers.getSetCookie().map((one) => one.split(";", 1)[0]).join("; ")
      const withCookie = (path: string, body: unknown) => sendJson("POST", path, body, { cookie })
      for (const { body, isOAuth, path } of taking) {
        if (!isOAuth) assertProblem(yield* withCookie(path, { ...body, email }), 403, "MISSING_OR_NULL_ORIGIN")
      }
      assertProblem(yield* withCookie("/api/auth/sign-out", {}), 403, "MISSING_OR_NULL_ORIGIN")
      assert.strictEqual((yield* send("/api/auth/get-session", { headers: { cookie } })).body.user.email, email)
    }))

  it.effect("sets no name and no picture that is none", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const update = (body: unknown) =>
        sendJson("POST", "/api/auth/update-user", body, { ...bearer(pat.session), ...origin })
      for (const name of [["a"], ["y".repeat(900)], { a: 1 }, 5, null]) {
        assertProblem(yield* update({ name }), 400, "VALIDATION_ERROR")
      }
      for (const image of ["javascript:alert(1)", "data:text/html,x", "x"]) {
        assertProblem(yield* update({ image }), 400, "INVALID_IMAGE")
      }
      assertProblem(yield* update({}), 400, "VALIDATION_ERROR")
      assert.strictEqual((yield* pat.get("/api/v1/me")).body.name, pat.name)
      assert.strictEqual((yield* update({ image: "https://example.com/pat.png" })).status, 200)
      assert.strictEqual((yield* update({ image: null })).status, 200)
    }))

  it.effect("is what the query says, once, and nothing of it is 500", () =>
    Effect.gen(function*() {
      const { userCode } = yield* newDevice()
      for (
        const query of [
          "/verify-email?token=a&token=b",
          "/verify-email?token=%00",
          "/verify-email?token=x&callbackURL=a&callbackURL=b",
          "/jwks?x=1",
          "/token?x=1",
          "/get-session?disableRefresh=perhaps"
        ]
      ) {
        const answer = yield* send(`/api/auth${query}`, { headers: origin })
        assertProblem(answer, 400, "VALIDATION_ERROR")
        assert.strictEqual(answer.body.message, answer.body.detail)
      }
      for (const query of ["", "?user_code=%00", `?user_code=${userCode}&user_code=${userCode}`, "?user_code="]) {
        const answer = yield* send(`/api/auth/device${query}`, { headers: origin })
        assert.deepStrictEqual([answer.status, answer.body.error], [400, "invalid_request"], query)
      }
      // What gateways add to the links of mails is no matter.
      for (const query of ["", "?token=x", "?token=x&utm_source=mail&fbclid=y"]) {
        const { headers, status } = yield* send(`/api/auth/verify-email${query}`)
        assert.strictEqual(status, 303)
        assert.match(headers.get("location")!, /^\/verify-email\?token=x?$/)
      }
    }))

  it.effect("names nobody: a member that says who somebody is changes nothing", () =>
    Effect.gen(function*() {
      const [pat, sam] = [yield* newPerson, yield* newPerson]
      const sql = yield* SqlClient.SqlClient
      for (const name of ["userId", "user_id", "id"]) {
        const answer = yield* sendJson("POST", "/api/auth/update-user", { name: "Taken over", [name]: sam.id }, {
          ...bearer(pat.session),
          ...origin
        })
        assertProblem(answer, 400, "VALIDATION_ERROR")
      }
      const [row] = yield* sql<{ name: string }>`SELECT "name" FROM auth."user" WHERE "id" = ${sam.id}::uuid`
      assert.strictEqual(row!.name, sam.name)
    }))
})

/** What an operation takes beyond its example. */
const optional: Record<string, ReadonlyArray<string>> = {
  "auth.signUp": ["image", "callbackURL", "rememberMe"],
  "auth.signIn": ["callbackURL", "rememberMe"],
  "account.changeName": ["image"],
  "account.changePassword": ["revokeOtherSessions"],
  "account.changeEmail": ["callbackURL"],
  "account.requestPasswordReset": ["redirectTo"],
  "account.requestVerification": ["callbackURL"]
}
const takes = (name: string, member: string) => optional[name]?.includes(member) === true
