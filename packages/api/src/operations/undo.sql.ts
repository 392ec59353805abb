import { bookkeeping, internal, thingOf } from "../database/functions/entity.sql.ts"
import { recordedFunction } from "../database/functions/Write.sql.ts"
import type { Table } from "../database/Table.ts"

/**
 * Undoes one change of a thing, and writes that to the record; or touches nothing and answers why not. Values are
 * compared by their types: the text of a time is that of its session.
 */
const changeFunction = ({ columns, most, name, noun }: Table) => {
  const written = [...columns.filter((column) => column !== "id"), "trashed_at"]
  return `CREATE OR REPLACE FUNCTION todo.${noun}_undo(
  change todo.changes, counter todo.counters, place integer, moment timestamptz
) RETURNS text LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
  old todo.${name};
  made todo.${name};
  present jsonb;
  left_then jsonb;
  was jsonb;
BEGIN
  SELECT * INTO old FROM todo.${name} t WHERE t.user_id = change.user_id AND t.id = change.id;
  present := to_jsonb(old);
  IF change.now IS NULL THEN
    -- It took the thing away; where nothing is left of it, the thing was deleted for good.
    IF change.was IS NULL THEN
      RETURN 'gone';
    ELSIF old.id IS NOT NULL THEN
      RETURN 'taken';
    ELSIF counter.${name} >= ${most} THEN
      RETURN 'limit';
    END IF;
    made := jsonb_populate_record(NULL::todo.${name}, change.was);
    made.version := made.version + 1;
    made.updated_at := moment;
    made.seq := counter.seq;
    INSERT INTO todo.${name} SELECT made.*;
  ELSIF old.id IS NULL THEN
    RETURN 'gone';
  ELSE
    left_then := to_jsonb(jsonb_populate_record(NULL::todo.${name}, change.now));
    IF EXISTS (
      SELECT FROM jsonb_object_keys(coalesce(change.was, present) - ${internal} - ${bookkeeping}) member
        WHERE left_then -> member IS DISTINCT FROM present -> member
    ) THEN
      RETURN 'changed';
    ELSIF change.was IS NULL THEN
      was := present;
      DELETE FROM todo.${name} t WHERE t.user_id = change.user_id AND t.id = change.id;
    ELSE
      SELECT jsonb_object_agg(member, present -> member) INTO was FROM jsonb_object_keys(change.was) member;
      made := jsonb_populate_record(old, change.was);
      made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.${name} t SET ${written.map((column) => `${column} = made.${column}`).join(", ")}, seq = counter.seq
        WHERE t.user_id = change.user_id AND t.id = change.id;
    END IF;
  END IF;
  INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
    VALUES (change.user_id, counter.seq, place, '${noun}', change.id, was, ${thingOf("made")});
  RETURN NULL;
END $$`
}

const countedUndo = ({ name, noun }: Table) =>
  `          WHEN '${noun}' THEN
            reason := todo.${noun}_undo(change, counter, ordinal, moment);
            counter.${name} := counter.${name} + CASE WHEN reason IS NOT NULL THEN 0
              WHEN change.now IS NULL THEN 1 WHEN change.was IS NULL THEN -1 ELSE 0 END;
`

/** What is left on record of the operation `o`, so that it can be undone. */
const leaves = `EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.seq = o.seq AND (c.was IS NOT NULL OR c.now IS NOT NULL)
          OFFSET 0
      )`

/** How long an operation can be undone. */
const term = "interval '30 days'"

/** Among how many of a user's operations, the newest, the latest of a session or token is looked for: no index has it. */
const mostSeen = 10_000

/** Undo of an operation (docs/adr/0027): the one that \`op\` names, or the latest of the session or token. */
export const undoFunctions = (nouns: ReadonlyArray<Table>) => [
  ...nouns.map(changeFunction),
  recordedFunction({
    name: "undo",
    kind: "undo",
    undoes: "target.seq",
    declare: "  target todo.operations;\n",
    remember: "jsonb_build_object('operation', result -> 'operation')",
    body: `  <<work>>
  DECLARE
    change todo.changes;
    reason text;
    obstacles jsonb[] := '{}';
  BEGIN
    IF op ? 'id' THEN
      SELECT * INTO target FROM todo.operations o WHERE o.user_id = uid AND o.id = (op ->> 'id')::uuid;
    ELSE
      -- One by one: no plan reads all changes to find those that are left.
      SELECT * INTO target FROM (SELECT * FROM todo.operations o WHERE o.user_id = uid ORDER BY o.seq DESC LIMIT ${mostSeen}) o
        WHERE o.actor = sid AND o.kind <> 'undo' AND o.undone_by IS NULL AND o.at > moment - ${term} AND ${leaves}
        ORDER BY o.seq DESC LIMIT 1;
    END IF;
    verdict := CASE
      WHEN target.id IS NULL THEN 'absent'
      WHEN target.at <= moment - ${term} THEN 'expired'
      WHEN target.undone_by IS NOT NULL THEN 'undone'
      WHEN NOT (SELECT ${leaves} FROM todo.operations o WHERE o.user_id = uid AND o.seq = target.seq) THEN 'final'
      WHEN EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.seq = target.seq AND c.ordinal >= (op ->> 'most')::integer
      ) THEN 'long'
    END;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    -- All or nothing, unless a part is wanted, and there is one.
    BEGIN
      FOR change IN
        SELECT * FROM todo.changes c WHERE c.user_id = uid AND c.seq = target.seq ORDER BY c.ordinal DESC
      LOOP
        CASE change.noun
${nouns.map(countedUndo).join("")}        END CASE;
        IF reason IS NULL THEN
          ordinal := ordinal + 1;
        ELSE
          obstacles := obstacles || jsonb_build_object('noun', change.noun, 'id', change.id, 'reason', reason);
        END IF;
      END LOOP;
      IF obstacles <> '{}' AND (ordinal = 0 OR op -> 'partial' IS DISTINCT FROM 'true') THEN
        RAISE EXCEPTION 'changed since' USING ERRCODE = 'TD001';
      END IF;
    EXCEPTION WHEN SQLSTATE 'TD001' THEN
      verdict := 'changed';
      result := jsonb_build_object('obstacles', to_jsonb(obstacles));
      EXIT work;
    END;
    result := '{}';
    UPDATE todo.counters c SET ${nouns.map(({ name }) => `${name} = counter.${name}`).join(", ")} WHERE c.user_id = uid;
    -- What is undone is so by an operation that is not: the undo of an undo takes that off what it undid, and so on.
    WITH RECURSIVE chain (seq, undoes, undone_by) AS (
      SELECT target.seq, target.undoes, counter.seq
      UNION ALL
      SELECT o.seq, o.undoes, CASE WHEN c.undone_by IS NULL THEN c.seq END
        FROM chain c JOIN todo.operations o ON o.user_id = uid AND o.seq = c.undoes
    )
    UPDATE todo.operations o SET undone_by = c.undone_by FROM chain c WHERE o.user_id = uid AND o.seq = c.seq;
  END;
`
  })
]
