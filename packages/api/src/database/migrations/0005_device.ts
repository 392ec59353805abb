import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Sign-ins of devices that wait for approval, as Better Auth's plugin wants
 * them; but what belongs to a user goes with the user.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`CREATE TABLE auth."deviceCode" (
    "id" uuid DEFAULT pg_catalog.gen_random_uuid() NOT NULL PRIMARY KEY,
    "deviceCode" text NOT NULL,
    "userCode" text NOT NULL,
    "userId" uuid REFERENCES auth."user" ("id") ON DELETE CASCADE,
    "expiresAt" timestamptz NOT NULL,
    "status" text NOT NULL,
    "lastPolledAt" timestamptz,
    "pollingInterval" integer,
    "clientId" text,
    "scope" text
  )`
  yield* sql`CREATE UNIQUE INDEX "deviceCode_deviceCode_uidx" ON auth."deviceCode" ("deviceCode")`
  yield* sql`CREATE UNIQUE INDEX "deviceCode_userCode_uidx" ON auth."deviceCode" ("userCode")`
  yield* sql`CREATE INDEX "deviceCode_userId_idx" ON auth."deviceCode" ("userId")`
  yield* sql`CREATE INDEX "deviceCode_expiresAt_idx" ON auth."deviceCode" ("expiresAt")`
})
