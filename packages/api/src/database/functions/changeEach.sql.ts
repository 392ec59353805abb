import type { Table } from "../Table.ts"
import { thingOf } from "./entity.sql.ts"
import { indent } from "./Write.sql.ts"

/** What is done to many things at once, each a change of the operation. */
interface Changing {
  /** The rows that are changed, in the order of their changes. */
  readonly rows: string
  /** What is set: expressions, which may have the row as it was in `t`. */
  readonly set: Readonly<Record<string, string>>
  /** The variable with the place of the next change. */
  readonly place?: string
  /** Whether each has a new version; a key that is made anew is none. */
  readonly anew?: boolean
}

/**
 * Changes things one by one, by their ids. An UPDATE that joins them is as good or as bad as the planner's idea of how many
 * there are, which is from when it planned: on the embedded database from when the tables were empty.
 */
export const changeEach = (
  { name, noun }: Pick<Table, "name" | "noun">,
  { anew = true, place = "ordinal", rows, set }: Changing
) => {
  const bookkeeping = anew ? ["version", "updated_at"] : []
  return `DECLARE
  one todo.${name};
  changed todo.${name};
BEGIN
  FOR one IN
${indent(rows, 4)}
  LOOP
    UPDATE todo.${name} t SET ${
    [
      ...Object.entries(set).map(([column, value]) => `${column} = ${value}`),
      ...anew ? ["updated_at = moment", "version = t.version + 1"] : []
    ].join(", ")
  }, seq = counter.seq
      WHERE t.user_id = uid AND t.id = one.id RETURNING * INTO changed;
    INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now) VALUES (
      uid, counter.seq, ${place}, '${noun}', one.id,
      jsonb_build_object(${
    [...Object.keys(set), ...bookkeeping].map((column) => `'${column}', one.${column}`).join(", ")
  }),
      ${thingOf("changed")}
    );
    ${place} := ${place} + 1;
  END LOOP;
END;
`
}

/** The things of these ids: one by one, or the planner may read all that there are for each. */
export const thingsOf = (name: string, ids: string) =>
  `SELECT t.* FROM unnest(${ids}) u(id), LATERAL (
  SELECT * FROM todo.${name} x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
) t`

/** What is on record of a thing: as a range, in its order, or the planner may read all that is on record of the user. */
export const changesOfThing = (noun: string, id: string) =>
  `SELECT x.ctid, x.* FROM todo.changes x WHERE x.user_id = uid AND x.noun = '${noun}' AND x.id >= ${id} AND x.id <= ${id}
          ORDER BY x.id OFFSET 0`
