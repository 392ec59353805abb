import { assert } from "@effect/vitest"
import { hashSync } from "@node-rs/argon2"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { Passwords } from "../../src/accounts/Passwords.ts"
import { assertProblem, bearer, origin, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const composed = "caf\u00e9 horse battery"
const decomposed = "cafe\u0301 horse battery"
/** With a ligature, as no other keyboard makes it. */
const odd = "\ufb01ve cafe\u0301s a day"

const newEmail = () => `typed-${crypto.randomUUID()}@example.com`
const signUp = (email: string, password: string) =>
  sendJson("POST", "/api/auth/sign-up/email", { name: "Pat", email, password }, origin)
const signIn = (email: string, password: string) =>
  sendJson("POST", "/api/auth/sign-in/email", { email, password }, origin)

suite("a password", (it) => {
  it.effect("opens what it closed, however the keyboard makes its letters", () =>
    Effect.gen(function*() {
      for (const [first, second] of [[composed, decomposed], [decomposed, composed]] as const) {
        const email = newEmail()
        const { body } = yield* signUp(email, first)
        assert.strictEqual((yield* signIn(email, second)).status, 200)
        assert.strictEqual((yield* signIn(email, first)).status, 200)
        assertProblem(yield* signIn(email, "cafe horse battery"), 401, "INVALID_EMAIL_OR_PASSWORD")
        const change = { currentPassword: second, newPassword: odd }
        const changed = yield* sendJson("POST", "/api/auth/change-password", change, {
          ...origin,
          ...bearer(body.token)
        })
        assert.strictEqual(changed.status, 200)
        assert.strictEqual((yield* signIn(email, odd.normalize("NFKC"))).status, 200)
      }
    }))

  it.effect("set before that was so opens its account as it was typed then", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const email = newEmail()
      const { body } = yield* signUp(email, composed)
      yield* sql`UPDATE auth."account" SET "password" = ${hashSync(odd)} WHERE "userId" = ${body.user.id}`
      assert.strictEqual((yield* signIn(email, odd)).status, 200)
      assertProblem(yield* signIn(email, composed), 401, "INVALID_EMAIL_OR_PASSWORD")
    }))

  it.effect("has 8 to 128 characters, as people count them", () =>
    Effect.gen(function*() {
      const pat = yield* signUp(newEmail(), composed)
      const asPat = { ...origin, ...bearer(pat.body.token) }
      for (
        const [password, code] of [
          ["🐴".repeat(4), "PASSWORD_TOO_SHORT"],
          ["e\u0301".repeat(7), "PASSWORD_TOO_SHORT"],
          ["🐴".repeat(129), "PASSWORD_TOO_LONG"],
          ["a".repeat(2048), "PASSWORD_TOO_LONG"],
          ["a".repeat(2049), "VALIDATION_ERROR"]
        ] as const
      ) {
        assertProblem(yield* signUp(newEmail(), password), 400, code)
        const change = { currentPassword: composed, newPassword: password }
        assertProblem(yield* sendJson("POST", "/api/auth/change-password", change, asPat), 400, code)
        const reset = { token: "a code of a mail", newPassword: password }
        assertProblem(yield* sendJson("POST", "/api/auth/reset-password", reset, origin), 400, code)
      }
      for (const password of ["🐴".repeat(8), "🐴".repeat(128)]) {
        const email = newEmail()
        assert.strictEqual((yield* signUp(email, password)).status, 200)
        assert.strictEqual((yield* signIn(email, password)).status, 200)
      }
      assertProblem(yield* signIn(newEmail(), "a".repeat(2049)), 400, "VALIDATION_ERROR")
    }))

  it.effect("takes as long for an account that there is as for one that there is not", () =>
    Effect.gen(function*() {
      const { hash, verify } = yield* Passwords.make
      const known = yield* Effect.promise(() => hash(composed))
      const millis = (work: () => Promise<unknown>) =>
        Effect.promise(async () => {
          // The thread rests after the one before, more or less.
          await new Promise((resolve) => setTimeout(resolve, 50))
          const startedAt = performance.now()
          await work()
          return performance.now() - startedAt
        })
      // Also one that is right: whether an account waits for its confirmation is nobody's business.
      for (const typed of ["a bad guess", "a bad gue\u0301ss", decomposed]) {
        const [absent, present]: [Array<number>, Array<number>] = [[], []]
        const ratio = () => Math.min(...absent) / Math.min(...present)
        const isEven = () => ratio() > 0.65 && ratio() < 1.5
        // A busy machine takes longer to have left each alone once.
        for (let time = 0; time < 20 || (time < 100 && !isEven()); time++) {
          absent.push(yield* millis(() => hash(typed)))
          present.push(yield* millis(() => verify({ hash: known, password: typed })))
        }
        assert.isTrue(isEven(), String(ratio()))
      }
    }), 240_000)
})
