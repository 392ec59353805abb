/** Keys of times fixed to a zone: those are at an instant by the data of zones (`DueKey.ts`). */
const isFixed = (key: string) => `${key} >= 'z'`

/** What has such keys made anew, of tasks of a user (docs/adr/0032). None of it is a change: what was meant is the same. */
export const fixedTimes: ReadonlyArray<string> = [
  // Puts on the agenda that a user's are made anew, if there are some. The account does not go meanwhile.
  `CREATE OR REPLACE FUNCTION todo.note_fixed(uid uuid, moment timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR KEY SHARE;
      IF FOUND AND EXISTS (
        SELECT FROM todo.tasks t WHERE t.user_id = uid AND (${isFixed("t.start_key")} OR ${isFixed("t.due_key")})
      ) THEN
        INSERT INTO todo.agenda (user_id, kind, at) VALUES (uid, 'zones', moment)
          ON CONFLICT (user_id, kind) DO UPDATE SET at = excluded.at;
      END IF;
    END $$`,
  // The next tasks that have some.
  `CREATE OR REPLACE FUNCTION todo.fixed_times(uid uuid, after uuid, most integer)
    RETURNS TABLE (id uuid, start jsonb, due jsonb, start_key text, due_key text)
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      RETURN QUERY SELECT t.id, t.start, t.due, t.start_key, t.due_key FROM todo.tasks t
        WHERE t.user_id = uid AND t.id > after AND (${isFixed("t.start_key")} OR ${isFixed("t.due_key")})
        ORDER BY t.id LIMIT most;
    END $$`,
  // Gives keys to those that have the dates still that these were made from. Answers whether it has: somebody of the user's
  // who writes is not waited for.
  `CREATE OR REPLACE FUNCTION todo.rekey(uid uuid, things jsonb) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      UPDATE todo.tasks t SET start_key = x.start_key, due_key = x.due_key
        FROM jsonb_to_recordset(things) x(id uuid, start jsonb, due jsonb, start_key text, due_key text)
        WHERE t.user_id = uid AND t.id = x.id AND t.start IS NOT DISTINCT FROM x.start AND t.due IS NOT DISTINCT FROM x.due;
      RETURN true;
    END $$`,
  // A user's are made anew, unless it was noted again since then.
  `CREATE OR REPLACE FUNCTION todo.rekeyed(uid uuid, noted timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      DELETE FROM todo.agenda a WHERE a.user_id = uid AND a.kind = 'zones' AND a.at = noted;
    END $$`
]
