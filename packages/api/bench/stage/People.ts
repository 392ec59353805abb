import { symmetricDecrypt } from "better-auth/crypto"
import { importJWK, type JWK, SignJWT } from "jose"
import { createPublicKey } from "node:crypto"
import type { Client } from "pg"
import { tokenNames } from "../../src/accounts/BetterAuth.ts"
import type { Person } from "../load/Load.ts"
import { publicUrl, secret } from "./settings.ts"

const readKey = async (database: Client) => {
  const { rows: [row] } = await database.query<{ id: string; privateKey: string; publicKey: string }>(
    "SELECT \"id\", \"privateKey\", \"publicKey\" FROM auth.\"jwks\" ORDER BY \"createdAt\" DESC LIMIT 1"
  )
  return row!
}

/** The key that verifies the service's tokens, as PEM. */
export const publicKeyOf = async (database: Client): Promise<string> => {
  const { publicKey } = await readKey(database)
  return createPublicKey({ key: JSON.parse(publicKey), format: "jwk" }).export({ type: "spki", format: "pem" })
    .toString()
}

/**
 * At most `count` of the users of the database, with JWTs that the service's own
 * key has signed: ten thousand sign-ins with a password would take minutes.
 */
export const peopleOf = async (database: Client, count: number): Promise<ReadonlyArray<Person>> => {
  const { id: kid, privateKey } = await readKey(database)
  const jwk = JSON.parse(await symmetricDecrypt({ key: secret, data: JSON.parse(privateKey) as string })) as JWK
  const key = await importJWK(jwk, "EdDSA")
  const { audience, issuer } = tokenNames(publicUrl)
  // Users have random ids: the first are as good as any.
  const { rows } = await database.query<{ sub: string; sid: string; tasks: ReadonlyArray<string> }>(
    `SELECT s."userId" AS sub, s."id" AS sid, array_agg(t.id ORDER BY t.number) FILTER (WHERE t.number <= 1000) AS tasks
      FROM (SELECT * FROM auth."session" ORDER BY "userId" LIMIT $1::integer) s
      JOIN todo.tasks t ON t.user_id = s."userId" GROUP BY 1, 2 ORDER BY 1`,
    [count]
  )
  return Promise.all(rows.map(async ({ sid, sub, tasks }) => ({
    id: sub,
    token: await new SignJWT({ sub, sid, scope: "tasks:read tasks:write account" })
      .setProtectedHeader({ alg: "EdDSA", kid }).setIssuer(issuer).setAudience(audience).setIssuedAt()
      .setExpirationTime("1 day").sign(key),
    tasks
  })))
}
