import type { Member, Rules, Table } from "../Table.ts"
import { foldOf } from "./folded.sql.ts"
import { indent, type RecordedBody, recordedFunction } from "./Write.sql.ts"

/**
 * Columns that no answer has: whose the thing is, its place in the record, how it was asked for, whether something has been
 * below it, and texts a second time.
 */
export const internal = "'{user_id,seq,creation,is_parent,title_folded,description_folded,text_folded}'::text[]"

/** Columns that move on with each change, whatever it is. */
export const bookkeeping = "'{version,updated_at}'::text[]"

/** What the record keeps beside columns: behind what a thing stood that was moved. */
export const beside = "'{behind}'::text[]"

/** A row as answers and the record have it. */
export const thingOf = (row: string) => `to_jsonb(${row}) - ${internal}`

/** The value of a member in `body`, for its column: of a new thing, or over what there is in `old`. */
const valueOf = ({ made = {} }: Table, { kind, name }: Member, old?: string) => {
  const { read, use } = made[name] ?? {}
  const given = `body -> '${name}'`
  return read !== undefined
    ? `CASE WHEN body ? '${name}' THEN ${
      old === undefined ? use?.(given) ?? read(given, `NULL::${kind}`) : read(given, old)
    } END`
    : kind === "uuid[]"
    ? `todo.uuids(${given})`
    : kind === "jsonb"
    ? `nullif(${given}, 'null')`
    : kind === "text"
    ? `body ->> '${name}'`
    : `(body ->> '${name}')::${kind}`
}

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
      WHERE o.user_id = uid AND o.id = (result ->> 'operation')::uuid ORDER BY c.ordinal DESC LIMIT 1),
    (SELECT ${thingOf("t")} FROM todo.${name} t WHERE t.user_id = uid AND t.id = (result ->> 'id')::uuid)
  ));
`

/** What is kept of a write of one thing. */
export const remember =
  "jsonb_strip_nulls(jsonb_build_object('operation', result -> 'operation', 'id', result -> 'thing' -> 'id'))"

/** The texts of a rule of all concerns of a noun, one after the other. */
export const ruled = ({ rules = [] }: Table, of: (rules: Rules) => string | undefined, by = 0) =>
  indent(rules.map((rule) => of(rule) ?? "").join(""), by)

/** What completes an answer of a noun. */
export const answerOf = (table: Table) => ruled(table, ({ answer }) => answer)

const create = (table: Table): RecordedBody => {
  const { computed = [], folded = [], most, name, noun, numbered, order, shapes, trash } = table
  const { fields = {} } = shapes.creation ?? {}
  const given = [
    ...table.members.filter(({ column, name }) =>
      name !== "id" && (name in fields || computed.includes(name) || column === order?.column)
    ),
    ...table.own
  ]
  const columns = {
    user_id: "uid",
    id: "(op ->> 'id')::uuid",
    ...numbered && { number: "counter.last_number" },
    ...Object.fromEntries(given.map((member) => [member.column, valueOf(table, member)])),
    ...Object.fromEntries(folded.map((column) => [`${column}_folded`, foldOf(`(body ->> '${column}')`)])),
    // An import keeps when a thing was made, and done or put away.
    ...Object.fromEntries(
      table.members.filter(({ isSet }) => isSet).map(({ column }) => [column, "(op ->> 'setAt')::timestamptz(3)"])
    ),
    created_at: "coalesce((op ->> 'createdAt')::timestamptz(3), moment)",
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
    answer: answerOf(table),
    body: `  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    made todo.${name};
${ruled(table, ({ create }) => create?.declare)}  BEGIN
    -- Whoever makes a thing may choose its id, and so may find it made.
    IF op ? 'creation' THEN
      SELECT * INTO made FROM todo.${name} t WHERE t.user_id = uid AND t.id = (op ->> 'id')::uuid;
      IF made.creation = decode(op ->> 'creation', 'hex')${trash ? " AND made.trashed_at IS NULL" : ""} THEN
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
${ruled(table, ({ create }) => create?.before, 4)}    INSERT INTO todo.${name} (${Object.keys(columns).join(", ")})
      VALUES (${Object.values(columns).join(", ")})
      RETURNING * INTO made;
    result := jsonb_build_object('thing', ${thingOf("made")});
    ${note(noun, "made", "NULL")}
${ruled(table, ({ create }) => create?.after, 4)}  END;
`
  }
}

/** Answers with the thing as it was, which nothing has changed. */
export const answerOld = `result := jsonb_build_object('thing', ${thingOf("old")});`

/** The one that each user has, from when it is first written. */
const findOnly = (name: string) =>
  `    INSERT INTO todo.${name} (user_id, id, updated_at) VALUES (uid, uid, moment) ON CONFLICT DO NOTHING;
    SELECT * INTO old FROM todo.${name} t WHERE t.user_id = uid;
`

/**
 * Finds the thing that `op` names in `old`, by its id unless something else names it, at a version that it allows: what is
 * not in the trash, unless it may be there. That is asked afterwards: in the statement it would have the planner think of
 * the index of a list.
 */
export const find = (
  { most, name, trash }: Table,
  among: "in lists" | "anywhere" = "in lists",
  by = "t.id = (op ->> 'id')::uuid"
) =>
  `${
    most === undefined ?
      findOnly(name) :
      `    SELECT * INTO old FROM todo.${name} t WHERE t.user_id = uid AND ${by};
    IF NOT FOUND${among === "anywhere" || !trash ? "" : " OR old.trashed_at IS NOT NULL"} THEN
      verdict := 'absent';
      EXIT work;
    END IF;
`
  }    IF op ? 'versions' AND NOT op -> 'versions' @> to_jsonb(old.version) THEN
      verdict := 'changed';
      ${answerOld}
      EXIT work;
    END IF;
`

/** Takes a member over from the patch, and notes what it overwrites. */
const patch = (table: Table) => (member: Member) => {
  const { column, isSet, name } = member
  const value = isSet
    ? `CASE WHEN (body ->> '${name}')::boolean THEN
        coalesce(old.${column}, (op ->> 'setAt')::timestamptz(3), moment) END`
    : valueOf(table, member, `old.${column}`)
  return `    IF body ? '${name}' THEN
      made.${column} := ${value};
      IF made.${column} IS DISTINCT FROM old.${column} THEN
        was := was || jsonb_build_object('${column}', old.${column});
      END IF;
    END IF;
`
}

/** Writes `made` over `old`, in these columns and in those that each change has: in `few` alone where no other has changed. */
export const change = ({ name, noun }: Table, columns: ReadonlyArray<string>, few: ReadonlyArray<string> = []) => {
  const write = (columns: ReadonlyArray<string>) =>
    `UPDATE todo.${name} t SET ${
      [...columns, "updated_at", "version"].map((column) => `${column} = made.${column}`).join(", ")
    }, seq = counter.seq
        WHERE t.user_id = uid AND t.id = old.id;`
  return `made.version := old.version + 1;
      made.updated_at := moment;
      ${
    few.length === 0
      ? write(columns)
      : `IF was - '{${few.join()}}'::text[] = '{}' THEN
        ${indent(write(few), 2).trim()}
      ELSE
        ${indent(write(columns), 2).trim()}
      END IF;`
  }
      result := jsonb_build_object('thing', ${thingOf("made")});
      ${
    note(noun, "made", "was || jsonb_build_object('version', old.version, 'updated_at', old.updated_at)").replaceAll(
      /^(?=.)/gm,
      "  "
    ).trim()
  }`
}

/** A change of a thing, which the history calls by a verb. */
const update = (table: Table, verb: string): RecordedBody => {
  const { computed = [], name, noun, own, rules = [], shapes } = table
  const patched = table.members.filter((member) => member.name in shapes.patch.fields)
  // Most changes are of what is said to be set, and of nothing else: they are not asked for each of the others.
  const set = patched.filter(({ isSet }) => isSet)
  const others = patched.filter(({ isSet }) => !isSet)
  const follows = [...table.members.filter((member) => computed.includes(member.name)), ...own]
  return {
    name: `${noun}_${verb}`,
    kind: `${noun}.${verb}`,
    replay: replay(table),
    remember,
    answer: answerOf(table),
    body: `  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.${name};
    made todo.${name};
    was jsonb := '{}';
${ruled(table, ({ update }) => update?.declare)}  BEGIN
${find(table)}${ruled(table, ({ update }) => update?.early, 4)}    made := old;
${set.length === 0 ? others.map(patch(table)).join("") : ifAny(others, others.map(patch(table)).join(""))}${
      set.map(patch(table)).join("")
    }${follows.length === 0 ? "" : followed(table, follows, computed.length > 0)}    IF was <> '{}' THEN
${ruled(table, ({ place }) => place, 6)}${ruled(table, ({ update }) => update?.before, 6)}${
      used(table, patched)
    }      ${
      change(table, [
        ...new Set([
          ...[...patched, ...follows].map(({ column }) => column),
          ...rules.flatMap(({ columns = [], update }) => update === undefined ? [] : columns)
        ])
      ], set.map(({ column }) => column))
    }
${ruled(table, ({ update }) => update?.after, 6)}    ELSE
      ${answerOld}
    END IF;
  END;
`
  }
}

/** Does something where the patch has any of these members. */
const ifAny = (members: ReadonlyArray<Member>, statements: string) =>
  `    IF body ?| '{${members.map(({ name }) => name).join()}}' THEN
${indent(statements, 2)}    END IF;
`

/** Uses what was given for members that are written. */
const used = ({ made = {} }: Table, patched: ReadonlyArray<Member>) =>
  patched.flatMap(({ column, name }) => {
    const { use } = made[name] ?? {}
    return use === undefined ? [] : [`      IF was ? '${column}' THEN
        PERFORM ${use(`body -> '${name}'`)};
      END IF;
`]
  }).join("")

/** What follows from members: of what the service has to compute it says when it has. */
const followed = (table: Table, follows: ReadonlyArray<Member>, isComputed: boolean) =>
  !isComputed ? follows.map(patch(table)).join("") : `    IF op ? 'basis' THEN
${indent(follows.map(patch(table)).join(""), 2)}    END IF;
`

/** Removing moves to the trash, where a thing keeps its number. */
const remove = (table: Table): RecordedBody => {
  const { name, noun } = table
  return {
    name: `${noun}_remove`,
    kind: `${noun}.remove`,
    remember,
    answer: answerOf(table),
    body: `  <<work>>
  DECLARE
    old todo.${name};
    made todo.${name};
    was jsonb := '{"trashed_at": null}';
${ruled(table, ({ remove }) => remove?.declare)}  BEGIN
${find(table)}    made := old;
    made.trashed_at := moment;
${ruled(table, ({ remove }) => remove?.before, 4)}      ${change(table, ["trashed_at"])}
${ruled(table, ({ remove }) => remove?.after, 4)}  END;
`
  }
}

/** Takes a thing away that has no trash: undo alone brings it back, from the row that is on record. */
export const takeAway = ({ name, noun }: Table) =>
  `DELETE FROM todo.${name} t WHERE t.user_id = uid AND t.id = old.id;
    UPDATE todo.counters c SET ${name} = c.${name} - 1 WHERE c.user_id = uid;
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
      VALUES (uid, counter.seq, ordinal, '${noun}', old.id, to_jsonb(old), NULL);
    ordinal := ordinal + 1;
`

/** The writes that create, update and remove things of a noun, as its description has them; what has no trash is removed otherwise. */
export const entityWrites = (table: Table): ReadonlyArray<RecordedBody> =>
  table.writes === "its own" ? [] : [
    ...table.most === undefined ? [] : [create(table)],
    ...table.trash ? [remove(table)] : [],
    ...["update", ...table.verbs ?? []].map((verb) => update(table, verb))
  ]

/** Their functions. */
export const entityFunctions = (table: Table): ReadonlyArray<string> => entityWrites(table).map(recordedFunction)
