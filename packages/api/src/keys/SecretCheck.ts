import { symmetricDecrypt } from "better-auth/crypto"
import { Effect, Schema } from "effect"
import { SqlClient } from "effect/sql"

/** The keys in the database were encrypted with another secret. */
export class WrongSecret extends Schema.TaggedError<WrongSecret>()("WrongSecret", { message: Schema.String }) {}

/**
 * Fails with `WrongSecret`, and this advice, unless `secret` opens the newest
 * signing key, if there is one. Asked before a start changes anything: the
 * replicas that have the right secret go on.
 */
export const assertSecret = Effect.fn("assertSecret")(function*(
  secret: string,
  { advice, name }: { readonly name: string; readonly advice: string }
) {
  const sql = yield* SqlClient.SqlClient
  const [key] = yield* sql<{ privateKey: string }>`
    SELECT "privateKey" FROM auth."jwks" ORDER BY "createdAt" DESC LIMIT 1`
  if (key === undefined) return
  yield* Effect.tryPromise({
    try: () => symmetricDecrypt({ key: secret, data: JSON.parse(key.privateKey) as string }),
    catch: () =>
      new WrongSecret({
        message: `${name} is not the one that this database's signing keys were encrypted with: ${advice}`
      })
  })
})

/** Forgets the signing keys, which end with the secret that they were encrypted with; others are made. */
export const forgetSigningKeys = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`DELETE FROM auth."jwks"`
})
