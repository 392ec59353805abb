import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, bearer, newPerson, origin, type Person, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"

suite("/api/v1/sessions", (it) => {
  const signInAgain = (person: Person, userAgent: string) =>
    Effect.gen(function*() {
      const { email, password } = person
      const answer = yield* sendJson("POST", "/api/auth/sign-in/email", { email, password }, {
        ...origin,
        "user-agent": userAgent
      })
      return yield* tokenOf(answer.body.token)
    })

  it.effect("lists where the user is signed in, says which one asks, and shows no token", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const phone = yield* signInAgain(pat, "Phone/1.0")
      const answer = yield* send("/api/v1/sessions", { headers: bearer(phone) })
      assert.strictEqual(answer.status, 200)
      const { items } = answer.body
      assert.sameMembers(items.map((item: { id: string }) => item.id), [claimsOf(pat.jwt).sid, claimsOf(phone).sid])
      const [mine] = items.filter((item: { current: boolean }) => item.current)
      assert.strictEqual(mine.id, claimsOf(phone).sid)
      assert.strictEqual(mine.userAgent, "Phone/1.0")
      assert.match(mine.ipAddress, /127\.0\.0\.1/)
      assert.notInclude(answer.text, pat.session)
    }))

  it.effect("ends one: its JWT is dead on the next request, the others live", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const phone = yield* signInAgain(pat, "Phone/1.0")
      const path = `/api/v1/sessions/${claimsOf(phone).sid}`
      assert.strictEqual((yield* pat.json("DELETE", path, "")).status, 204)
      assertProblem(yield* send("/api/v1/tasks", { headers: bearer(phone) }), 401, "token_invalid")
      assert.strictEqual((yield* pat.get("/api/v1/tasks")).status, 200)
      assertProblem(yield* pat.json("DELETE", path, ""), 404, "session_not_found")
    }))

  it.effect("ends all others, and only the user's own", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      const others = [yield* signInAgain(pat, "a"), yield* signInAgain(pat, "b")]
      const ended = yield* pat.json("DELETE", "/api/v1/sessions", "")
      assert.deepStrictEqual(ended.body, { ended: 2 })
      for (const jwt of others) assert.strictEqual((yield* send("/api/v1/tasks", { headers: bearer(jwt) })).status, 401)
      assert.strictEqual((yield* pat.get("/api/v1/tasks")).status, 200)
      assert.strictEqual((yield* sam.get("/api/v1/tasks")).status, 200)
      assert.deepStrictEqual((yield* pat.json("DELETE", "/api/v1/sessions", "")).body, { ended: 0 })
    }))

  it.effect("can end the very session that asks", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assert.strictEqual((yield* pat.json("DELETE", `/api/v1/sessions/${claimsOf(pat.jwt).sid}`, "")).status, 204)
      assertProblem(yield* pat.get("/api/v1/sessions"), 401, "token_invalid")
    }))
})
