import { mostLevels } from "@todo/domain/tasks/Task"
import { bounded, indent, mostChanges } from "../database/functions/Write.sql.ts"
import { orderOfTasks } from "../database/order/Order.ts"
import { lastOfList } from "../database/order/placing.sql.ts"
import type { Rules } from "../database/Table.ts"
import { repeatsNot } from "../trees/state.sql.ts"
import { below, changeAll } from "./tree.sql.ts"

const { list } = orderOfTasks

/** The same inside of another statement, whose indent is there. */
const inside = (text: string, by = 2) => indent(text, by).slice(by)

/** The user has tasks below others from now on, and the task `parent` some below it, or had. */
export const nest = (parent: string) =>
  `IF NOT counter.nested THEN
  counter.nested := true;
  UPDATE todo.counters c SET nested = true WHERE c.user_id = uid;
END IF;
UPDATE todo.tasks t SET is_parent = true WHERE t.user_id = uid AND t.id = ${parent} AND t.is_parent IS NOT TRUE;
`

/** Refuses by what a function of the tree says. */
const refuseBy = (call: string, into = "verdict, result", columns = "l.verdict, l.more") =>
  `SELECT ${columns} INTO ${into} FROM ${call} l;
IF verdict IS NOT NULL THEN
  EXIT work;
END IF;
`

/** What is below `parent` is in its project: the body says so, or nothing. */
const intoProjectOf = (parent: string) =>
  `project := (SELECT t.project_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = ${parent});
IF body ? 'projectId' AND (body ->> 'projectId')::uuid IS DISTINCT FROM project THEN
  verdict := 'reference';
  result := '{"path": ["parentId"]}';
  EXIT work;
END IF;
body := body || jsonb_build_object('projectId', project);
`

/** Opens what is above an open task. */
const openAbove = `ordinal := todo.task_open_above(uid, made.parent_id, counter, moment, ordinal);
`

/** Changes tasks that go with another, if there are some. */
const along = (things: string, columns: Readonly<Record<string, string>>) =>
  `IF ${things} <> '{}' THEN
  ${changeAll(things, columns).trim()}
END IF;
`

/** The task that a creation of this operation has made last in the list of `made`. */
const madeBefore = `(
  SELECT c.id FROM todo.changes c JOIN todo.tasks t ON t.user_id = uid AND t.id = c.id
    WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task' AND c.was IS NULL AND ${list("t")} = ${
  list("made")
}
    ORDER BY c.ordinal DESC LIMIT 1
)`

/** A new task of whoever wants them first: those that are made together keep their order. */
const firstOfList = `made.parent_id := (body ->> 'parentId')::uuid;
made.project_id := (body ->> 'projectId')::uuid;
anchor := CASE WHEN ordinal > 0 THEN ${inside(madeBefore)} END;
SELECT * INTO places FROM todo.task_keys(
  uid, ARRAY[(op ->> 'id')::uuid], ${
  list("made")
}, CASE WHEN anchor IS NULL THEN 'first' ELSE 'after' END, anchor, counter, ordinal
);
ordinal := places.ordinal;
body := body || jsonb_build_object('position', places.keys[1]);
`

/** What is done below a task that goes on: it is to be done again, unless it repeats by itself. */
const doneBelow = `ARRAY(
  SELECT t.id FROM todo.tasks t WHERE t.user_id = uid AND t.completed_at IS NOT NULL AND t.id = ANY (${
  inside(below("ARRAY[old.id]", `t.trashed_at IS NULL AND ${repeatsNot("t")}`))
})
)`

/** Those that wait for a task: in the order of their index, without which the planner may go through all tasks. */
export const waitingFor = (task: string, user = "uid") =>
  `ARRAY(
  SELECT t.id FROM todo.tasks t WHERE t.user_id = ${user} AND t.blocked_by IS NOT NULL AND ${task} = ANY (t.blocked_by)
    ORDER BY t.number
)`

/**
 * Completing `made`, or a date of it: what stands in the way, and what is completed with it. Where it goes on to its next date
 * what is done below it is to be done again, and what waited for this date waits no more. Passing over a date is not completing.
 */
const completing = `IF NOT op ? 'skip' AND (counter.nested OR made.blocked_by IS NOT NULL) THEN
  ${
  inside(refuseBy(
    "todo.task_obstacle(uid, made.id, made.blocked_by, op ->> 'children', (op ->> 'force')::boolean)",
    "verdict, result, together",
    "l.verdict, l.more, l.together"
  ))
}END IF;
IF made.completed_at IS NULL THEN
  together := '{}';
  IF counter.nested THEN
    again := ${inside(doneBelow, 4)};
  END IF;
  IF NOT op ? 'skip' THEN
    waiting := ${inside(waitingFor("old.id"), 4)};
  END IF;
END IF;
`

/**
 * What writes of tasks keep beside what their members say: trees, blockers, and places (docs/adr/0034). They come before the
 * rules of projects, for what is below another is in its project.
 */
export const rulesOfTrees: Rules = {
  columns: ["parent_id", "project_id", "position"],
  create: {
    declare: "    project uuid;\n    anchor uuid;\n    places record;\n",
    before: `IF body ? 'parentId' OR body ? 'blockedBy' THEN
  ${
      inside(refuseBy(
        "todo.task_links(uid, (op ->> 'id')::uuid, (body ->> 'parentId')::uuid, todo.uuids(body -> 'blockedBy'), NULL, NULL)"
      ))
    }  IF body ->> 'parentId' IS NOT NULL THEN
    ${inside(intoProjectOf("(body ->> 'parentId')::uuid"), 4)}  END IF;
END IF;
IF counter.new_first THEN
  ${inside(firstOfList)}END IF;
`,
    after: `IF made.parent_id IS NOT NULL THEN
  ${inside(nest("made.parent_id"))}  IF NOT op ? 'imported' THEN
    ${openAbove}  END IF;
END IF;
`
  },
  update: {
    declare: `    project uuid;
    places record;
    together uuid[] := '{}';
    again uuid[] := '{}';
    waiting uuid[] := '{}';
    moved uuid[] := '{}';
`,
    early: `IF body ->> 'parentId' IS NOT NULL THEN
  ${inside(intoProjectOf("(body ->> 'parentId')::uuid"))}ELSIF body ? 'projectId' AND old.parent_id IS NOT NULL
  AND (body ->> 'projectId')::uuid IS DISTINCT FROM old.project_id
THEN
  -- It leaves what it is below, which stays where it is.
  body := body || '{"parentId": null}';
END IF;
`,
    before: `IF was ? 'parent_id' OR was ? 'blocked_by' THEN
  ${
      inside(refuseBy("todo.task_links(uid, old.id, made.parent_id, made.blocked_by, old.parent_id, old.blocked_by)"))
    }END IF;
IF was ? 'completion' OR made.completed_at IS NOT NULL AND old.completed_at IS NULL THEN
  ${inside(completing)}END IF;
IF was ? 'project_id' AND counter.nested THEN
  moved := ${inside(below("ARRAY[old.id]", "t.trashed_at IS NULL"))};
END IF;
IF counter.nested OR was ? 'completion' THEN
  ${inside(bounded("1 + cardinality(together || again || waiting || moved)"))}END IF;
IF was ? 'parent_id' OR was ? 'project_id' THEN
  ${inside(lastOfList({ noun: "task", order: orderOfTasks }))}END IF;
`,
    after: `${along("together", { completed_at: "made.completed_at" })}${along("again", { completed_at: "NULL" })}${
      along("waiting", { blocked_by: "nullif(array_remove(t.blocked_by, made.id), '{}')" })
    }${
      along("moved", { project_id: "made.project_id" })
    }IF made.parent_id IS NOT NULL AND (was ?| '{parent_id,completed_at}' OR was ? 'repeat' AND ${
      repeatsNot("made")
    }) THEN
  ${inside(nest("made.parent_id"))}  IF made.completed_at IS NULL THEN
    ${openAbove}  END IF;
END IF;
`
  },
  remove: {
    declare: "    together uuid[] := '{}';\n",
    before: `IF counter.nested THEN
  together := ${inside(below("ARRAY[old.id]", "t.trashed_at IS NULL"))};
  ${inside(bounded("1 + cardinality(together)"))}END IF;
`,
    after: along("together", { trashed_at: "moment" })
  },
  removeListed: {
    before: `IF counter.nested THEN
  along := ARRAY(
    SELECT u.id FROM unnest(${
      inside(below("ARRAY(SELECT (s ->> 0)::uuid FROM jsonb_array_elements(op -> 'things') s)", "t.trashed_at IS NULL"))
    }) u(id)
      WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(op -> 'things') s WHERE (s ->> 0)::uuid = u.id)
  );
  IF many + cardinality(along) > ${mostChanges} THEN
    verdict := 'limit';
    EXIT work;
  END IF;
END IF;
`,
    after: along("along", { trashed_at: "moment" })
  },
  restore: {
    declare: "    above record;\n    together uuid[] := '{}';\n",
    before: `IF counter.nested THEN
  together := ${inside(below("ARRAY[old.id]", "t.trashed_at = old.trashed_at"))};
  ${inside(bounded("1 + cardinality(together)"))}END IF;
IF old.parent_id IS NOT NULL THEN
  SELECT t.project_id, t.trashed_at IS NULL AS there INTO above FROM todo.tasks t
    WHERE t.user_id = uid AND t.id = old.parent_id;
  -- What stays behind in the trash, or is too deep by now, has it no more.
  IF NOT FOUND OR NOT above.there
    OR todo.task_depth(uid, old.parent_id) + todo.task_height(uid, old.id, old.trashed_at) > ${mostLevels} THEN
    was := was || jsonb_build_object('parent_id', old.parent_id, 'position', old.position);
    made.parent_id := NULL;
    made.position := NULL;
  ELSIF above.project_id IS DISTINCT FROM old.project_id THEN
    was := was || jsonb_build_object('project_id', old.project_id);
    made.project_id := above.project_id;
  END IF;
END IF;
`,
    after: `IF made.project_id IS DISTINCT FROM old.project_id THEN
  ${inside(along("together", { trashed_at: "NULL", project_id: "made.project_id" }))}ELSE
  ${inside(along("together", { trashed_at: "NULL" }))}END IF;
IF made.parent_id IS NOT NULL AND made.completed_at IS NULL THEN
  ${openAbove}END IF;
`
  },
  purge: `CASE WHEN counter.nested THEN ${
    below("ARRAY[old.id]", "t.trashed_at IS NOT DISTINCT FROM old.trashed_at")
  } ELSE '{}' END`,
  answer: `  IF counter.nested IS NOT FALSE OR result #> '{thing,blocked_by}' <> 'null' THEN
    IF result #> '{thing,id}' IS NOT NULL THEN
      result := result || jsonb_build_object('thing',
        result -> 'thing' || coalesce(todo.task_derived(uid, (result #>> '{thing,id}')::uuid), '{}'));
    END IF;
  END IF;
`,
  undo: {
    afterwards: "ordinal := todo.task_open_undone(uid, target.seq, counter, moment, ordinal);\n",
    breaches: "todo.task_breaches(uid, counter.seq)"
  }
}
