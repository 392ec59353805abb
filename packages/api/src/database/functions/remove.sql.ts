import type { Table } from "../Table.ts"
import { find, remember, takeAway, thingOf } from "./entity.sql.ts"
import type { RecordedBody } from "./Write.sql.ts"

/** Takes a thing away of a noun that has no trash, and that nothing refers to. */
export const removeForGood = (table: Table): RecordedBody => ({
  name: `${table.noun}_remove`,
  kind: `${table.noun}.remove`,
  remember,
  frees: table.name,
  body: `  <<work>>
  DECLARE
    old todo.${table.name};
  BEGIN
${find(table)}    ${takeAway(table)}    result := jsonb_build_object('thing', ${thingOf("old")});
  END;
`
})
