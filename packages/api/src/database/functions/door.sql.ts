/** Fails unless `sid` is a live session, or token for scripts, of `uid`. What it finds of them it puts into these variables. */
const check = (session: string, token: string, into: string) =>
  `PERFORM set_config('app.user_id', uid::text, true);
      SELECT ${session} INTO ${into} FROM auth."session" s
        WHERE s."id" = sid AND s."userId" = uid AND s."expiresAt" > clock_timestamp();
      IF NOT FOUND THEN
        SELECT ${token} INTO ${into} FROM todo.script_tokens t
          WHERE t.user_id = uid AND t.id = sid AND t.expires_at > clock_timestamp();
        IF NOT FOUND THEN
          RAISE EXCEPTION 'no live session' USING ERRCODE = '28000';
        END IF;
      END IF;`

/** The door of the database (docs/adr/0003), and the counter behind it, which each user has from the beginning. */
export default [
  // The identity is set before the check, so that the policies let it see the user's tokens; raising takes the identity
  // back with all the rest.
  `CREATE OR REPLACE FUNCTION todo.authenticate(sid uuid, uid uuid) RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    DECLARE
      somebody uuid;
    BEGIN
      ${check("s.\"userId\"", "t.user_id", "somebody")}
      RETURN uid;
    END $$`,
  // The same for a write, which goes on record with what the session or token is called.
  `CREATE OR REPLACE FUNCTION todo.enter(sid uuid, uid uuid, OUT is_token boolean, OUT name text)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = '' AS $$
    BEGIN
      ${check("false, s.\"userAgent\"", "true, t.name", "is_token, name")}
    END $$`,
  `CREATE OR REPLACE FUNCTION todo.make_counter() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
    DECLARE
      asking text := current_setting('app.user_id', true);
    BEGIN
      PERFORM set_config('app.user_id', NEW."id"::text, true);
      INSERT INTO todo.counters (user_id) VALUES (NEW."id");
      PERFORM set_config('app.user_id', asking, true);
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER make_counter AFTER INSERT ON auth."user" FOR EACH ROW
    EXECUTE FUNCTION todo.make_counter()`
]
