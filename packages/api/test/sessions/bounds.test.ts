import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { assertProblem, bearer, newPerson, origin, type Person, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"

const signIn = ({ email, password }: Person, headers: Record<string, string> = {}) =>
  sendJson("POST", "/api/auth/sign-in/email", { email, password }, { ...origin, ...headers })

/** Sessions that were used a day ago, and before. */
const insert = (person: Person, count: number) =>
  Effect.flatMap(
    SqlClient.SqlClient,
    (sql) =>
      sql`INSERT INTO auth."session" ("expiresAt", "token", "updatedAt", "userId", "credentials")
      SELECT now() + interval '1 day', gen_random_uuid()::text, now() - make_interval(days => n), ${person.id}::uuid, 0
      FROM generate_series(1, ${count}::int) n`
  )

const listOf = (jwt: string) => Effect.map(send("/api/v1/sessions", { headers: bearer(jwt) }), ({ body }) => body.items)

suite("the sessions of one user", (it) => {
  it.effect("are 100 at the most: the least recently used ends when another begins", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const sam = yield* newPerson
      yield* sql`UPDATE auth."session" SET "updatedAt" = now() - interval '1 hour' WHERE "userId" = ${pat.id}::uuid`
      yield* insert(pat, 99)
      const before: ReadonlyArray<{ id: string }> = yield* listOf(pat.jwt)
      assert.lengthOf(before, 100)
      const jwt = yield* tokenOf((yield* signIn(pat)).body.token)
      const after: ReadonlyArray<{ id: string; current: boolean }> = yield* listOf(jwt)
      assert.deepStrictEqual(
        after.map(({ id }) => id),
        [claimsOf(jwt).sid, ...before.slice(0, 99).map(({ id }) => id)]
      )
      assert.lengthOf(yield* listOf(pat.jwt), 100)
      // A session of nobody's use: the one that signed up is the next to go.
      yield* sql`UPDATE auth."session" SET "updatedAt" = now() - interval '1 year' WHERE "id" = ${
        claimsOf(pat.jwt).sid
      }::uuid`
      assert.strictEqual((yield* signIn(pat)).status, 200)
      assertProblem(yield* pat.get("/api/v1/sessions"), 401, "token_invalid")
      assert.lengthOf(yield* listOf(jwt), 100)
      assert.lengthOf(yield* listOf(sam.jwt), 1)
    }))

  it.effect("are no more when many sign in at once, and all of them get in", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* insert(pat, 90)
      const answers = yield* Effect.all(Array.from({ length: 30 }, () => signIn(pat)), { concurrency: "unbounded" })
      assert.deepStrictEqual(answers.map(({ status }) => status), Array.from({ length: 30 }, () => 200))
      const jwt = yield* tokenOf(answers[29]!.body.token)
      const listed: ReadonlyArray<{ id: string }> = yield* listOf(jwt)
      assert.lengthOf(listed, 100)
      const live = yield* Effect.forEach(answers, ({ body }) =>
        Effect.map(tokenOf(body.token), (jwt) => claimsOf(jwt).sid))
      assert.includeMembers(
        listed.map(({ id }) =>
          id
        ),
        live
      )
    }))

  it.effect("end as many at once as there are too many, beside others that end and are used", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* insert(pat, 100)
      const ending = Effect.forEach(Array.from({ length: 20 }), (_, n) =>
        n % 2 === 0
          ? sql`UPDATE auth."session" SET "expiresAt" = now() + interval '2 days' WHERE "userId" = ${pat.id}::uuid`
          : sql`DELETE FROM auth."session" WHERE "userId" = ${pat.id}::uuid AND "updatedAt" < now() - interval '50 days'`)
      const signingIn = Effect.all(Array.from({ length: 20 }, () => signIn(pat)), { concurrency: "unbounded" })
      const [answers] = yield* Effect.all([signingIn, ending], { concurrency: 2 })
      assert.isTrue(answers.every(({ status }) => status === 200))
      assert.isAtMost((yield* listOf(pat.jwt)).length, 100)
    }))

  it.effect("say what made them in 200 characters, however they are made", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const jwt = yield* tokenOf((yield* signIn(pat, { "user-agent": "x".repeat(10_000) })).body.token)
      const [{ userAgent }] = (yield* listOf(jwt)).filter(({ current }: { current: boolean }) => current)
      assert.strictEqual(userAgent, "x".repeat(200))
      const [made] =
        yield* sql`INSERT INTO auth."session" ("expiresAt", "token", "updatedAt", "userId", "credentials", "userAgent", "ipAddress")
        VALUES (now(), ${crypto.randomUUID()}, now(), ${pat.id}::uuid, 0, ${"ä".repeat(300)}, ${"1".repeat(300)})
        RETURNING "userAgent", "ipAddress"`
      assert.deepStrictEqual(made, { userAgent: "ä".repeat(200), ipAddress: "1".repeat(64) })
    }))
})
