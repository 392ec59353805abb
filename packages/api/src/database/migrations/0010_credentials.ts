import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * What was granted before a change of password or address is not good after it (docs/adr/0022). A counter of the user
 * moves in the statement that changes either, and takes along all that was granted; whatever grants something says
 * which count it is based on, and is refused in its own statement where that has moved.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient

  yield* sql`ALTER TABLE auth."user" ADD COLUMN credentials integer NOT NULL DEFAULT 0`
  // Sessions state the count they are based on. No default: who forgets it is refused.
  yield* sql`ALTER TABLE auth."session"
    ADD COLUMN "credentials" integer NOT NULL DEFAULT 0,
    ADD COLUMN "approvedBy" uuid`
  yield* sql`ALTER TABLE auth."session" ALTER COLUMN "credentials" DROP DEFAULT`
  // What a session has approved goes with it.
  yield* sql`ALTER TABLE auth."deviceCode"
    ADD COLUMN "credentials" integer,
    ADD COLUMN "approvedBy" uuid REFERENCES auth."session" ("id") ON DELETE CASCADE`
  yield* sql`CREATE INDEX "deviceCode_approvedBy_idx" ON auth."deviceCode" ("approvedBy")`
  // Nobody knows by whom these were approved.
  yield* sql`DELETE FROM auth."deviceCode" WHERE "userId" IS NOT NULL`
  // Codes of mails are no rows any more (accounts/MailCodes.ts).
  yield* sql`DELETE FROM auth."verification"`
})
