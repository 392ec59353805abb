import type { Table } from "../Table.ts"

/** How long the record goes back. */
const kept = "interval '90 days'"

const size = (column: string) => `coalesce(pg_column_size(c.${column}), 0)`

const forgetSome = (table: string) =>
  `      DELETE FROM todo.${table} t
        WHERE t.user_id = uid AND t.ctid = ANY (ARRAY(SELECT x.ctid FROM todo.${table} x WHERE x.user_id = uid LIMIT most));
      GET DIAGNOSTICS many = ROW_COUNT;
      IF many = most THEN
        RETURN true;
      END IF;
`

/**
 * Takes away what there is of a user whose account is gone, some at a time: all of a million changes take longer than a
 * statement may. Answers whether there is more.
 */
const forgetUser = (nouns: ReadonlyArray<Table>) =>
  `CREATE OR REPLACE FUNCTION todo.forget_user(uid uuid, most integer) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      many integer;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.agenda a WHERE a.user_id = uid AND a.kind = 'account' FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
${
    [...nouns.flatMap(({ name, parts = [] }) => [name, ...parts]), "changes", "operations"].map(forgetSome).join("")
  }      DELETE FROM todo.agenda a WHERE a.user_id = uid;
      RETURN false;
    END $$`

/** What the record needs beside the functions that write it (docs/adr/0026). */
export const recordFunctions = (nouns: ReadonlyArray<Table>) => [
  // Up to where a user's record has had its time, or is more than these many changes, or more than these bytes; 0 where
  // nothing of it is. It takes no lock: what is written meanwhile is behind that place. Times are in the order of places.
  `CREATE OR REPLACE FUNCTION todo.record_excess(uid uuid, moment timestamptz, most_changes bigint, most_bytes bigint)
    RETURNS bigint LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      upto bigint;
      many bigint;
      bytes bigint;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      upto := coalesce(
        (SELECT o.seq - 1 FROM todo.operations o WHERE o.user_id = uid AND o.at >= moment - ${kept} ORDER BY o.seq LIMIT 1),
        (SELECT o.seq FROM todo.operations o WHERE o.user_id = uid ORDER BY o.seq DESC LIMIT 1),
        0
      );
      SELECT count(*), sum(${size("was")} + ${size("now")}) INTO many, bytes
        FROM todo.changes c WHERE c.user_id = uid AND c.seq > upto;
      IF many > most_changes OR bytes > most_bytes THEN
        upto := (
          SELECT ranked.seq FROM (
            SELECT c.seq, row_number() OVER newest AS place, sum(${size("was")} + ${size("now")}) OVER newest AS bytes
              FROM todo.changes c WHERE c.user_id = uid
              WINDOW newest AS (ORDER BY c.seq DESC, c.ordinal DESC ROWS UNBOUNDED PRECEDING)
          ) ranked WHERE ranked.place > most_changes OR ranked.bytes > most_bytes ORDER BY ranked.seq DESC LIMIT 1
        );
      END IF;
      RETURN upto;
    END $$`,
  // Takes the record up to there away, the oldest first and operations whole, some at a time. Answers whether there is
  // more of it. What somebody else of the user's writes meanwhile is not waited for.
  `CREATE OR REPLACE FUNCTION todo.sweep_record(uid uuid, upto bigint, moment timestamptz, most integer) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      last bigint;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      last := (SELECT c.seq FROM todo.changes c WHERE c.user_id = uid AND c.seq <= upto
        ORDER BY c.seq, c.ordinal OFFSET most - 1 LIMIT 1);
      last := coalesce(last, upto);
      DELETE FROM todo.changes c WHERE c.user_id = uid AND c.seq <= last;
      DELETE FROM todo.operations o WHERE o.user_id = uid AND o.seq <= last;
      IF FOUND THEN
        UPDATE todo.counters c SET swept = last WHERE c.user_id = uid;
      END IF;
      IF last < upto THEN
        RETURN true;
      END IF;
      -- Once a day is often enough.
      UPDATE todo.agenda a SET at = greatest(moment + interval '1 day', ${kept} + coalesce(
          (SELECT o.at FROM todo.operations o WHERE o.user_id = uid ORDER BY o.seq LIMIT 1), moment
        )) WHERE a.user_id = uid AND a.kind = 'record';
      RETURN false;
    END $$`,
  forgetUser(nouns),
  // Most accounts are small enough to be gone at once.
  `CREATE OR REPLACE FUNCTION todo.forget_account() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
    DECLARE
      asking text := current_setting('app.user_id', true);
    BEGIN
      PERFORM set_config('app.user_id', OLD.user_id::text, true);
      DELETE FROM todo.agenda a WHERE a.user_id = OLD.user_id;
      INSERT INTO todo.agenda (user_id, kind, at) VALUES (OLD.user_id, 'account', clock_timestamp());
      PERFORM todo.forget_user(OLD.user_id, 2000);
      PERFORM set_config('app.user_id', asking, true);
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER forget_account AFTER DELETE ON todo.counters FOR EACH ROW
    EXECUTE FUNCTION todo.forget_account()`
]
