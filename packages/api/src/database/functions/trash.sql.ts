import type { Table } from "../Table.ts"
import { changesOfThing } from "./changeEach.sql.ts"
import { answerOf, answerOld, change, find, remember, replay, ruled, thingOf } from "./entity.sql.ts"
import { mostChanges, type RecordedBody, recordedFunction } from "./Write.sql.ts"

/** How long a thing stays in the trash. */
const stay = "interval '30 days'"

/** Takes a thing out of the trash; one that is not there stays as it is. */
export const restore = (table: Table): RecordedBody => ({
  name: `${table.noun}_restore`,
  kind: `${table.noun}.restore`,
  replay: replay(table),
  remember,
  answer: answerOf(table),
  body: `  <<work>>
  DECLARE
    old todo.${table.name};
    made todo.${table.name};
    was jsonb;
${ruled(table, ({ restore }) => restore?.declare)}  BEGIN
${find(table, "anywhere")}    IF old.trashed_at IS NOT NULL THEN
      was := jsonb_build_object('trashed_at', old.trashed_at);
      made := old;
      made.trashed_at := NULL;
${ruled(table, ({ restore }) => restore?.before, 6)}      ${
    change(table, [
      "trashed_at",
      ...new Set((table.rules ?? []).flatMap(({ columns = [], restore }) => restore === undefined ? [] : columns))
    ])
  }
${ruled(table, ({ restore }) => restore?.after, 6)}    ELSE
      ${answerOld}
    END IF;
  END;
`
})

/** Moves all that was listed to the trash, if each is still at the version that was seen. */
const removeListed = (table: Table): RecordedBody => ({
  name: `${table.noun}_remove_listed`,
  kind: `${table.noun}.remove`,
  remember: "result",
  body: `  <<work>>
  DECLARE
    many integer := jsonb_array_length(op -> 'things');
    along uuid[] := '{}';
  BEGIN
    IF many > ${mostChanges} THEN
      verdict := 'limit';
      EXIT work;
    END IF;
    -- Without statistics, which the embedded database never makes, the planner takes the user for one with hardly a task, and
    -- would go through the whole list for each.
    PERFORM set_config('enable_nestloop', 'off', true);
    -- No other write of the user's comes in between: each of these statements sees the same.
    IF many <> (
      SELECT count(*) FROM jsonb_array_elements(op -> 'things') seen JOIN todo.${table.name} t
        ON t.user_id = uid AND t.id = (seen ->> 0)::uuid AND t.version = (seen ->> 1)::integer AND t.trashed_at IS NULL
    ) THEN
      verdict := 'changed';
      EXIT work;
    END IF;
${ruled(table, ({ removeListed }) => removeListed?.before, 4)}    WITH listed AS (
      SELECT t.id, t.version, t.updated_at, seen.place FROM jsonb_array_elements(op -> 'things') WITH ORDINALITY seen(thing, place)
        JOIN todo.${table.name} t ON t.user_id = uid AND t.id = (seen.thing ->> 0)::uuid
    ), removed AS (
      UPDATE todo.${table.name} t SET trashed_at = moment, updated_at = moment, version = listed.version + 1, seq = counter.seq
        FROM listed WHERE t.user_id = uid AND t.id = listed.id
        RETURNING t.id, listed.place, ${thingOf("t")} AS now, jsonb_build_object(
          'trashed_at', NULL, 'version', listed.version, 'updated_at', listed.updated_at
        ) AS was
    )
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      SELECT uid, counter.seq, removed.place - 1, '${table.noun}', removed.id, removed.was, removed.now FROM removed;
    ordinal := many;
${ruled(table, ({ removeListed }) => removeListed?.after, 4)}    result := jsonb_build_object('count', ordinal);
  END;
`
})

/**
 * Takes out of the record what it has of things that are to be deleted for good, some at a time: of each it is to know that
 * there was one. Answers whether there may be more.
 */
const forget = ({ noun }: Table) =>
  `CREATE OR REPLACE FUNCTION todo.${noun}_forget(uid uuid, things uuid[], most integer) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      many integer;
    BEGIN
      UPDATE todo.changes c SET was = NULL, now = NULL WHERE c.user_id = uid AND c.ctid = ANY (ARRAY(
        SELECT n.ctid FROM unnest(things) u(id), LATERAL (
          ${changesOfThing(noun, "u.id")}
        ) n WHERE n.was IS NOT NULL OR n.now IS NOT NULL LIMIT most
      ));
      GET DIAGNOSTICS many = ROW_COUNT;
      RETURN many = most;
    END $$`

/**
 * Deletes for good things that the record has forgotten, and has it say, by a last change, that each is gone. Answers the
 * place of the next change.
 */
const erase = ({ name, noun, parts = [] }: Table) =>
  `CREATE OR REPLACE FUNCTION todo.${noun}_erase(uid uuid, things uuid[], seq_now bigint, first integer) RETURNS integer
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      thing uuid;
    BEGIN
      -- One by one: no plan goes through the whole list for each.
      FOREACH thing IN ARRAY things LOOP
${
    parts.map((part) => `        DELETE FROM todo.${part} p WHERE p.user_id = uid AND p.${noun}_id = thing;\n`).join("")
  }        DELETE FROM todo.${name} t WHERE t.user_id = uid AND t.id = thing;
      END LOOP;
      UPDATE todo.counters c SET ${name} = c.${name} - cardinality(things) WHERE c.user_id = uid;
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id)
        SELECT uid, seq_now, first + gone.place - 1, '${noun}', gone.id FROM unnest(things) WITH ORDINALITY gone(id, place);
      RETURN first + cardinality(things);
    END $$`

/** Has the record forget things; where it does not get to the end of it, the write is to be sent again. */
const forgetting = ({ noun }: Table, things: string) =>
  `    IF todo.${noun}_forget(uid, ${things}, coalesce((op ->> 'most')::integer, ${mostChanges})) THEN
      verdict := 'long';
      EXIT work;
    END IF;
`

const purge = (table: Table): RecordedBody => ({
  name: `${table.noun}_purge`,
  kind: `${table.noun}.purge`,
  remember,
  answer: answerOf(table),
  body: `  <<work>>
  DECLARE
    old todo.${table.name};
    things uuid[];
  BEGIN
${find(table, "anywhere")}    things := ARRAY[old.id]${
    (table.rules ?? []).flatMap(({ purge }) => purge ?? []).map((along) => ` || ${along}`).join("")
  };
    IF cardinality(things) > ${mostChanges} THEN
      verdict := 'many';
      EXIT work;
    END IF;
${forgetting(table, "things")}    ${answerOld}
    ordinal := todo.${table.noun}_erase(uid, things, counter.seq, ordinal);
  END;
`
})

const empty = (table: Table): RecordedBody => ({
  name: "trash_empty",
  kind: "trash.empty",
  remember: "result",
  body: `  <<work>>
  DECLARE
    things uuid[] := ARRAY(
      SELECT t.id FROM todo.${table.name} t WHERE t.user_id = uid AND t.trashed_at IS NOT NULL
        ORDER BY t.trashed_at, t.number LIMIT ${mostChanges} + 1
    );
  BEGIN
    IF cardinality(things) > ${mostChanges} THEN
      verdict := 'limit';
    ELSIF cardinality(things) > (op ->> 'most')::integer THEN
      verdict := 'long';
    END IF;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
${forgetting(table, "things")}    ordinal := todo.${table.noun}_erase(uid, things, counter.seq, ordinal);
    result := jsonb_build_object('count', cardinality(things));
  END;
`
})

/**
 * Deletes for good what has been in a user's trash for long enough, some at a time, as an operation of nobody's. Answers
 * whether there is more. What somebody else of the user's writes meanwhile is not waited for.
 */
const sweep = ({ name, noun }: Table) =>
  `CREATE OR REPLACE FUNCTION todo.sweep_trash(uid uuid, moment timestamptz, operation uuid, most integer) RETURNS boolean
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      counter todo.counters;
      things uuid[];
      next timestamptz;
    BEGIN
      PERFORM set_config('app.user_id', uid::text, true);
      PERFORM FROM todo.counters c WHERE c.user_id = uid FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN
        RETURN false;
      END IF;
      things := ARRAY(
        SELECT t.id FROM todo.${name} t WHERE t.user_id = uid AND t.trashed_at <= moment - ${stay}
          ORDER BY t.trashed_at, t.number LIMIT most
      );
      IF todo.${noun}_forget(uid, things, ${mostChanges}) THEN
        RETURN true;
      END IF;
      IF cardinality(things) > 0 THEN
        UPDATE todo.counters c SET seq = c.seq + 1, last_at = greatest(c.last_at, moment)
          WHERE c.user_id = uid RETURNING * INTO counter;
        PERFORM todo.${noun}_erase(uid, things, counter.seq, 0);
        INSERT INTO todo.operations (user_id, seq, id, kind, at)
          VALUES (uid, counter.seq, operation, 'trash.expire', counter.last_at);
      END IF;
      next := (SELECT min(t.trashed_at) + ${stay} FROM todo.${name} t WHERE t.user_id = uid AND t.trashed_at IS NOT NULL);
      IF next IS NULL THEN
        DELETE FROM todo.agenda a WHERE a.user_id = uid AND a.kind = 'trash';
      ELSE
        UPDATE todo.agenda a SET at = next WHERE a.user_id = uid AND a.kind = 'trash';
      END IF;
      RETURN coalesce(next <= moment, false);
    END $$`

/** Whatever puts a thing into the trash puts that it is to be emptied on the agenda. */
const noteTrash = ({ name }: Table) => [
  `CREATE OR REPLACE FUNCTION todo.note_trash() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
      INSERT INTO todo.agenda (user_id, kind, at) VALUES (NEW.user_id, 'trash', NEW.trashed_at + ${stay})
        ON CONFLICT (user_id, kind) DO NOTHING;
      RETURN NULL;
    END $$`,
  `CREATE OR REPLACE TRIGGER note_trash AFTER INSERT OR UPDATE OF trashed_at ON todo.${name} FOR EACH ROW
    WHEN (NEW.trashed_at IS NOT NULL) EXECUTE FUNCTION todo.note_trash()`
]

/** The writes of the trash of a noun. */
export const trashWrites = (table: Table): ReadonlyArray<RecordedBody> => [
  restore(table),
  removeListed(table),
  purge(table),
  empty(table)
]

/** Their functions, and what empties the trash in time. */
export const trashFunctions = (table: Table): ReadonlyArray<string> => [
  forget(table),
  erase(table),
  ...trashWrites(table).map(recordedFunction),
  sweep(table),
  ...noteTrash(table)
]
