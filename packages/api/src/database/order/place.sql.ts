import { changeEach, changesOfThing, thingsOf } from "../functions/changeEach.sql.ts"
import { indent } from "../functions/Write.sql.ts"
import type { Table } from "../Table.ts"
import { numberOfKey } from "./keys.sql.ts"
import type { Order } from "./Order.ts"

/** The longest key that there is, and the longest of those that are made anew. */
export const longestKey = 24
const longestNewKey = 16

/** So many neighbours are given new keys at first, and then twice as many, until there is room. */
const leastRun = 32

/** A place in a list: SQL of the key there, and of the id of what has it. */
interface Place {
  readonly key: string
  readonly id: string
}

/** What is asked of the rows of a list. */
interface Asked {
  /** The list, as SQL has it. */
  readonly of: string
  /** Those before a place, or behind it; the nearest first. */
  readonly before?: Place
  readonly behind?: Place
  /** All of the list, from one end on. */
  readonly from?: "first" | "last"
  readonly which?: string
  readonly most: string
}

/**
 * So many rows of a list on one side of a place. What has no numbers is few, and read as a whole. What has been moved and what has not are in the index one after the other:
 * both are read from the place on. An index of keys could be read in their order alone, from an end of the list to the place:
 * row-level security has no comparison asked of an index that is made from more than columns.
 */
const nearest = (
  { name, numbered }: Table,
  { column, isIn, key }: Order,
  { before, behind, from, most, of, which = "" }: Asked
) => {
  const down = before !== undefined || from === "last" ? " DESC" : ""
  const sides = [["<", before], [">", behind]] as const
  const end = (side: "<" | ">") => side === "<" ? "upper" : "lower"
  if (!numbered) {
    const bounds = sides.flatMap(([side, place]) =>
      place === undefined ? [] : [`(${key("t")}, t.id) ${side} (${place.key}, ${place.id})`]
    )
    return `SELECT t.id, ${key("t")} AS key FROM todo.${name} t
  WHERE ${["t.user_id = uid", isIn("t", of), ...bounds].join(" AND ")}${which}
  ORDER BY ${key("t")}${down}, t.id${down} LIMIT ${most}`
  }
  const half = (isMoved: boolean) => {
    const bounds = sides.flatMap(([side, place]) =>
      place === undefined ? [] : [
        isMoved ? `t.${column} ${side}= ${end(side)}.key` : `t.number ${side}= ${end(side)}.nth`,
        `(${key("t")}, t.id) ${side} (${end(side)}.key, ${end(side)}.id)`
      ]
    )
    const conditions = [
      "t.user_id = uid",
      isIn("t", of),
      `t.${column} IS ${isMoved ? "NOT " : ""}NULL`,
      ...bounds
    ]
    return `(SELECT t.id, ${key("t")} AS key FROM todo.${name} t
    WHERE ${conditions.join(" AND ")}${which}
    ORDER BY t.${column}${down}, t.number${down} LIMIT ${most})`
  }
  // Not beside the column: what makes a key is a function that may leak.
  const ends = sides.flatMap(([side, place]) =>
    place === undefined
      ? []
      : [
        `(SELECT ${place.key} AS key, ${numberOfKey(place.key)} AS nth, ${place.id} AS id OFFSET 0) ${
          end(side)
        }, LATERAL `
      ]
  )
  return `SELECT n.id, n.key FROM ${ends.join("")}(
  SELECT e.id, e.key FROM (
    ${indent(half(true), 2).trim()}
    UNION ALL
    ${indent(half(false), 2).trim()}
  ) e ORDER BY e.key${down}, e.id${down} LIMIT ${most}
) n`
}

const others = " AND t.id <> ALL (moving)"

/**
 * The functions that put things of a noun in order. They run under the user's counter, so that nobody else moves anything
 * meanwhile. Neighbours are those in the trash, too: what comes back has its place for itself.
 */
export const placeFunctions = (table: Table, order: Order): ReadonlyArray<string> => {
  const { name, noun, numbered, trash } = table
  const { column, isIn, key, list } = order
  const living = trash ? " AND t.trashed_at IS NULL" : ""
  // The same, so that no index that has it as its condition, in the order of numbers, is taken instead.
  const isThere = trash ? " AND coalesce(t.trashed_at, 'infinity') = 'infinity'" : ""
  // Whether a thing has the key of another: of what was moved and what was not, by their columns, as above.
  const taken = numbered
    ? [`t.${column} = own_key`, `t.${column} IS NULL AND t.number = own_number AND ${key("t")} = own_key`]
    : [`${key("t")} = own_key`]
  const isOneList = list("one") === list("other")
  const changesOf = (id: string) => changesOfThing(noun, id)
  const at = (row: string): Place => ({ key: key(row), id: `${row}.id` })
  const mark = (row: string): Place => ({ key: `${row}.key`, id: `${row}.id` })
  const near = (asked: Omit<Asked, "of">, by: number) =>
    indent(nearest(table, order, { of: "wanted", which: others, ...asked }), by)
  const madeAnew = `c.was ? '${column}' AND NOT c.was ? 'version'`
  /** The changes of a thing since an operation that are of no undo, and not undone. */
  const since = (asked: string) =>
    `SELECT FROM (${changesOf("thing")}) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND ${asked} AND o.kind <> 'undo' AND o.undone_by IS NULL`
  return [
    // What stands right before a thing in its list, among what is not in the trash; null where it is the first.
    `CREATE OR REPLACE FUNCTION todo.${noun}_before(uid uuid, thing todo.${name}) RETURNS uuid
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN (SELECT n.id FROM (
${indent(nearest(table, order, { of: list("thing"), before: at("thing"), which: isThere, most: "1" }), 8)}
      ) n);
    END $$`,
    // What is the last of a list.
    `CREATE OR REPLACE FUNCTION todo.${noun}_last(uid uuid, wanted uuid) RETURNS uuid
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN (SELECT n.id FROM (
${indent(nearest(table, order, { of: "wanted", from: "last", which: isThere, most: "1" }), 8)}
      ) n);
    END $$`,
    // What stands before a thing that an operation is to move, after what it has moved so far. Of what stood before
    // it in the list the last that was moved is known, with what that stood behind: what has gone is not passed over for each.
    // Where there is one list, nothing goes from one into another.
    ...isOneList ?
      [] :
      [`CREATE OR REPLACE FUNCTION todo.${noun}_behind(uid uuid, thing todo.${name}, place bigint, ordinal integer) RETURNS uuid
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    DECLARE
      last record;
      gone todo.${name};
    BEGIN
      SELECT c.id, c.was INTO last FROM todo.changes c
        WHERE c.user_id = uid AND c.seq = place AND c.ordinal = ${noun}_behind.ordinal - 1;
      IF NOT coalesce(last.was ? 'behind', false) THEN
        RETURN todo.${noun}_before(uid, thing);
      END IF;
      SELECT * INTO gone FROM todo.${name} t WHERE t.user_id = uid AND t.id = last.id;
      gone := jsonb_populate_record(gone, last.was);
      IF ${list("gone")} <> ${list("thing")} OR (${key("gone")}, gone.id) > (${key("thing")}, thing.id) THEN
        RETURN todo.${noun}_before(uid, thing);
      END IF;
      RETURN coalesce((SELECT n.id FROM (
${
        indent(
          nearest(table, order, {
            of: list("thing"),
            before: at("thing"),
            behind: at("gone"),
            which: isThere,
            most: "1"
          }),
          8
        )
      }
      ) n), (last.was ->> 'behind')::uuid);
    END $$`],
    // Whether somebody has moved a thing since an operation, and it is not undone, or its key is another for another reason
    // than that its neighbours and it had new ones.
    `CREATE OR REPLACE FUNCTION todo.${noun}_moved(uid uuid, thing uuid, since bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN NOT EXISTS (
        SELECT FROM (${changesOf("thing")}) c WHERE c.seq >= since AND ${madeAnew}
      ) OR EXISTS (
        ${since(`c.was ? '${column}' AND c.was ? 'version'`)}
      );
    END $$`,
    // Whether a thing stands somewhere else since an operation, or has another key for the same place, or is made since.
    `CREATE OR REPLACE FUNCTION todo.${noun}_displaced(uid uuid, thing uuid, since bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN EXISTS (
        SELECT FROM (${changesOf("thing")}) c WHERE c.seq >= since AND ${madeAnew}
      ) OR EXISTS (
        ${since(`(c.was IS NULL OR c.was ? '${column}' AND c.was ? 'version')`)}
      );
    END $$`,
    // Keys for things that come together, in their order, into a list: right before or after one that is in it, or at an
    // end. Where there is no room for short ones the neighbours have new keys, too: changes of the operation, of no new
    // version. "ordinal" is the place of the next change.
    `CREATE OR REPLACE FUNCTION todo.${noun}_keys(
      uid uuid, moving uuid[], wanted uuid, side text, anchor uuid, counter todo.counters, INOUT ordinal integer, OUT keys text[]
    ) LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      many constant integer := cardinality(moving);
      run integer := ${leastRun};
      mark record;
      low record;
      high record;
      below uuid[];
      above uuid[];
      given jsonb;
    BEGIN
      IF anchor IS NOT NULL THEN
        SELECT t.id, ${key("t")} AS key INTO mark FROM todo.${name} t WHERE t.user_id = uid AND t.id = anchor;
      END IF;
      CASE side
        WHEN 'after' THEN
          low := mark;
${near({ behind: mark("mark"), most: "1" }, 10)} INTO high;
        WHEN 'before' THEN
          high := mark;
${near({ before: mark("mark"), most: "1" }, 10)} INTO low;
        WHEN 'first' THEN
          SELECT NULL::uuid AS id, NULL::text AS key INTO low;
${near({ from: "first", most: "1" }, 10)} INTO high;
        ELSE
${near({ from: "last", most: "1" }, 10)} INTO low;
          SELECT NULL::uuid AS id, NULL::text AS key INTO high;
      END CASE;
      keys := todo.keys_between(low.key, high.key, many, counter.last_number);
      IF (SELECT max(length(k)) <= ${longestKey} FROM unnest(keys) k) THEN
        RETURN;
      END IF;
      LOOP
        below := CASE WHEN low.id IS NULL THEN '{}' ELSE low.id || ARRAY(SELECT b.id FROM (
${near({ before: mark("low"), most: "(run / 2 - 1)" }, 10)}
        ) b) END;
        above := CASE WHEN high.id IS NULL THEN '{}' ELSE high.id || ARRAY(SELECT a.id FROM (
${near({ behind: mark("high"), most: "(run / 2 - 1)" }, 10)}
        ) a) END;
        keys := todo.keys_between(
          (SELECT e.key FROM todo.${name} l, LATERAL (
${near({ before: at("l"), most: "1" }, 12)}
          ) e WHERE l.user_id = uid AND l.id = below[cardinality(below)]),
          (SELECT e.key FROM todo.${name} l, LATERAL (
${near({ behind: at("l"), most: "1" }, 12)}
          ) e WHERE l.user_id = uid AND l.id = above[cardinality(above)]),
          cardinality(below) + many + cardinality(above), counter.last_number
        );
        EXIT WHEN (SELECT max(length(k)) <= ${longestNewKey} FROM unnest(keys) k)
          OR cardinality(below) < run / 2 AND cardinality(above) < run / 2;
        run := run * 2;
      END LOOP;
      given := jsonb_object((below || above)::text[], ARRAY(
        SELECT keys[CASE WHEN n <= cardinality(below) THEN cardinality(below) + 1 - n ELSE many + n END]
          FROM generate_series(1, cardinality(below || above)) n ORDER BY n
      ));
${
      indent(
        changeEach(table, {
          rows: thingsOf(name, "below || above"),
          set: { [column]: "given ->> t.id::text" },
          anew: false
        }),
        6
      )
    }      keys := keys[cardinality(below) + 1:cardinality(below) + many];
    END $$`,
    // After an undo of the operation "undone": each thing that it had moved stands behind what it stood behind, where that is
    // in its list, and none has the key of another. Answers the place of the next change.
    `CREATE OR REPLACE FUNCTION todo.${noun}_settle(uid uuid, undone bigint, counter todo.counters, ordinal integer) RETURNS integer
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      moved record;
      thing todo.${name};
      own_key text;
${numbered ? "      own_number integer;\n" : ""}      actual uuid;
      wanted uuid;
      settled uuid[] := '{}';
      places record;
    BEGIN
      FOR moved IN
        SELECT t.id, left_place.was ? 'behind' AS stood, (left_place.was ->> 'behind')::uuid AS behind
          FROM (SELECT DISTINCT c.id FROM todo.changes c
            WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = '${noun}' AND c.now IS NOT NULL
              AND (c.was IS NULL OR c.was ? '${column}')) u
          JOIN LATERAL (SELECT * FROM todo.${name} x WHERE x.user_id = uid AND x.id = u.id OFFSET 0) t ON true${living}
          LEFT JOIN LATERAL (SELECT c.was FROM (
              ${changesOf("u.id")}
            ) c WHERE c.seq = undone AND c.was ? 'behind' ORDER BY c.ordinal LIMIT 1) left_place ON true
          ORDER BY ${key("t")}, t.id
      LOOP
        SELECT * INTO thing FROM todo.${name} t WHERE t.user_id = uid AND t.id = moved.id;
        own_key := ${key("thing")};
${
      numbered
        ? `        own_number := ${numberOfKey("own_key")};\n`
        : ""
    }        actual := todo.${noun}_before(uid, thing);
        wanted := CASE WHEN moved.stood AND (moved.behind IS NULL OR EXISTS (
          SELECT FROM (SELECT * FROM todo.${name} x WHERE x.user_id = uid AND x.id = moved.behind OFFSET 0) t WHERE ${
      isIn("t", list("thing"))
    }${living}
        )) THEN moved.behind ELSE actual END;
        -- Where nothing of that has another place since, its key is right: beside it is what the operation has moved, too.
        IF wanted IS DISTINCT FROM actual AND NOT (
          wanted = ANY (settled) IS TRUE OR actual = ANY (settled) IS TRUE
          OR todo.${noun}_displaced(uid, wanted, undone) OR todo.${noun}_displaced(uid, actual, undone)
        ) THEN
          wanted := actual;
        END IF;
        CONTINUE WHEN wanted IS NOT DISTINCT FROM actual${
      taken.map((same) =>
        ` AND NOT EXISTS (
          SELECT FROM todo.${name} t WHERE t.user_id = uid AND ${
          isIn("t", list("thing"))
        } AND ${same} AND t.id <> thing.id
        )`
      ).join("")
    };
        SELECT * INTO places FROM todo.${noun}_keys(
          uid, ARRAY[thing.id], ${
      list("thing")
    }, CASE WHEN wanted IS NULL THEN 'first' ELSE 'after' END, wanted, counter, ordinal
        );
        ordinal := places.ordinal;
        settled := settled || thing.id;
        UPDATE todo.${name} t SET ${column} = places.keys[1] WHERE t.user_id = uid AND t.id = thing.id;
        UPDATE todo.changes c SET now = c.now || jsonb_build_object('${column}', places.keys[1])
          WHERE c.user_id = uid AND c.ctid = ANY (ARRAY(
            SELECT n.ctid FROM (${changesOf("thing.id")}) n WHERE n.seq = counter.seq AND n.now IS NOT NULL
          ));
      END LOOP;
      RETURN ordinal;
    END $$`
  ]
}
