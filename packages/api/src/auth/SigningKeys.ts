import type { Jwk } from "better-auth/plugins"
import { Context, DateTime, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"

/** A key pair as Better Auth's `jwt` plugin stores it: the public half as JWK, the private half encrypted. */
export type SigningKey = Jwk

/** Any number, but the same one in every release: replicas that want a first key queue on it. */
const keyLock = 7_460_312

/**
 * The keys that sign JWTs, in the database, and in memory: Better Auth asks for
 * them on every signature and every verification needs them.
 */
export class SigningKeys extends Context.Service<SigningKeys, {
  /** As last read. */
  readonly all: Effect.Effect<ReadonlyArray<SigningKey>>
  /** Reads them again: another replica may have made one. */
  readonly reload: Effect.Effect<ReadonlyArray<SigningKey>>
  /** Stores a key, unless another replica was faster: then answers that one. */
  add(key: Omit<SigningKey, "id">): Effect.Effect<SigningKey>
}>()("todo/api/auth/SigningKeys") {
  static readonly layer = Layer.effect(
    SigningKeys,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      let known: ReadonlyArray<SigningKey> = []

      const read = sql<SigningKey>`SELECT "id", "publicKey", "privateKey", "createdAt", "alg", "crv"
        FROM auth."jwks" ORDER BY "createdAt" DESC`

      const reload = Effect.map(read, (keys) => known = keys).pipe(Effect.orDie)

      const add = Effect.fn("SigningKeys.add")(function*(key: Omit<SigningKey, "id">) {
        const now = DateTime.toDateUtc(yield* DateTime.now)
        yield* sql.withTransaction(Effect.gen(function*() {
          yield* sql`SELECT pg_advisory_xact_lock(${keyLock})`
          yield* sql`INSERT INTO auth."jwks" ("publicKey", "privateKey", "createdAt", "alg", "crv")
            SELECT ${key.publicKey}, ${key.privateKey}, ${now}::timestamptz, ${key.alg ?? null}, ${key.crv ?? null}
            WHERE NOT EXISTS (SELECT FROM auth."jwks")`
        }))
        return (yield* reload)[0]!
      }, Effect.orDie)

      yield* reload
      return SigningKeys.of({ all: Effect.sync(() => known), reload, add })
    })
  )
}
