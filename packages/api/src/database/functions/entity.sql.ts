import type { Member, Table } from "../Table.ts"
import { type RecordedBody, recordedFunction } from "./Write.sql.ts"

/** Columns that no answer has: whose the thing is, its place in the record, and how it was asked for. */
export const internal = "'{user_id,seq,creation}'::text[]"

/** Columns that move on with each change, whatever it is. */
export const bookkeeping = "'{version,updated_at}'::text[]"

/** A row as answers and the record have it. */
export const thingOf = (row: string) => `to_jsonb(${row}) - ${internal}`

/** The value of a member in `body`, for its column. */
const valueOf = ({ kind, name }: Member) =>
  kind === "jsonb" ? `body -> '${name}'` : kind === "text" ? `body ->> '${name}'` : `(body ->> '${name}')::${kind}`

/** Writes a change of the thing in `row` to the record. */
const note = (noun: string, row: string, was: string) =>
  `INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, '${noun}', ${row}.id, ${was}, result -> 'thing');
    ordinal := ordinal + 1;`

/** Reads what the answer to a key that came before was about: as it was left then, or where that is not on record as it is. */
export const replay = ({ name, noun }: Table) =>
  `  result := result || jsonb_build_object('thing', coalesce(
    (SELECT c.now FROM todo.operations o JOIN todo.changes c
      ON c.user_id = uid AND c.seq = o.seq AND c.noun = '${noun}' AND c.id = (result ->> 'id')::uuid
      WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid),
    (SELECT ${thingOf("t")} FROM todo.${name} t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
  ));
`

/** What is kept of a write of one thing. */
export const remember =
  "jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id'))"

const create = (table: Table): RecordedBody => {
  const { most, name, noun, numbered, shapes } = table
  const given = table.members.filter((member) => member.name !== "id" && member.name in shapes.creation.fields)
  const columns = {
    user_id: "uid",
    id: "(op ->> 'id')::uuid",
    ...numbered && { number: "counter.last_number" },
    ...Object.fromEntries(given.map((member) => [member.column, valueOf(member)])),
    created_at: "moment",
    updated_at: "moment",
    version: "1",
    seq: "counter.seq",
    creation: "decode(op ->> 'creation', 'hex')"
  }
  return {
    name: `${noun}_create`,
    kind: `${noun}.create`,
    claims: [...numbered ? ["last_number"] : [], name],
    replay: replay(table),
    remember,
    body: `  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    made todo.${name};
  BEGIN
    -- Whoever makes a thing may choose its id, and so may find it made.
    IF op ? 'creation' THEN
      SELECT * INTO made FROM todo.${name} t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
      IF made.creation = decode(op ->> 'creation', 'hex') AND made.trashed_at IS NULL THEN
        result := jsonb_build_object('thing', ${thingOf("made")});
      ELSIF made.id IS NOT NULL OR EXISTS (
        SELECT FROM todo.changes c WHERE c.user_id = uid AND c.noun = '${noun}' AND c.id = (op ->> 'id')::uuid
      ) THEN
        verdict := 'taken';
      END IF;
    END IF;
    IF result IS NULL AND verdict IS NULL AND counter.${name} > ${most} THEN
      verdict := 'limit';
    END IF;
    IF result IS NOT NULL OR verdict IS NOT NULL THEN
      EXIT work;
    END IF;
    INSERT INTO todo.${name} (${Object.keys(columns).join(", ")})
      VALUES (${Object.values(columns).join(", ")})
      RETURNING * INTO made;
    result := jsonb_build_object('thing', ${thingOf("made")});
    ${note(noun, "made", "NULL")}
  END;
`
  }
}

/** Answers with the thing as it was, which nothing has changed. */
export const answerOld = `result := jsonb_build_object('thing', ${thingOf("old")});`

/**
 * Finds the thing that `op` names in `old`, at a version that it allows: what is not in the trash, unless it may be there.
 * That is asked afterwards: in the statement it would have the planner think of the index of a list.
 */
export const find = ({ name }: Table, among: "in lists" | "anywhere" = "in lists") =>
  `    SELECT * INTO old FROM todo.${name} t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
    IF NOT FOUND${among === "anywhere" ? "" : " OR old.trashed_at IS NOT NULL"} THEN
      verdict := 'absent';
      EXIT work;
    END IF;
    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      ${answerOld}
      EXIT work;
    END IF;
`

/** Takes a member over from the patch, and notes what it overwrites. */
const patch = (member: Member) => {
  const { column, isSet, name } = member
  const value = isSet
    ? `CASE WHEN (body ->> '${name}')::boolean THEN coalesce(old.${column}, moment) END`
    : valueOf(member)
  return `    IF body ? '${name}' THEN
      made.${column} := ${value};
      IF made.${column} IS DISTINCT FROM old.${column} THEN
        was := was || jsonb_build_object('${column}', old.${column});
      END IF;
    END IF;
`
}

/** Writes `made` over `old`, in these columns and in those that each change has. */
export const change = ({ name, noun }: Table, columns: ReadonlyArray<string>) => {
  const changed = [...columns, "updated_at", "version"].map((column) => `${column} = made.${column}`)
  return `made.version := old.version + 1;
      made.updated_at := moment;
      UPDATE todo.${name} t SET ${changed.join(", ")}, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;
      result := jsonb_build_object('thing', ${thingOf("made")});
      ${
    note(noun, "made", "was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at)").replaceAll(
      /^(?=.)/gm,
      "  "
    ).trim()
  }`
}

const update = (table: Table): RecordedBody => {
  const { name, noun, shapes } = table
  const patched = table.members.filter((member) => member.name in shapes.patch.fields)
  return {
    name: `${noun}_update`,
    kind: `${noun}.update`,
    replay: replay(table),
    remember,
    body: `  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.${name};
    made todo.${name};
    was jsonb := '{}';
  BEGIN
${find(table)}    made := old;
${patched.map(patch).join("")}    IF was <> '{}' THEN
      ${change(table, patched.map(({ column }) => column))}
    ELSE
      ${answerOld}
    END IF;
  END;
`
  }
}

/** Removing moves to the trash, where a thing keeps its number. */
const remove = (table: Table): RecordedBody => {
  const { name, noun } = table
  return {
    name: `${noun}_remove`,
    kind: `${noun}.remove`,
    remember,
    body: `  <<work>>
  DECLARE
    old todo.${name};
    made todo.${name};
    was jsonb := '{"trashed_at": null}';
  BEGIN
${find(table)}    made := old;
    made.trashed_at := moment;
      ${change(table, ["trashed_at"])}
  END;
`
  }
}

/** The writes that create, update and remove things of a noun, as its description has them. */
export const entityWrites = (table: Table): ReadonlyArray<RecordedBody> => [create(table), update(table), remove(table)]

/** Their functions. */
export const entityFunctions = (table: Table): ReadonlyArray<string> => entityWrites(table).map(recordedFunction)
