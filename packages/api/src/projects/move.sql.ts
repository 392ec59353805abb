import type { RecordedBody } from "../database/functions/Write.sql.ts"
import { inOrder, moveOf } from "../database/order/move.sql.ts"
import type { Table } from "../database/Table.ts"

/**
 * Moves projects beside others, or to an end of what is below `parentId`. What comes below another may be there: it is not
 * archived, nor below any of them, and nobody there is called so, nor are two of them.
 */
export const move = (table: Table): RecordedBody =>
  moveOf(table, {
    lists: ["parent_id"],
    elsewhere: `ELSIF body ? 'parentId' THEN
  target.parent_id := (body ->> 'parentId')::uuid;
`,
    shows: ["parent_id"],
    allowed: `FOR old IN SELECT t.* FROM ${
      inOrder(table)
    } WHERE t.parent_id IS DISTINCT FROM target.parent_id ORDER BY m.place
LOOP
  verdict := coalesce(
    CASE WHEN target.parent_id IS NOT NULL THEN todo.project_obstacle(uid, target.parent_id) END,
    todo.project_misfit(uid, old.id, target.parent_id, old.name_key),
    CASE WHEN EXISTS (
      SELECT FROM ${inOrder(table)} WHERE t.id <> old.id AND t.name_key = old.name_key
    ) THEN 'name' END
  );
  IF verdict IS NOT NULL THEN
    result := jsonb_build_object('path', jsonb_build_array(CASE WHEN anchor.id IS NULL THEN 'parentId' ELSE side END));
    EXIT work;
  END IF;
END LOOP;
`
  })
