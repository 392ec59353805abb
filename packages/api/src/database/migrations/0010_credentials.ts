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
  // Codes of mails are no rows any more (auth/MailCodes.ts).
  yield* sql`DELETE FROM auth."verification"`
  yield* sql`DROP FUNCTION todo.prove_address(uuid)`

  // Whoever changes credentials, or grants something, has the user's row locked (FOR NO KEY UPDATE, as UPDATE does)
  // before anything else of the user's: who comes second waits, and sees what the first has done.
  yield* sql`CREATE FUNCTION auth.move_credentials() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      UPDATE auth."user" u SET credentials = u.credentials + 1 WHERE u."id" = NEW."userId";
      RETURN NULL;
    END $$`
  yield* sql`CREATE TRIGGER password_changed AFTER UPDATE ON auth."account" FOR EACH ROW
    WHEN (OLD."password" IS DISTINCT FROM NEW."password") EXECUTE FUNCTION auth.move_credentials()`

  yield* sql`CREATE FUNCTION auth.move_with_address() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      NEW.credentials := OLD.credentials + 1;
      RETURN NEW;
    END $$`
  yield* sql`CREATE TRIGGER address_changed BEFORE UPDATE ON auth."user" FOR EACH ROW
    WHEN (OLD."email" IS DISTINCT FROM NEW."email") EXECUTE FUNCTION auth.move_with_address()`

  // Device codes that the user has approved go with the sessions that approved them.
  yield* sql`CREATE FUNCTION auth.withdraw_grants() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      DELETE FROM auth."session" s WHERE s."userId" = NEW."id" AND s."credentials" < NEW.credentials;
      RETURN NULL;
    END $$`
  yield* sql`CREATE TRIGGER credentials_moved AFTER UPDATE ON auth."user" FOR EACH ROW
    WHEN (OLD.credentials IS DISTINCT FROM NEW.credentials) EXECUTE FUNCTION auth.withdraw_grants()`

  yield* sql`CREATE FUNCTION auth.compare_credentials() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = NEW."userId" AND u.credentials = NEW."credentials" FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'the credentials have changed' USING ERRCODE = 'TD001';
      END IF;
      IF NEW."approvedBy" IS NOT NULL THEN
        PERFORM FROM auth."session" s WHERE s."id" = NEW."approvedBy" AND s."userId" = NEW."userId" FOR KEY SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the session that approved has ended' USING ERRCODE = 'TD001';
        END IF;
      END IF;
      RETURN NEW;
    END $$`
  yield* sql`CREATE TRIGGER compare_credentials BEFORE INSERT ON auth."session" FOR EACH ROW
    EXECUTE FUNCTION auth.compare_credentials()`

  // A session that was asked to be short stays so, whoever renews it.
  yield* sql`CREATE FUNCTION auth.keep_short() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      NEW."expiresAt" := OLD."expiresAt";
      RETURN NEW;
    END $$`
  yield* sql`CREATE TRIGGER keep_short BEFORE UPDATE ON auth."session" FOR EACH ROW
    WHEN (OLD."expiresAt" - OLD."createdAt" < interval '2 days' AND NEW."expiresAt" > OLD."expiresAt")
    EXECUTE FUNCTION auth.keep_short()`

  // Sets another password in the name of a session, if the one that was proved (by its hash) is still the password.
  // All sessions end; the answer is the one that takes the place of the session that asked, and lasts as long.
  yield* sql`CREATE FUNCTION auth.change_password(sid uuid, uid uuid, proved text, new_password text, new_token text)
    RETURNS SETOF auth."session" LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      asking auth."session";
      moment timestamptz := clock_timestamp();
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid FOR NO KEY UPDATE;
      SELECT * INTO asking FROM auth."session" s
        WHERE s."id" = sid AND s."userId" = uid AND s."expiresAt" > moment;
      IF NOT FOUND THEN
        RETURN;
      END IF;
      UPDATE auth."account" a SET "password" = new_password, "updatedAt" = moment
        WHERE a."userId" = uid AND a."providerId" = 'credential' AND a."password" = proved;
      IF NOT FOUND THEN
        RETURN;
      END IF;
      RETURN QUERY INSERT INTO auth."session"
          ("expiresAt", "token", "createdAt", "updatedAt", "ipAddress", "userAgent", "userId", "credentials")
        SELECT moment + (asking."expiresAt" - asking."updatedAt"), new_token, moment, moment,
          asking."ipAddress", asking."userAgent", uid, u.credentials
          FROM auth."user" u WHERE u."id" = uid
        RETURNING *;
    END $$`

  // Sets the password that the code of a mail allows to set. Whoever resets it has lost control of the account, and so
  // tokens for scripts end, too. The mail proves the address. Answers whether the code was still good.
  yield* sql`CREATE FUNCTION auth.reset_password(uid uuid, basis integer, new_password text) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      moment timestamptz := clock_timestamp();
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid AND u.credentials = basis FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      UPDATE auth."account" a SET "password" = new_password, "updatedAt" = moment
        WHERE a."userId" = uid AND a."providerId" = 'credential';
      IF NOT FOUND THEN
        INSERT INTO auth."account" ("accountId", "providerId", "userId", "password", "createdAt", "updatedAt")
          VALUES (uid::text, 'credential', uid, new_password, moment, moment);
      END IF;
      -- Also where the new password has the hash of the old one, which the trigger does not see.
      UPDATE auth."user" u SET "emailVerified" = true, "updatedAt" = moment, credentials = greatest(u.credentials, basis + 1)
        WHERE u."id" = uid;
      PERFORM set_config('app.user_id', uid::text, true);
      DELETE FROM todo.script_tokens t WHERE t.user_id = uid;
      RETURN true;
    END $$`

  // Confirms the address of a user, or makes new_address the address, if nothing has changed since the mail was
  // written. With a new address every session ends but sid. Answers no row where the code is not good any more.
  yield* sql`CREATE FUNCTION auth.confirm_address(uid uuid, basis integer, new_address text, sid uuid)
    RETURNS TABLE (old_address text) LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      SELECT u."email" INTO old_address FROM auth."user" u WHERE u."id" = uid AND u.credentials = basis FOR NO KEY UPDATE;
      IF NOT FOUND THEN
        RETURN;
      END IF;
      IF new_address IS NOT NULL THEN
        UPDATE auth."session" s SET "credentials" = basis + 1 WHERE s."id" = sid AND s."userId" = uid;
      END IF;
      UPDATE auth."user" u SET
          "email" = coalesce(new_address, u."email"), "emailVerified" = true, "updatedAt" = clock_timestamp()
        WHERE u."id" = uid;
      RETURN NEXT;
    EXCEPTION WHEN unique_violation THEN
      -- Somebody has taken the address since.
      RETURN;
    END $$`

  // Deletes an account, if the password that was proved (by its hash) is still its password. Answers whether it was.
  yield* sql`CREATE FUNCTION auth.delete_user(uid uuid, proved text) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid FOR UPDATE;
      DELETE FROM auth."user" u WHERE u."id" = uid AND EXISTS (
        SELECT FROM auth."account" a WHERE a."userId" = uid AND a."providerId" = 'credential' AND a."password" = proved
      );
      RETURN FOUND;
    END $$`

  // Decides about a device that waits, in the name of a session. Answers whether there was one.
  yield* sql`CREATE FUNCTION auth.decide_device(sid uuid, uid uuid, code text, decision text) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      basis integer;
    BEGIN
      SELECT u.credentials INTO basis FROM auth."user" u WHERE u."id" = uid FOR NO KEY UPDATE;
      PERFORM FROM auth."session" s WHERE s."id" = sid AND s."userId" = uid AND s."credentials" = basis FOR KEY SHARE;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
      END IF;
      UPDATE auth."deviceCode" d SET "status" = decision, "userId" = uid, "approvedBy" = sid, "credentials" = basis
        WHERE d."userCode" = code AND d."status" = 'pending' AND d."expiresAt" > clock_timestamp();
      RETURN FOUND;
    END $$`

  // Fails unless the session is based on the present count, which then stays until the end of the transaction.
  yield* sql`CREATE FUNCTION todo.assert_credentials(sid uuid, uid uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid FOR NO KEY UPDATE;
      PERFORM FROM auth."session" s JOIN auth."user" u ON u."id" = s."userId"
        WHERE s."id" = sid AND u."id" = uid AND s."credentials" = u.credentials;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
      END IF;
    END $$`

  yield* sql`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA todo FROM PUBLIC`
})
