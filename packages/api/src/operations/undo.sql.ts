import { bookkeeping, thingOf } from "../database/functions/entity.sql.ts"
import { recordedFunction } from "../database/functions/Write.sql.ts"
import type { Table } from "../database/Table.ts"

/** Whether the thing in `t` has another value now than the change `c` left in a member that it wrote. */
const changed = (columns: ReadonlyArray<string>) =>
  columns.map((column) => `(c.was IS NULL OR c.was ? '${column}') AND t.${column} IS DISTINCT FROM left_then.${column}`)
    .join("\n            OR ")

/**
 * Undoes a run of changes, the last first, and writes that to the record; of those that stand in the way it answers why, and
 * leaves them. In a run are things of one noun, no thing twice, all to be inserted or none: whether one can be undone does
 * not rest on another, but for the limit. Values are compared by their types: the text of a time is that of its session.
 * Planning it each time would take longer than one change does, and the plan, which goes by key, is good for any number.
 */
const runFunction = ({ columns, most, name, noun }: Table) => {
  const written = [...columns.filter((column) => column !== "id"), "trashed_at"]
  const compared = written.filter((column) => !bookkeeping.includes(column))
  return `CREATE OR REPLACE FUNCTION todo.${noun}_undo(
  uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamptz, place integer,
  OUT done integer, OUT taken integer, OUT obstacles jsonb
) LANGUAGE plpgsql SET search_path = '' SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  WITH seen AS (
    SELECT c.ordinal, c.id, c.was, c.now, t AS old, CASE
        -- It took the thing away; where nothing is left of it, the thing was deleted for good.
        WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
        WHEN t.id IS NULL THEN 'gone'
        WHEN ${changed(compared)} THEN 'changed'
      END AS reason
      FROM todo.changes c LEFT JOIN todo.${name} t ON t.user_id = uid AND t.id = c.id,
        jsonb_populate_record(NULL::todo.${name}, c.now) left_then
      WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
  ), judged AS (
    SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
  ), undo AS MATERIALIZED (
    SELECT j.ordinal, j.id, place + j.nth - 1 AS place, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN j.now IS NULL AND counter.${name} + j.nth > ${most} THEN 'limit' END) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(member, to_jsonb(j.old) -> member) FROM jsonb_object_keys(j.was) member)
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
  ), deleted AS (
    DELETE FROM todo.${name} t USING undo u WHERE t.user_id = uid AND t.id = u.id AND u.reason IS NULL AND u.takes
  ), updated AS (
    UPDATE todo.${name} t SET ${written.map((column) => `${column} = (u.made).${column}`).join(", ")}, seq = counter.seq
      FROM undo u WHERE t.user_id = uid AND t.id = u.id AND u.reason IS NULL AND NOT u.takes
  ), inserted AS (
    INSERT INTO todo.${name} SELECT (u.made).* FROM undo u WHERE u.reason IS NULL AND u.inserts
  ), noted AS (
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      SELECT uid, counter.seq, u.place, '${noun}', u.id, u.was, CASE WHEN NOT u.takes THEN ${thingOf("u.made")} END
      FROM undo u WHERE u.reason IS NULL
  )
  SELECT count(*) FILTER (WHERE u.reason IS NULL), count(*) FILTER (WHERE u.reason IS NULL AND u.takes)
        - count(*) FILTER (WHERE u.reason IS NULL AND u.inserts),
      coalesce(jsonb_agg(jsonb_build_object('noun', '${noun}', 'id', u.id, 'reason', u.reason) ORDER BY u.ordinal DESC)
        FILTER (WHERE u.reason IS NOT NULL), '[]')
    INTO done, taken, obstacles FROM undo u;
END $$`
}

const countedUndo = ({ name, noun }: Table) =>
  `          WHEN '${noun}' THEN
            SELECT * INTO part FROM todo.${noun}_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal);
            counter.${name} := counter.${name} - part.taken;
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
  ...nouns.map(runFunction),
  recordedFunction({
    name: "undo",
    kind: "undo",
    undoes: "target.seq",
    declare: "  target todo.operations;\n",
    remember: "jsonb_build_object('operation', result -> 'operation')",
    body: `  <<work>>
  DECLARE
    run record;
    part record;
    obstacles jsonb := '[]';
    link bigint;
    undone_by bigint;
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
      FOR run IN
        SELECT b.noun, b.ordinal AS first, coalesce(lead(b.ordinal) OVER (ORDER BY b.ordinal DESC) + 1, 0) AS last FROM (
          SELECT c.noun, c.ordinal, lag(true) OVER (PARTITION BY c.noun, c.id ORDER BY c.ordinal DESC)
              OR lag(c.noun) OVER down IS DISTINCT FROM c.noun
              OR lag(c.now IS NULL) OVER down IS DISTINCT FROM (c.now IS NULL) AS begins
            FROM todo.changes c WHERE c.user_id = uid AND c.seq = target.seq WINDOW down AS (ORDER BY c.ordinal DESC)
        ) b WHERE b.begins ORDER BY b.ordinal DESC
      LOOP
        CASE run.noun
${nouns.map(countedUndo).join("")}        END CASE;
        ordinal := ordinal + part.done;
        obstacles := obstacles || part.obstacles;
      END LOOP;
      IF obstacles <> '[]' AND (ordinal = 0 OR op -> 'partial' IS DISTINCT FROM 'true') THEN
        RAISE EXCEPTION 'changed since' USING ERRCODE = 'TD001';
      END IF;
    EXCEPTION WHEN SQLSTATE 'TD001' THEN
      verdict := 'changed';
      result := jsonb_build_object('obstacles', obstacles);
      EXIT work;
    END;
    result := '{}';
    UPDATE todo.counters c SET ${nouns.map(({ name }) => `${name} = counter.${name}`).join(", ")}
      WHERE c.user_id = uid AND (${nouns.map(({ name }) => `c.${name} <> counter.${name}`).join(" OR ")});
    -- What is undone is so by an operation that is not: the undo of an undo takes that off what it undid, and so on.
    link := target.seq;
    undone_by := counter.seq;
    WHILE link IS NOT NULL LOOP
      UPDATE todo.operations o SET undone_by = work.undone_by WHERE o.user_id = uid AND o.seq = link
        RETURNING o.undoes, CASE WHEN work.undone_by IS NULL THEN o.seq END INTO link, undone_by;
    END LOOP;
  END;
`
  })
]
