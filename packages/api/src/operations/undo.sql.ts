import { bookkeeping, thingOf } from "../database/functions/entity.sql.ts"
import { indent, recordedFunction } from "../database/functions/Write.sql.ts"
import type { Table } from "../database/Table.ts"

/** Whether the thing in `t` has another value now than the change `c` left in a member that it wrote. */
const changed = (columns: ReadonlyArray<string>, { noun, order }: Table) =>
  columns.map((column) =>
    `(c.was IS NULL OR c.was ? '${column}') AND t.${column} IS DISTINCT FROM left_then.${column}${
      // A key that was made anew is none that somebody has changed.
      order?.column === column ? ` AND todo.${noun}_moved(uid, c.id, undone)` : ""}`
  ).join("\n            OR ")

/** Whether a change is undone. What is of no new version is a key that was made anew: it stays. */
const isUndone = "(c.was IS NULL OR c.now IS NULL OR c.was ? 'version')"

/** The first of these expressions that is not null. */
const firstOf = (expressions: ReadonlyArray<string>) =>
  expressions.length > 1 ? `coalesce(${expressions.join(", ")})` : expressions[0] ?? "NULL"

/**
 * Undoes a run of changes, the last first, and writes that to the record; of those that stand in the way it answers why, and
 * leaves them. In a run are things of one noun, no thing twice, all to be inserted or none: whether one can be undone does
 * not rest on another, but for the limit. Values are compared by their types: the text of a time is that of its session.
 * Planning it each time would take longer than one change does. So each thing is read by its key, and written by itself: the
 * plan is as good for any number of them, whenever it was made.
 */
const runFunction = (table: Table) => {
  const { columns, made: makes = {}, members, most, name, noun, order, own, parts = [], rules = [], trash } = table
  const undos = rules.flatMap(({ undo }) => undo ?? [])
  const breaks = undos.flatMap(({ breaks }) => breaks?.("again") ?? [])
  const made = undos.flatMap(({ made }) => made ?? [])
  const taken = undos.flatMap(({ taken }) => taken ?? [])
  const written = [
    ...columns.filter((column) => column !== "id"),
    ...own.map(({ column }) => column),
    ...trash ? ["trashed_at"] : []
  ]
  const beyondLimit = most === undefined ? "false" : `j.now IS NULL AND counter.${name} + j.nth > ${most}`
  const respelled = members.flatMap(({ column, name: member }) => {
    const value = makes[member]?.undo?.(`j.was -> '${column}'`)
    return value === undefined
      ? []
      : [` || CASE WHEN j.was ? '${column}' THEN jsonb_build_object('${column}', ${value}) ELSE '{}' END`]
  }).join("")
  // A key follows from a member, which is compared, and is made anew by itself.
  const keys = own.flatMap(({ column }) => column.endsWith("_key") ? [column] : [])
  const compared = written.filter((column) => !bookkeeping.includes(column) && !keys.includes(column))
  return `CREATE OR REPLACE FUNCTION todo.${noun}_undo(
  uid uuid, undone bigint, first integer, last integer, counter todo.counters, moment timestamptz, place integer, excluded jsonb,
  OUT done integer, OUT taken integer, OUT obstacles jsonb
) LANGUAGE plpgsql SET search_path = '' SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  u record;
  hindrances jsonb[] := '{}';
BEGIN
  done := 0;
  taken := 0;
  FOR u IN
    WITH seen AS (
      SELECT c.ordinal, c.id, c.was, c.now, t.old, CASE
          WHEN excluded ? c.id::text THEN excluded ->> c.id::text
          -- It took the thing away; where nothing is left of it, the thing was deleted for good.
          WHEN c.now IS NULL THEN CASE WHEN c.was IS NULL THEN 'gone' WHEN t.id IS NOT NULL THEN 'taken' END
          WHEN t.id IS NULL THEN 'gone'
          WHEN ${changed(compared, table)} THEN 'changed'
${breaks.map((breaks) => `          WHEN ${breaks} THEN 'changed'\n`).join("")}        END AS reason
        FROM todo.changes c LEFT JOIN LATERAL (
          SELECT x AS old, x.* FROM todo.${name} x WHERE x.user_id = uid AND x.id = c.id OFFSET 0
        ) t ON true,
          jsonb_populate_record(NULL::todo.${name}, c.now) left_then${
    breaks.length === 0 ? "" : `, jsonb_populate_record(t.old, c.was) again`
  }
        WHERE c.user_id = uid AND c.seq = undone AND c.ordinal BETWEEN last AND first
          AND ${isUndone}
    ), judged AS (
      SELECT s.*, row_number() OVER (PARTITION BY s.reason IS NULL ORDER BY s.ordinal DESC)::integer AS nth FROM seen s
    )
    SELECT j.id, made, j.was IS NULL AS takes, j.now IS NULL AS inserts,
        coalesce(j.reason, CASE WHEN ${beyondLimit} THEN 'limit' END${
    made.length + taken.length === 0
      ? ""
      : `,
          CASE WHEN j.was IS NOT NULL THEN ${firstOf(made)} ELSE ${firstOf(taken)} END`
  }) AS reason,
        CASE WHEN j.was IS NULL THEN to_jsonb(j.old) WHEN j.now IS NOT NULL THEN
          (SELECT jsonb_object_agg(m.member, o.thing -> m.member) FROM jsonb_object_keys(j.was) m(member), to_jsonb(j.old) o(thing))${
    order === undefined
      ? ""
      : `
          || CASE WHEN j.was ? 'behind' THEN jsonb_build_object('behind', todo.${noun}_before(uid, j.old)) ELSE '{}' END`
  }
        END AS was
      FROM judged j, jsonb_populate_record(j.old, j.was${respelled} || jsonb_build_object(
        'version', coalesce((j.old).version, (j.was ->> 'version')::integer) + 1, 'updated_at', moment, 'seq', counter.seq
      )) made
      ORDER BY j.ordinal DESC
  LOOP
    IF u.reason IS NOT NULL THEN
      hindrances := hindrances || jsonb_build_object('noun', '${noun}', 'id', u.id, 'reason', u.reason);
      CONTINUE;
    END IF;
    DECLARE
      made todo.${name} := u.made;
    BEGIN
${undos.map(({ before = "" }) => indent(before, 6)).join("")}      IF u.takes THEN
        DELETE FROM todo.${name} t WHERE t.user_id = uid AND t.id = u.id;
${
    parts.map((part) => `        DELETE FROM todo.${part} p WHERE p.user_id = uid AND p.${noun}_id = u.id;\n`).join("")
  }        taken := taken + 1;
      ELSIF u.inserts THEN
        INSERT INTO todo.${name} SELECT made.*;
        taken := taken - 1;
      ELSE
        UPDATE todo.${name} t SET ${written.map((column) => `${column} = made.${column}`).join(", ")}, seq = counter.seq
          WHERE t.user_id = uid AND t.id = u.id;
      END IF;
${
    undos.map(({ beside = "" }) => indent(beside, 6)).join("")
  }      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
        VALUES (uid, counter.seq, place + done, '${noun}', u.id, u.was, CASE WHEN NOT u.takes THEN ${
    thingOf("made")
  } END);
      done := done + 1;
    END;
  END LOOP;
  obstacles := to_jsonb(hindrances);
END $$`
}

const countedUndo = ({ most, name, noun }: Table) =>
  `          WHEN '${noun}' THEN
            SELECT * INTO part FROM todo.${noun}_undo(uid, target.seq, run.first, run.last, counter, moment, ordinal, excluded);
${most === undefined ? "" : `            counter.${name} := counter.${name} - part.taken;\n`}`

/** What is asked of things as they are after an undo, and where each stands then. */
const afterwards = ({ noun, order, rules = [] }: Table) =>
  [
    ...rules.flatMap(({ undo }) => undo?.afterwards ?? []).map((text) => indent(text, 6)),
    ...rules.flatMap(({ undo }) => undo?.breaches ?? []).map((breaches) =>
      `      breaches := breaches || ${breaches};\n`
    ),
    ...order === undefined ? [] : [`      ordinal := todo.${noun}_settle(uid, target.seq, counter, ordinal);\n`]
  ].join("")

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
export const undoFunctions = (nouns: ReadonlyArray<Table>) => {
  const counted = nouns.filter(({ most }) => most !== undefined)
  return [...nouns.map(runFunction), undo(nouns, counted)]
}

const undo = (nouns: ReadonlyArray<Table>, counted: ReadonlyArray<Table>) => {
  /** Whether a change is a run of its own. */
  const alone = nouns.flatMap(({ noun, rules = [] }) =>
    rules.flatMap(({ undo }) => undo?.oneByOne === undefined ? [] : [`c.noun = '${noun}' AND ${undo.oneByOne("c")}`])
  )
  return recordedFunction({
    name: "undo",
    kind: "undo",
    undoes: "target.seq",
    declare: "  target todo.operations;\n",
    remember: "jsonb_build_object('operation', result -> 'operation')",
    body: `  <<work>>
  DECLARE
    begun todo.counters := counter;
    run record;
    part record;
    obstacles jsonb;
    breaches jsonb;
    excluded jsonb := '{}';
    link bigint;
    undone_by bigint;
  BEGIN
    IF op ? 'id' THEN
      SELECT * INTO target FROM todo.operations o WHERE o.user_id = uid AND o.id = (op ->> 'id')::uuid;
    ELSE
      -- One by one: no plan reads all changes to find those that are left.
      SELECT * INTO target FROM (SELECT * FROM todo.operations o WHERE o.user_id = uid ORDER BY o.seq DESC LIMIT ${mostSeen}) o
        WHERE o.actor = sid AND o.kind NOT IN ('undo', 'settings.update') AND o.undone_by IS NULL AND o.at > moment - ${term} AND ${leaves}
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
    -- All or nothing, unless a part is wanted, and there is one. What would break a rule is left out of that, and all is
    -- tried anew without it.
    LOOP
    BEGIN
      obstacles := '[]';
      breaches := '[]';
      ordinal := 0;
      counter := begun;
      FOR run IN
        SELECT b.noun, b.ordinal AS first, coalesce(lead(b.ordinal) OVER (ORDER BY b.ordinal DESC) + 1, 0) AS last FROM (
          SELECT c.noun, c.ordinal, lag(true) OVER (PARTITION BY c.noun, c.id ORDER BY c.ordinal DESC)
              OR lag(c.noun) OVER down IS DISTINCT FROM c.noun
${
      alone.map((alone) => `              OR ${alone}\n`).join("")
    }              OR lag(c.now IS NULL) OVER down IS DISTINCT FROM (c.now IS NULL) AS begins
            FROM todo.changes c WHERE c.user_id = uid AND c.seq = target.seq AND ${isUndone} WINDOW down AS (ORDER BY c.ordinal DESC)
        ) b WHERE b.begins ORDER BY b.ordinal DESC
      LOOP
        CASE run.noun
${nouns.map(countedUndo).join("")}        END CASE;
        ordinal := ordinal + part.done;
        obstacles := obstacles || part.obstacles;
      END LOOP;
${nouns.map(afterwards).join("")}      IF breaches <> '[]' THEN
        RAISE EXCEPTION 'a rule is broken' USING ERRCODE = 'TD002';
      END IF;
      IF obstacles <> '[]' AND (ordinal = 0 OR op -> 'partial' IS DISTINCT FROM 'true') THEN
        RAISE EXCEPTION 'changed since' USING ERRCODE = 'TD001';
      END IF;
      EXIT;
    EXCEPTION
      WHEN SQLSTATE 'TD001' THEN
        verdict := 'changed';
        result := jsonb_build_object('obstacles', obstacles);
        EXIT work;
      WHEN SQLSTATE 'TD002' THEN
        excluded := excluded || (SELECT jsonb_object_agg(b ->> 'id', b ->> 'reason') FROM jsonb_array_elements(breaches) b);
        IF op -> 'partial' IS DISTINCT FROM 'true' THEN
          verdict := 'changed';
          result := jsonb_build_object('obstacles', obstacles || breaches);
          EXIT work;
        END IF;
    END;
    END LOOP;
    result := '{}';
    UPDATE todo.counters c SET ${
      counted.map(({ name }) => `${name} = c.${name} + counter.${name} - begun.${name}`).join(", ")
    }
      WHERE c.user_id = uid AND (${counted.map(({ name }) => `begun.${name} <> counter.${name}`).join(" OR ")});
${
      nouns.flatMap(({ rules = [] }) => rules.flatMap(({ undo }) => undo?.done ?? [])).map((text) => indent(text, 4))
        .join("")
    }    -- What is undone is so by an operation that is not: the undo of an undo takes that off what it undid, and so on.
    link := target.seq;
    undone_by := counter.seq;
    WHILE link IS NOT NULL LOOP
      UPDATE todo.operations o SET undone_by = work.undone_by WHERE o.user_id = uid AND o.seq = link
        RETURNING o.undoes, CASE WHEN work.undone_by IS NULL THEN o.seq END INTO link, undone_by;
    END LOOP;
  END;
`
  })
}
