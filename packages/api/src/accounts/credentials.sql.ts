/** What was granted before a change of password or address is not good after it (docs/adr/0022). */
export default [
  // Whoever changes credentials, or grants something, has the user's row locked (FOR NO KEY UPDATE, as UPDATE does)
  // before anything else of the user's: who comes second waits, and sees what the first has done.
  `CREATE OR REPLACE FUNCTION auth.move_credentials() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      UPDATE auth."user" u SET credentials = u.credentials + 1 WHERE u."id" = NEW."userId";
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER password_changed AFTER UPDATE ON auth."account" FOR EACH ROW
    WHEN (OLD."password" IS DISTINCT FROM NEW."password") EXECUTE FUNCTION auth.move_credentials()`,
  `CREATE OR REPLACE FUNCTION auth.move_with_address() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      NEW.credentials := OLD.credentials + 1;
      RETURN NEW;
    END $$`,
  `CREATE OR REPLACE TRIGGER address_changed BEFORE UPDATE ON auth."user" FOR EACH ROW
    WHEN (OLD."email" IS DISTINCT FROM NEW."email") EXECUTE FUNCTION auth.move_with_address()`,
  // Device codes that the user has approved go with the sessions that approved them.
  `CREATE OR REPLACE FUNCTION auth.withdraw_grants() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      DELETE FROM auth."session" s WHERE s."userId" = NEW."id" AND s."credentials" < NEW.credentials;
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER credentials_moved AFTER UPDATE ON auth."user" FOR EACH ROW
    WHEN (OLD.credentials IS DISTINCT FROM NEW.credentials) EXECUTE FUNCTION auth.withdraw_grants()`,
  `CREATE OR REPLACE FUNCTION auth.compare_credentials() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
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
    END $$`,
  `CREATE OR REPLACE TRIGGER compare_credentials BEFORE INSERT ON auth."session" FOR EACH ROW
    EXECUTE FUNCTION auth.compare_credentials()`,
  // Sets another password in the name of a session, if the one that was proved (by its hash) is still the password.
  // All sessions end; the answer is the one that takes the place of the session that asked, and lasts as long.
  `CREATE OR REPLACE FUNCTION auth.change_password(sid uuid, uid uuid, proved text, new_password text, new_token text)
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
    END $$`,
  // Sets the password that the code of a mail allows to set. Whoever resets it has lost control of the account, and so
  // tokens for scripts end, too. The mail proves the address. Answers whether the code was still good.
  `CREATE OR REPLACE FUNCTION auth.reset_password(uid uuid, basis integer, new_password text) RETURNS boolean
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
    END $$`,
  // Confirms the address of a user, or makes new_address the address, if nothing has changed since the mail was
  // written. With a new address every session ends but sid. Answers no row where the code is not good any more.
  `CREATE OR REPLACE FUNCTION auth.confirm_address(uid uuid, basis integer, new_address text, sid uuid)
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
    END $$`,
  // Deletes an account, if the password that was proved (by its hash) is still its password. Answers whether it was.
  `CREATE OR REPLACE FUNCTION auth.delete_user(uid uuid, proved text) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid FOR UPDATE;
      DELETE FROM auth."user" u WHERE u."id" = uid AND EXISTS (
        SELECT FROM auth."account" a WHERE a."userId" = uid AND a."providerId" = 'credential' AND a."password" = proved
      );
      RETURN FOUND;
    END $$`,
  // Decides about a device that waits, in the name of a session. Answers whether there was one.
  `CREATE OR REPLACE FUNCTION auth.decide_device(sid uuid, uid uuid, code text, decision text) RETURNS boolean
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
    END $$`,
  // Fails unless the session is based on the present count, which then stays until the end of the transaction.
  `CREATE OR REPLACE FUNCTION todo.assert_credentials(sid uuid, uid uuid) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM FROM auth."user" u WHERE u."id" = uid FOR NO KEY UPDATE;
      PERFORM FROM auth."session" s JOIN auth."user" u ON u."id" = s."userId"
        WHERE s."id" = sid AND u."id" = uid AND s."credentials" = u.credentials;
      IF NOT FOUND THEN
        RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
      END IF;
    END $$`
]
