import { ruled } from "../database/functions/entity.sql.ts"
import { indent, type RecordedBody } from "../database/functions/Write.sql.ts"
import { inOrder, moveOf } from "../database/order/move.sql.ts"
import type { Table } from "../database/Table.ts"
import { nest } from "./rules.sql.ts"
import { below, changeAll } from "./tree.sql.ts"

/**
 * Moves tasks into the list of `parentId`, of `projectId`, of a neighbour, or else of the first of them. What is below them
 * comes along into another project, and what is above an open one is opened.
 */
export const move = (table: Table): RecordedBody =>
  moveOf(table, {
    declare: "    inside uuid[] := '{}';\n",
    lists: ["parent_id", "project_id"],
    elsewhere: `ELSIF body ->> 'parentId' IS NOT NULL THEN
  target.parent_id := (body ->> 'parentId')::uuid;
  target.project_id := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = target.parent_id);
  IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM target.project_id THEN
    verdict := 'reference';
    result := '{"path": ["parentId"]}';
    EXIT work;
  END IF;
ELSIF body ? 'projectId' THEN
  target.parent_id := NULL;
  target.project_id := (body ->> 'projectId')::uuid;
ELSIF body ? 'parentId' THEN
  target.parent_id := NULL;
`,
    shows: ["number", "project_id", "parent_id"],
    allowed: `FOR old IN SELECT t.* FROM ${
      inOrder(table)
    } WHERE t.parent_id IS DISTINCT FROM target.parent_id ORDER BY m.place
LOOP
  SELECT l.verdict, l.more INTO verdict, result
    FROM todo.task_links(uid, old.id, target.parent_id, old.blocked_by, old.parent_id, old.blocked_by) l;
  IF verdict IS NOT NULL THEN
    EXIT work;
  END IF;
END LOOP;
`,
    before: `${ruled(table, ({ place }) => place)}IF counter.nested AND EXISTS (SELECT FROM ${
      inOrder(table)
    } WHERE t.project_id IS DISTINCT FROM target.project_id) THEN
  inside := ARRAY(SELECT b.id FROM unnest(${
      indent(below("ids", "t.trashed_at IS NULL"), 2).trim()
    }) b(id) JOIN todo.tasks t ON t.user_id = uid AND t.id = b.id
    WHERE b.id <> ALL (ids) AND t.project_id IS DISTINCT FROM target.project_id);
END IF;
`,
    many: "cardinality(ids || inside)",
    each: `IF made.parent_id IS NOT NULL THEN
${indent(nest("made.parent_id"), 2)}END IF;
IF made.completed_at IS NULL AND made.parent_id IS DISTINCT FROM old.parent_id THEN
  ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
END IF;
`,
    after: `IF inside <> '{}' THEN
${indent(changeAll("inside", { project_id: "target.project_id" }), 2)}END IF;
`
  })
