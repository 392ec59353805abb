import { change, thingOf } from "../functions/entity.sql.ts"
import { bounded, indent, type RecordedBody } from "../functions/Write.sql.ts"
import type { Table } from "../Table.ts"

/** What a move of things of a noun is beside what all moves are. All of it is plpgsql, and may refuse. */
export interface Moving {
  readonly declare?: string
  /** The columns that say which list a thing is in. */
  readonly lists?: ReadonlyArray<string>
  /** Sets them in `target`, the first of the things, where the move names no neighbour: as more branches of an IF. */
  readonly elsewhere?: string
  /** What of a thing an answer has, beside its id, its place and its version. */
  readonly shows?: ReadonlyArray<string>
  /** Behind the looks at what is named: whether the things may be in the list of `target`. */
  readonly allowed?: string
  /** Before anything is written, where something is to be: `made` is `target`. */
  readonly before?: string
  /** How many things change, as SQL has it. */
  readonly many?: string
  /** Behind the writing of each, with `old` and `made`. */
  readonly each?: string
  /** Behind the writing of all. */
  readonly after?: string
}

/** The things `ids`, in their order, as rows `m` of their places and `t`: one by one, or the planner reads all that there are. */
export const inOrder = ({ name }: Table) =>
  `unnest(ids) WITH ORDINALITY m(id, place), LATERAL (
      SELECT * FROM todo.${name} x WHERE x.user_id = uid AND x.id = m.id OFFSET 0
    ) t`

/** Whether any of these columns is another in one row than in the other. */
const differs = (columns: ReadonlyArray<string>, one: string, other: string) =>
  columns.map((column) => `${one}.${column} IS DISTINCT FROM ${other}.${column}`).join(" OR ")

/**
 * Moves things, in the order in which `op` has them, to a place: right before or after another, or to an end of a list, which
 * is that of the first of them where nothing says otherwise. What stands there already is not changed.
 */
export const moveOf = (
  table: Table,
  { after = "", allowed = "", before = "", declare = "", each = "", elsewhere = "", lists = [], many, shows = [] }:
    Moving
): RecordedBody => {
  const { name, noun, order, trash } = table
  const { list } = order!
  const things = inOrder(table)
  const standing = (row: string) =>
    `jsonb_build_object(${
      ["id", ...shows, "position", "version"].map((column) => `'${column}', ${row}.${column}`).join(", ")
    })`
  return {
    name: `${noun}_move`,
    kind: `${noun}.move`,
    remember: "result - 'thing'",
    body: `  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    ids uuid[] := todo.uuids(body -> 'ids');
    side text := CASE WHEN body ? 'before' THEN 'before' WHEN body ? 'after' THEN 'after' ELSE coalesce(body ->> 'at', 'last') END;
    anchor todo.${name};
    old todo.${name};
    made todo.${name};
    target todo.${name};
    was jsonb;
    places record;
    previous uuid;
    stays boolean;
    place integer := 0;
    moved jsonb := '[]';
${declare}  BEGIN
    -- Who stands where: what is named has to be there.
    IF body ? 'before' OR body ? 'after' THEN
      SELECT * INTO anchor FROM todo.${name} t WHERE t.user_id = uid AND t.id = (body ->> side)::uuid;
      IF NOT FOUND OR ${trash ? "anchor.trashed_at IS NOT NULL OR " : ""}anchor.id = ANY (ids) THEN
        verdict := 'reference';
        result := jsonb_build_object('path', jsonb_build_array(side));
        EXIT work;
      END IF;
    END IF;
    place := (SELECT m.place - 1 FROM unnest(ids) WITH ORDINALITY m(id, place)
      WHERE (SELECT ${
      trash ? "t.trashed_at IS NULL" : "true"
    } FROM todo.${name} t WHERE t.user_id = uid AND t.id = m.id) IS NOT TRUE
      ORDER BY m.place LIMIT 1);
    IF place IS NOT NULL THEN
      verdict := 'reference';
      result := jsonb_build_object('path', jsonb_build_array('ids', place));
      EXIT work;
    END IF;
    SELECT * INTO target FROM todo.${name} t WHERE t.user_id = uid AND t.id = ids[1];
    IF anchor.id IS NOT NULL THEN
      ${lists.length === 0 ? "NULL;" : lists.map((column) => `target.${column} := anchor.${column};`).join("\n      ")}
${indent(elsewhere, 4)}    END IF;
${indent(allowed, 4)}    -- Whether all stand there already, one behind the other.
    stays := ${
      lists.length === 0 ? "true" : `NOT EXISTS (SELECT FROM ${things} WHERE ${differs(lists, "t", "target")})`
    };
    IF stays THEN
      previous := CASE side
        WHEN 'after' THEN anchor.id
        WHEN 'before' THEN todo.${noun}_before(uid, anchor)
        WHEN 'last' THEN todo.${noun}_last(uid, ${list("target")})
      END;
      IF side IN ('before', 'last') THEN
        stays := (previous = ids[cardinality(ids)]) IS TRUE;
        SELECT * INTO old FROM todo.${name} t WHERE t.user_id = uid AND t.id = ids[1];
        previous := todo.${noun}_before(uid, old);
      END IF;
      FOR old IN SELECT t.* FROM ${things} WHERE stays ORDER BY m.place
      LOOP
        stays := stays AND todo.${noun}_before(uid, old) IS NOT DISTINCT FROM previous;
        previous := old.id;
      END LOOP;
    END IF;
    IF stays THEN
      result := (SELECT jsonb_build_object('items', jsonb_agg(${standing("t")} ORDER BY m.place),
        'thing', (jsonb_agg(${thingOf("t")} ORDER BY m.place)) -> 0) FROM ${things});
      EXIT work;
    END IF;
    made := target;
${indent(before, 4)}${
      indent(bounded(many ?? "cardinality(ids)"), 4)
    }    SELECT * INTO places FROM todo.${noun}_keys(uid, ids, ${list("target")}, side, anchor.id, counter, ordinal);
    ordinal := places.ordinal;
    -- What stood before each of them is of the time before all.
    moved := (SELECT jsonb_agg(jsonb_build_array(m.id, todo.${noun}_before(uid, t)) ORDER BY m.place) FROM ${things});
    FOR place IN 1 .. cardinality(ids) LOOP
      SELECT * INTO old FROM todo.${name} t WHERE t.user_id = uid AND t.id = ids[place];
      made := old;
      made.position := places.keys[place];
      was := jsonb_build_object('position', old.position, 'behind', moved -> (place - 1) -> 1);
${
      lists.map((column) =>
        `      made.${column} := target.${column};
      IF made.${column} IS DISTINCT FROM old.${column} THEN
        was := was || jsonb_build_object('${column}', old.${column});
      END IF;
`
      ).join("")
    }      ${change(table, ["position", ...lists])}
      moved := jsonb_set(moved, ARRAY[(place - 1)::text], ${standing("made")});
${indent(each, 6)}    END LOOP;
${indent(after, 4)}    result := jsonb_build_object('items', moved, 'thing', (
      SELECT ${thingOf("t")} FROM todo.${name} t WHERE t.user_id = uid AND t.id = ids[1]
    ));
  END;
`
  }
}
