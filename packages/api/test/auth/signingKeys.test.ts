import { assert, layer } from "@effect/vitest"
import { Context, Duration, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"
import { SigningKeys } from "../../src/keys/SigningKeys.ts"
import { newDatabase } from "../support/newDatabase.ts"
import { assertProblem, bearer, newPerson, send, tokenOf } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

/** The keys are the whole service's: this suite has a database of its own. */
const variables: Record<string, string> = inject("database") === "PGlite"
  ? {}
  : { DATABASE_URL: (await newDatabase()).href }

/** The keys as another replica holds them. */
const replica = Effect.map(
  Layer.build(Layer.fresh(SigningKeys.layer)),
  (context) => Context.get(context, SigningKeys)
)

const age = (interval: string) =>
  Effect.flatMap(
    SqlClient.SqlClient,
    (sql) => sql`UPDATE auth."jwks" SET "createdAt" = "createdAt" - ${interval}::interval`
  )

const signerOf = (keys: SigningKeys["Service"]) =>
  Effect.map(keys.forSigning, (all) => all.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())[0]!.id)

const idsOf = (keys: SigningKeys["Service"]) => Effect.map(keys.all, (all) => all.map((key) => key.id))

layer(TestService.layerWith(variables), { excludeTestServices: true })("signing keys", (it) => {
  it.effect("rotate with overlap: published first, used when every replica has read them, kept until no token needs them", () =>
    Effect.gen(function*() {
      const one = yield* replica
      const two = yield* replica
      const [old] = yield* idsOf(one)
      assert.deepStrictEqual(yield* idsOf(two), [old])

      // Several replicas that ask at once get one new key.
      yield* age("1 hour")
      yield* Effect.all([one.renew(Duration.minutes(30)), two.renew(Duration.minutes(30))], { concurrency: 2 })
      yield* one.reload
      const [fresh, ...others] = yield* idsOf(one)
      assert.deepStrictEqual(others, [old])
      assert.deepStrictEqual(yield* idsOf(two), [fresh, old])
      assert.strictEqual(yield* signerOf(one), old)

      yield* age("4 minutes")
      yield* one.reload
      assert.strictEqual(yield* signerOf(one), fresh)
      assert.deepStrictEqual(yield* idsOf(one), [fresh, old])

      yield* one.renew(Duration.days(1))
      assert.deepStrictEqual(yield* idsOf(one), [fresh, old])
      yield* age("2 hours")
      yield* one.renew(Duration.days(1))
      assert.deepStrictEqual(yield* idsOf(one), [fresh])
    }))

  it.effect("verify each other's tokens, also those of a key that this replica has not read yet", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const other = yield* replica
      yield* other.renew(Duration.zero)
      assert.strictEqual((yield* pat.get("/api/v1/tasks")).status, 200)
      const again = yield* tokenOf(pat.session)
      assert.strictEqual((yield* send("/api/v1/tasks", { headers: bearer(again) })).status, 200)
      assertProblem(yield* send("/api/v1/tasks", { headers: bearer(`${again}x`) }), 401, "token_invalid")
    }))
})
