import { changeEach, thingsOf } from "../database/functions/changeEach.sql.ts"
import { find, remember, takeAway, thingOf } from "../database/functions/entity.sql.ts"
import { indent, mostChanges, type RecordedBody } from "../database/functions/Write.sql.ts"
import { noList, orderOfProjects, orderOfTasks } from "../database/order/Order.ts"
import type { Table } from "../database/Table.ts"

const { isIn, key } = orderOfTasks

/** Moves tasks on; `set` are the columns. */
const moveTasks = (set: Readonly<Record<string, string>>, which: string) =>
  indent(
    changeEach({ noun: "task", name: "tasks" }, {
      rows:
        `SELECT t.* FROM todo.tasks t WHERE t.user_id = uid AND t.trashed_at IS NULL AND ${which} ORDER BY t.number`,
      set
    }),
    4
  )

/**
 * Deletes a project: one that is empty, or with what it has, or after that has moved elsewhere. What is below it goes
 * first, so that an undo, which begins with the last, finds what things were in.
 */
export const removeProject = (table: Table): RecordedBody => ({
  name: `${table.noun}_remove`,
  kind: `${table.noun}.remove`,
  frees: table.name,
  remember,
  body: `  <<work>>
  DECLARE
    old todo.projects;
    target uuid := (op ->> 'to')::uuid;
    below uuid[];
    held integer;
    heads uuid[];
    places record;
    keys jsonb := '{}';
  BEGIN
${
    find(table)
  }    below := ARRAY(SELECT b.id FROM todo.projects_below(uid, old.id) b WHERE b.depth > 0 ORDER BY b.depth, b.id);
    held := (
      SELECT count(*) FROM todo.tasks t WHERE t.user_id = uid AND t.project_id = ANY (below || old.id) AND t.trashed_at IS NULL
    );
    IF op ->> 'contents' IS NULL THEN
      IF held > 0 OR cardinality(below) > 0 THEN
        verdict := 'not_empty';
        result := jsonb_build_object('tasks', held, 'projects', cardinality(below));
      END IF;
    ELSIF ordinal + held + cardinality(below) + 1 > ${mostChanges} THEN
      verdict := 'limit';
    ELSIF held + cardinality(below) + 1 > (op ->> 'most')::integer THEN
      verdict := 'long';
    ELSIF op ->> 'contents' = 'move' AND target IS NOT NULL THEN
      verdict := CASE WHEN target = ANY (below || old.id) THEN 'cycle' ELSE todo.project_obstacle(uid, target) END;
    END IF;
    IF verdict IS NULL AND op ->> 'contents' = 'move' THEN
      verdict := (
        SELECT x.misfit FROM (
          SELECT todo.project_misfit(uid, p.id, target, p.name_key) AS misfit
            FROM todo.projects p WHERE p.user_id = uid AND p.parent_id = old.id
        ) x WHERE x.misfit IS NOT NULL LIMIT 1
      );
    END IF;
    IF verdict IS NOT NULL THEN
      result := coalesce(result, '{}') || '{"path": ["to"]}';
      EXIT work;
    END IF;
    IF op ->> 'contents' = 'trash' THEN
${moveTasks({ trashed_at: "moment" }, "t.project_id = ANY (below || old.id)")}      WITH gone AS (
        DELETE FROM todo.projects p WHERE p.user_id = uid AND p.id = ANY (below)
          RETURNING p.id, array_position(below, p.id) AS place, to_jsonb(p) AS was
      )
      INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was)
        SELECT uid, counter.seq, ordinal + cardinality(below) - g.place, 'project', g.id, g.was FROM gone g;
      ordinal := ordinal + cardinality(below);
      UPDATE todo.counters c SET projects = c.projects - cardinality(below) WHERE c.user_id = uid;
    ELSIF op ->> 'contents' = 'move' THEN
      -- What is below another keeps its place; the others stand behind what there is, in their order.
      heads := ARRAY(
        SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND ${isIn("t", "old.id")} AND t.trashed_at IS NULL
          ORDER BY ${key("t")}, t.id
      );
      IF heads <> '{}' THEN
        SELECT * INTO places FROM todo.task_keys(
          uid, heads, coalesce(target, ${noList}), 'last', NULL, counter, ordinal
        );
        ordinal := places.ordinal;
        keys := jsonb_object(heads::text[], places.keys);
      END IF;
${
    moveTasks({ project_id: "target", position: "coalesce(keys ->> t.id::text, t.position)" }, "t.project_id = old.id")
  }      -- So do the projects below it.
      heads := ARRAY(
        SELECT t.id FROM todo.projects t WHERE t.user_id = uid AND t.parent_id = old.id ORDER BY ${
    orderOfProjects.key("t")
  }, t.id
      );
      IF heads <> '{}' THEN
        SELECT * INTO places FROM todo.project_keys(
          uid, heads, coalesce(target, ${noList}), 'last', NULL, counter, ordinal
        );
        ordinal := places.ordinal;
        keys := jsonb_object(heads::text[], places.keys);
${
    indent(
      changeEach(table, {
        rows: thingsOf(table.name, "heads"),
        set: { parent_id: "target", position: "keys ->> t.id::text" }
      }),
      8
    )
  }      END IF;
    END IF;
    ${takeAway(table)}    result := jsonb_build_object('thing', ${thingOf("old")});
  END;
`
})
