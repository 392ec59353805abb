import { symmetricDecrypt } from "better-auth/crypto"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { importJWK, type JWTPayload, SignJWT } from "jose"
import { tokenNames } from "../../src/accounts/BetterAuth.ts"
import { AppConfig } from "../../src/Config.ts"
import type { Person } from "./requests.ts"
import { secret } from "./secret.ts"

/** The key that signs the service's tokens: tests forge with the real one, so that only what they change is wrong. */
export const signingKey = Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  const [row] = yield* sql<{ id: string; privateKey: string; publicKey: string }>`
    SELECT "id", "privateKey", "publicKey" FROM auth."jwks" ORDER BY "createdAt" DESC LIMIT 1`
  const jwk = yield* Effect.promise(() =>
    symmetricDecrypt({ key: secret, data: JSON.parse(row!.privateKey) as string })
  )
  return {
    kid: row!.id,
    publicJwk: JSON.parse(row!.publicKey) as { readonly x: string },
    privateKey: yield* Effect.promise(() =>
      importJWK(JSON.parse(jwk) as Record<string, string>, "EdDSA", { extractable: true })
    )
  }
})

/** The claims of a token, without looking at its signature. */
export const claimsOf = (token: string): JWTPayload & { readonly sid: string } =>
  JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString())

/** A token for `person`, right in all but what is given here. */
export const forge = Effect.fn("forge")(function*(
  person: Person,
  change: { readonly claims?: Record<string, unknown>; readonly header?: Record<string, unknown> } = {}
) {
  const { kid, privateKey } = yield* signingKey
  const { publicUrl } = yield* AppConfig
  const { audience, issuer } = tokenNames(publicUrl)
  const now = Math.floor(Date.now() / 1000)
  const payload = {
    sub: person.id,
    sid: claimsOf(person.jwt).sid,
    scope: "tasks:read tasks:write account",
    iat: now,
    exp: now + 300,
    iss: issuer,
    aud: audience,
    ...change.claims
  }
  return yield* Effect.promise(() =>
    new SignJWT(payload as JWTPayload).setProtectedHeader({ alg: "EdDSA", kid, ...change.header }).sign(privateKey)
  )
})
