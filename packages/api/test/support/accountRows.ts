import { Effect } from "effect"
import { randomUUID } from "node:crypto"
import { recordSecrets } from "./Secrets.ts"
import { TestService } from "./TestService.ts"

/** The password of whoever the tests sign up. */
export const password = "correct horse battery"

/** Whose account it is. */
export interface Owner {
  readonly name: string
  readonly email: string
}

/**
 * Writes the rows that signing up leaves, with `hash` in the place of a password hashed anew: that is slow on purpose
 * and, on a machine that does something else too, waits for it.
 */
export const writeAccount = Effect.fn("writeAccount")(function*({ email, name }: Owner, hash: string) {
  const { sql } = yield* TestService
  recordSecrets(name, email, password)
  const [user] = yield* Effect.orDie(sql<{ readonly id: string }>`
    INSERT INTO auth."user" ("name", "email", "emailVerified") VALUES (${name}, ${email}, false) RETURNING "id"`)
  const { id } = user!
  yield* Effect.orDie(sql`
    INSERT INTO auth."account" ("accountId", "providerId", "userId", "password", "updatedAt")
    VALUES (${id}, 'credential', ${id}, ${hash}, now())`)
  return id
})

/** Writes the row of another session of the user's, as a sign-in does, and answers its token. */
export const writeSession = Effect.fn("writeSession")(function*(userId: string) {
  const { sql } = yield* TestService
  const token = randomUUID().replaceAll("-", "")
  yield* Effect.orDie(sql`
    INSERT INTO auth."session" ("userId", "token", "expiresAt", "updatedAt", "ipAddress", "userAgent", "credentials")
    SELECT "id", ${token}, now() + interval '30 days', now(), '127.0.0.1', 'node', credentials
    FROM auth."user" WHERE "id" = ${userId}::uuid`)
  return token
})

/** The hash of the user's password, as the service has made it. */
export const hashOf = Effect.fn("hashOf")(function*(userId: string) {
  const { sql } = yield* TestService
  const [account] = yield* Effect.orDie(sql<{ readonly password: string }>`
    SELECT "password" FROM auth."account" WHERE "userId" = ${userId}::uuid`)
  return account!.password
})
