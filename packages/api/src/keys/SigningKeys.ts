import { symmetricEncrypt } from "better-auth/crypto"
import type { Jwk } from "better-auth/plugins"
import { Clock, Context, Duration, Effect, Layer, Redacted } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import { exportJWK, generateKeyPair } from "jose"
import { Secret } from "../Secret.ts"

/** A key pair as Better Auth's `jwt` plugin stores it: the public half as JWK, the private half encrypted. */
export type SigningKey = Jwk

/** Any number, but the same one in every release: replicas that want a new key queue on it. */
const keyLock = 7_460_312

/** A key signs only when it is this old: by then every replica has read it, and knows it when it meets its tokens. */
export const publishedBefore = Duration.minutes(3)
/** How often a replica reads the keys anew. */
export const readEvery = Duration.minutes(1)
/** A key is kept this long after another has taken over: no token of it is valid then (they last an hour at most). */
const keptAfter = Duration.hours(2)

/**
 * The keys that sign JWTs, in the database, and in memory: Better Auth asks for
 * them on every signature and every verification needs them.
 */
export class SigningKeys extends Context.Service<SigningKeys, {
  /** As last read: all that verify. */
  readonly all: Effect.Effect<ReadonlyArray<SigningKey>>
  /** The same for Better Auth, which publishes all and signs with the one that seems newest to it. */
  readonly forSigning: Effect.Effect<Array<SigningKey>>
  /** Reads them again: another replica may have made one. */
  readonly reload: Effect.Effect<void, SqlError.SqlError>
  /**
   * Makes a key unless the newest is younger than `age`; several replicas that
   * ask at once get one. Removes keys that nobody needs any more.
   */
  renew(age: Duration.Duration): Effect.Effect<void, SqlError.SqlError>
}>()("todo/api/keys/SigningKeys") {
  static readonly layer = Layer.effect(
    SigningKeys,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const secret = Redacted.value(yield* Secret)
      const clock = yield* Clock.Clock
      let known: ReadonlyArray<SigningKey> = []

      const reload = Effect.map(
        sql<SigningKey>`SELECT "id", "publicKey", "privateKey", "createdAt", "alg", "crv"
          FROM auth."jwks" ORDER BY "createdAt" DESC`,
        (keys) => {
          known = keys
        }
      )

      const renew = Effect.fn("SigningKeys.renew")(function*(age: Duration.Duration) {
        const key = yield* Effect.promise(() => makeKey(secret))
        yield* sql.withTransaction(Effect.gen(function*() {
          yield* sql`SELECT pg_advisory_xact_lock(${keyLock})`
          yield* sql`INSERT INTO auth."jwks" ("publicKey", "privateKey", "createdAt", "alg", "crv")
            SELECT ${key.publicKey}, ${key.privateKey}, clock_timestamp(), 'EdDSA', 'Ed25519'
            WHERE NOT EXISTS (
              SELECT FROM auth."jwks" WHERE "createdAt" > clock_timestamp() - make_interval(secs => ${
            Duration.toSeconds(age)
          })
            )`
          yield* sql`DELETE FROM auth."jwks" old WHERE EXISTS (
            SELECT FROM auth."jwks" newer WHERE newer."createdAt" > old."createdAt"
              AND newer."createdAt" < clock_timestamp() - make_interval(secs => ${Duration.toSeconds(keptAfter)})
          )`
        }))
        yield* reload
      })

      yield* reload
      // Not renew: a key that is there, however old, is as good as it was before the start.
      if (known.length === 0) yield* renew(keptAfter)

      return SigningKeys.of({
        all: Effect.sync(() => known),
        forSigning: Effect.sync(() => {
          const latest = clock.currentTimeMillisUnsafe() - Duration.toMillis(publishedBefore)
          const ready = known.some((key) => key.createdAt.getTime() <= latest)
          return known.map((key) =>
            // A key that is too young is shown as the oldest, unless there are none but young ones.
            ready && key.createdAt.getTime() > latest ? { ...key, createdAt: new Date(0) } : { ...key }
          )
        }),
        reload,
        renew
      })
    })
  )
}

/** A new Ed25519 pair, its private half encrypted as Better Auth does it. */
const makeKey = async (secret: string) => {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true })
  const data = JSON.stringify(await exportJWK(privateKey))
  return {
    publicKey: JSON.stringify(await exportJWK(publicKey)),
    privateKey: JSON.stringify(await symmetricEncrypt({ key: secret, data }))
  }
}
