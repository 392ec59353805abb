import { changeEach } from "../database/functions/changeEach.sql.ts"
import { change, find, remember, replay, takeAway, thingOf } from "../database/functions/entity.sql.ts"
import { indent, mostChanges, type RecordedBody } from "../database/functions/Write.sql.ts"
import type { Rules, Table } from "../database/Table.ts"

const named = (table: Table) => find(table, "in lists", `t.name_key = (op ->> 'nameKey') COLLATE "C"`)

/** How many tasks have the tag in `old`, and whether that is more than may be changed, or than are at once. */
const counting =
  `    held := (SELECT count(*) FROM todo.task_tags x WHERE x.user_id = uid AND x.name_key = old.name_key);
    verdict := CASE WHEN ordinal + held + 1 > ${mostChanges} THEN 'limit' WHEN held + 1 > (op ->> 'most')::integer THEN 'long' END;
    IF verdict IS NOT NULL THEN
      EXIT work;
    END IF;
`

/** By a range of numbers, for which there is an index: of the tasks of the index of tags, and of those in the trash, whose numbers no index has. */
const tagged = `SELECT * FROM (
  SELECT l.* FROM todo.task_tags x, LATERAL (
    SELECT * FROM todo.tasks y WHERE y.user_id = uid AND y.number >= x.number AND y.number <= x.number AND y.trashed_at IS NULL
      ORDER BY y.number OFFSET 0
  ) l WHERE x.user_id = uid AND x.name_key = old.name_key
  UNION ALL
  SELECT d.* FROM todo.tasks d WHERE d.user_id = uid AND d.trashed_at IS NOT NULL
) t WHERE t.tags ? old.name_key ORDER BY t.number`

/** Writes the tags of all tasks that have the one in `old`, as the changes before that of the tag itself. */
const rewrite = (tags: string) =>
  changeEach({ noun: "task", name: "tasks" }, { rows: tagged, set: { tags }, place: "first" })

/**
 * Changes a tag, and renames it on every task; onto another that there is where that is wanted. The tag is changed first,
 * and its change stands last, so that an undo finds it as it was when it comes to the tasks.
 */
export const updateTag = (table: Table): RecordedBody => ({
  name: "tag_update",
  kind: "tag.update",
  frees: table.name,
  replay: replay(table),
  remember,
  body: `  <<work>>
  DECLARE
    body jsonb := op -> 'body';
    old todo.tags;
    made todo.tags;
    other todo.tags;
    was jsonb := '{}';
    first integer := ordinal;
    held integer := 0;
  BEGIN
${named(table)}    made := old;
    IF body ? 'color' THEN
      made.color := body ->> 'color';
      IF made.color IS DISTINCT FROM old.color THEN
        was := was || jsonb_build_object('color', old.color);
      END IF;
    END IF;
    IF body ? 'name' AND (body ->> 'name') <> old.name THEN
      made.name := body ->> 'name';
      made.name_key := body ->> 'nameKey';
      was := was || jsonb_build_object('name', old.name, 'name_key', old.name_key);
      SELECT * INTO other FROM todo.tags t WHERE t.user_id = uid AND t.name_key = made.name_key AND t.id <> old.id;
      IF other.id IS NOT NULL AND op -> 'merge' IS DISTINCT FROM 'true' THEN
        verdict := 'name';
        EXIT work;
      END IF;
${counting}    END IF;
    IF was = '{}' THEN
      result := jsonb_build_object('thing', ${thingOf("old")});
      EXIT work;
    END IF;
    ordinal := first + held;
    IF other.id IS NOT NULL THEN
      ${takeAway(table).trim()}
${indent(rewrite("(t.tags - old.name_key) || jsonb_build_object(other.name_key, other.name)"), 6).trimEnd()}
      result := jsonb_build_object('thing', ${thingOf("other")});
    ELSE
      ${change(table, ["name", "name_key", "color"])}
      IF was ? 'name' THEN
${indent(rewrite("(t.tags - old.name_key) || jsonb_build_object(made.name_key, made.name)"), 8).trimEnd()}
      END IF;
    END IF;
  END;
`
})

/** Takes a tag off every task, and away. */
export const removeTag = (table: Table): RecordedBody => ({
  name: "tag_remove",
  kind: "tag.remove",
  frees: table.name,
  remember,
  body: `  <<work>>
  DECLARE
    old todo.tags;
    first integer := ordinal;
    held integer;
  BEGIN
${named(table)}${counting}    ordinal := first + held;
    ${takeAway(table)}
${indent(rewrite("nullif(t.tags - old.name_key, '{}')"), 4).trimEnd()}
    result := jsonb_build_object('thing', ${thingOf("old")});
  END;
`
})

/** Whether some task has a tag of this key. */
const isUsed = (key: string) => `EXISTS (SELECT FROM todo.task_tags y WHERE y.user_id = uid AND y.name_key = ${key})`

/**
 * What an undo keeps of tags, which tasks make by using them, and that is no change. One that was made so since, and of which
 * nobody has changed anything, makes room for the one that comes back, if tasks have it in the same spelling. And where one goes,
 * or is called otherwise again, that others use since, there is one for those.
 */
export const rulesOfUndoneTags: Rules = {
  undo: {
    made: `CASE WHEN EXISTS (
            SELECT FROM todo.tags x WHERE x.user_id = uid AND x.name_key = made.name_key AND x.id <> j.id AND (x.color IS NOT NULL
              OR (x.name <> made.name AND ${isUsed("x.name_key")})
              OR EXISTS (
                SELECT FROM todo.changes g JOIN todo.operations o ON o.user_id = uid AND o.seq = g.seq
                  WHERE g.user_id = uid AND g.noun = 'tag' AND g.id = x.id AND o.kind <> 'undo' AND o.undone_by IS NULL
              ))
          ) THEN 'taken' END`,
    before: `IF NOT u.takes THEN
  DELETE FROM todo.tags x WHERE x.user_id = uid AND x.name_key = made.name_key AND x.id <> u.id;
  IF FOUND THEN
    taken := taken + 1;
  END IF;
END IF;
`,
    done: `PERFORM todo.use_tags(uid, (
  SELECT jsonb_object_agg(k.key, k.name) FROM (
    SELECT c.was ->> 'name_key' AS key, coalesce(c.was ->> 'name', c.now ->> 'name') AS name FROM todo.changes c
      WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'tag' AND c.was ? 'name_key'
  ) k WHERE ${isUsed(`k.key COLLATE "C"`)}
), moment);
`
  }
}
