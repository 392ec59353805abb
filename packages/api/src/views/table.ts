import { spellingKey } from "@todo/domain/text/Spelling"
import { mostViews, NewView, View, ViewPatch } from "@todo/domain/views/View"
import { removeForGood } from "../database/functions/remove.sql.ts"
import { moveOf } from "../database/order/move.sql.ts"
import { orderOfViews } from "../database/order/Order.ts"
import { placing } from "../database/order/placing.sql.ts"
import { positionOf } from "../database/order/Position.ts"
import { table } from "../database/Table.ts"

const taken = (name: string, id: string) =>
  `EXISTS (SELECT FROM todo.views x WHERE x.user_id = uid AND x.name_key = ${name} COLLATE "C" AND x.id <> ${id})`

const refusedIf = (condition: string) =>
  `IF ${condition} THEN
  verdict := 'name';
  EXIT work;
END IF;
`

/** How views are stored. */
export const views = table({
  noun: "view",
  name: "views",
  shapes: { answer: View, creation: NewView, patch: ViewPatch },
  title: "name",
  most: mostViews,
  stored: { name: (name: string) => ({ name, nameKey: spellingKey(name) }) },
  shown: { position: (_, row) => positionOf(row) },
  hidden: { name_key: "text" },
  order: orderOfViews,
  batched: (table) => ({ remove: removeForGood(table), move: moveOf(table, {}) }),
  rules: [{
    create: { before: refusedIf(taken("(body ->> 'nameKey')", "(op ->> 'id')::uuid")) },
    update: { before: refusedIf(`was ? 'name_key' AND ${taken("made.name_key", "old.id")}`) },
    // In the order of the changes that are undone, a name may be free again.
    undo: { made: `CASE WHEN ${taken("made.name_key", "j.id")} THEN 'taken' END`, oneByOne: () => "true" }
  }, placing({ noun: "view", order: orderOfViews })]
})
