import type { Table } from "../Table.ts"
import { change, find, remember, replay } from "./entity.sql.ts"
import { recordedFunction } from "./Write.sql.ts"

/** A thing, in the trash or not. */
const anywhere = ""

const restore = (table: Table) =>
  recordedFunction({
    name: `${table.noun}_restore`,
    kind: `${table.noun}.restore`,
    replay: replay(table),
    remember,
    body: `  <<work>>
  DECLARE
    old todo.${table.name};
    made todo.${table.name};
    was jsonb;
  BEGIN
${find(table, anywhere)}    IF old.trashed_at IS NOT NULL THEN
      was := jsonb_build_object('trashed_at', old.trashed_at);
      made := old;
      made.trashed_at := NULL;
      ${change(table, ["trashed_at"])}
    END IF;
  END;
`
  })

/** The functions of the trash of a noun. */
export const trashFunctions = (table: Table): ReadonlyArray<string> => [restore(table)]
