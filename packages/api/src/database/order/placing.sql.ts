import type { Rules, Table } from "../Table.ts"

type Placed = Pick<Table, "noun" | "order">

/** Gives `made` the last place of its list, and notes that which it leaves: its key, and behind what it stood. */
export const lastOfList = ({ noun, order }: Placed) =>
  `was := was || jsonb_build_object('position', old.position, 'behind', todo.${noun}_behind(uid, old, counter.seq, ordinal));
SELECT * INTO places FROM todo.${noun}_keys(uid, ARRAY[old.id], ${order!.list("made")}, 'last', NULL, counter, ordinal);
ordinal := places.ordinal;
made.position := places.keys[1];
`

/**
 * What writes of a noun keep whose things have no numbers: what is made stands behind the others of its list, and so does
 * what comes into another by one of these columns, which are ids.
 */
export const placing = (placed: Placed, columns: Readonly<Record<string, string>> = {}): Rules => {
  const lists = Object.entries(columns)
  const moved = lists.map(([column]) => `was ? '${column}'`).join(" OR ")
  return {
    columns: ["position"],
    create: {
      declare: "    places record;\n",
      before: `${
        lists.map(([column, member]) => `made.${column} := (body ->> '${member}')::uuid;\n`).join("")
      }SELECT * INTO places FROM todo.${placed.noun}_keys(
  uid, ARRAY[(op ->> 'id')::uuid], ${placed.order!.list("made")}, 'last', NULL, counter, ordinal
);
ordinal := places.ordinal;
body := body || jsonb_build_object('position', places.keys[1]);
`
    },
    ...moved !== "" && {
      update: {
        declare: "    places record;\n",
        before: `IF ${moved} THEN
  ${lastOfList(placed).replaceAll(/\n(?=.)/g, "\n  ")}END IF;
`
      }
    }
  }
}
