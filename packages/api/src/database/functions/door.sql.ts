/** The door of the database (docs/adr/0003), and the counter behind it, which each user has from the beginning. */
export default [
  // Whose session or token for scripts "sid" is, and what it is called. The identity is set before the check, so that
  // the policies let it see the user's tokens; raising takes the identity back with all the rest.
  `CREATE OR REPLACE FUNCTION todo.authenticate(sid uuid, uid uuid, OUT id uuid, OUT is_token boolean, OUT name text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      SELECT s."userId", false, s."userAgent" INTO id, is_token, name FROM auth."session" s
        WHERE s."id" = sid AND s."userId" = uid AND s."expiresAt" > clock_timestamp();
      IF id IS NULL THEN
        SELECT t.user_id, true, t.name INTO id, is_token, name FROM todo.script_tokens t
          WHERE t.user_id = uid AND t.id = sid AND t.expires_at > clock_timestamp();
        IF id IS NULL THEN
          RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
        END IF;
      END IF;
    END $$`,
  `CREATE OR REPLACE FUNCTION todo.make_counter() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
    DECLARE
      asking text := current_setting('app.user_id', true);
    BEGIN
      PERFORM set_config('app.user_id', NEW."id"::text, true);
      INSERT INTO todo.counters (user_id) VALUES (NEW."id");
      INSERT INTO todo.agenda (user_id, kind, at) VALUES (NEW."id", 'record', clock_timestamp() + interval '90 days');
      PERFORM set_config('app.user_id', asking, true);
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER make_counter AFTER INSERT ON auth."user" FOR EACH ROW
    EXECUTE FUNCTION todo.make_counter()`
]
