import { mostLevels } from "@todo/domain/tasks/Task"
import { changeEach, changesOfThing, thingsOf } from "../database/functions/changeEach.sql.ts"
import { indent } from "../database/functions/Write.sql.ts"
import { childrenOf, isOpen, isOpenNow, repeatsNot, stateFunctions } from "../trees/state.sql.ts"

/** For how many tasks one waits at the most. */
export const mostBlockers = 100
/** So many tasks are named where they are in the way. */
const mostNamed = 100

/** What is below the tasks `tops`, at all depths, where `which` says so of each, as an array of ids. */
export const below = (tops: string, which: string) =>
  `ARRAY(
      WITH RECURSIVE below AS (
        SELECT t.id FROM unnest(${tops}) b(id), LATERAL (
          SELECT t.id ${childrenOf("t", "b.id", ` AND ${which}`)}
        ) t
        UNION
        SELECT t.id FROM below b, LATERAL (
          SELECT t.id ${childrenOf("t", "b.id", ` AND ${which}`)}
        ) t
      )
      SELECT b.id FROM below b
    )`

/** Writes these columns of many tasks, each a change of the operation, behind those that there are. */
export const changeAll = (things: string, set: Readonly<Record<string, string>>) =>
  changeEach({ noun: "task", name: "tasks" }, { rows: `${thingsOf("tasks", things)}\nORDER BY t.number`, set })

/** Whether there is a task of an id. What else is asked comes behind: the planner would go through a list. */
export const isThere = (id: string) =>
  `(SELECT t.trashed_at IS NULL FROM todo.tasks t WHERE t.user_id = uid AND t.id = ${id}) IS TRUE`

/** The functions that keep tasks in trees, and have them wait for others. They run under the user's counter. */
export const treeFunctions: ReadonlyArray<string> = [
  ...stateFunctions,
  // An array of ids as the column has it: null where there is none.
  `CREATE OR REPLACE FUNCTION todo.uuids(items jsonb) RETURNS uuid[]
    LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = '' AS $$
    BEGIN
      RETURN nullif(ARRAY(SELECT v::uuid FROM jsonb_array_elements_text(nullif(items, 'null')) v), '{}');
    END $$`,
  // Why a task may not be below this one and wait for these: a reference to what is not there, a cycle, or too many; null
  // where it may. What it refers to already may be gone. Edges lead from a task to its blockers and to its children, those
  // in the trash, too, for they may come back.
  `CREATE OR REPLACE FUNCTION todo.task_links(
      uid uuid, task uuid, parent uuid, blockers uuid[], known_parent uuid, known_blockers uuid[],
      OUT verdict text, OUT more jsonb
    ) LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      place bigint;
    BEGIN
      IF cardinality(blockers) > ${mostBlockers} THEN
        verdict := 'blockers';
        RETURN;
      END IF;
      IF parent IS DISTINCT FROM known_parent AND parent IS NOT NULL AND NOT ${isThere("parent")} THEN
        verdict := 'reference';
        more := '{"path": ["parentId"]}';
        RETURN;
      END IF;
      place := (SELECT w.place - 1 FROM unnest(blockers) WITH ORDINALITY w(id, place)
        WHERE w.id <> ALL (coalesce(known_blockers, '{}')) AND w.id <> task AND NOT ${isThere("w.id")}
        ORDER BY w.place LIMIT 1);
      IF place IS NOT NULL THEN
        verdict := 'reference';
        more := jsonb_build_object('path', jsonb_build_array('blockedBy', place));
        RETURN;
      END IF;
      IF task = parent OR (blockers IS NOT NULL OR EXISTS (
        SELECT ${childrenOf("c", "task")}
      )) AND EXISTS (
        WITH RECURSIVE reached(id) AS (
          (SELECT b.id FROM unnest(blockers) b(id)
            UNION ALL (SELECT c.id ${childrenOf("c", "task")}))
          UNION
          SELECT next.id FROM reached r, LATERAL (
            SELECT b.id FROM (
              SELECT x.blocked_by FROM todo.tasks x WHERE x.user_id = uid AND x.id = r.id OFFSET 0
            ) t, unnest(t.blocked_by) b(id)
            UNION ALL (SELECT c.id ${childrenOf("c", "r.id")})
          ) next
        )
        SELECT FROM reached r WHERE r.id = task OR r.id = parent
      ) THEN
        verdict := 'cycle';
        more := jsonb_build_object('path', jsonb_build_array(
          CASE WHEN parent IS DISTINCT FROM known_parent THEN 'parentId' ELSE 'blockedBy' END
        ));
        RETURN;
      END IF;
      IF parent IS DISTINCT FROM known_parent AND todo.task_depth(uid, parent) + todo.task_height(uid, task, NULL) > ${mostLevels} THEN
        verdict := 'depth';
      END IF;
    END $$`,
  // How many tasks there are from the top of a tree down to one, with both; 0 above the top.
  `CREATE OR REPLACE FUNCTION todo.task_depth(uid uuid, task uuid) RETURNS integer
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    DECLARE
      depth integer := 0;
    BEGIN
      WHILE task IS NOT NULL AND depth < 2 * ${mostLevels} LOOP
        depth := depth + 1;
        task := (SELECT t.parent_id FROM todo.tasks t WHERE t.user_id = uid AND t.id = task);
      END LOOP;
      RETURN depth;
    END $$`,
  // How many levels there are from a task down, with its own, of what went to the trash at one time, or is not there.
  `CREATE OR REPLACE FUNCTION todo.task_height(uid uuid, task uuid, trashed timestamptz) RETURNS integer
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    DECLARE
      height integer := 0;
      level uuid[] := ARRAY[task];
    BEGIN
      WHILE level <> '{}' AND height < 2 * ${mostLevels} LOOP
        height := height + 1;
        level := ARRAY(
          SELECT t.id FROM unnest(level) l(id), LATERAL (
            SELECT t.id ${childrenOf("t", "l.id", " AND t.trashed_at IS NOT DISTINCT FROM trashed")}
          ) t
        );
      END LOOP;
      RETURN height;
    END $$`,
  // Opens a task and all above it that are done: there is something to do below. Answers the place of the next change.
  `CREATE OR REPLACE FUNCTION todo.task_open_above(
      uid uuid, task uuid, counter todo.counters, moment timestamptz, ordinal integer
    ) RETURNS integer LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      above uuid[] := '{}';
      next uuid := task;
      at record;
    BEGIN
      WHILE next IS NOT NULL LOOP
        SELECT t.parent_id, t.completed_at INTO at FROM todo.tasks t WHERE t.user_id = uid AND t.id = next;
        IF at.completed_at IS NOT NULL THEN
          above := above || next;
        END IF;
        next := at.parent_id;
      END LOOP;
      IF above <> '{}' THEN
${indent(changeAll("above", { completed_at: "NULL" }), 8).trimEnd()}
      END IF;
      RETURN ordinal;
    END $$`,
  // Why a task cannot be completed: open children, unless it is said what becomes of them, or what is waited for is open,
  // by it or by those that are completed with it, unless by force. "together" has those that are.
  `CREATE OR REPLACE FUNCTION todo.task_obstacle(
      uid uuid, task uuid, blockers uuid[], children text, force boolean,
      OUT verdict text, OUT more jsonb, OUT together uuid[]
    ) LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      found uuid[];
    BEGIN
      together := '{}';
      IF children = 'complete' THEN
        together := ARRAY(SELECT t.id FROM (${
    thingsOf("tasks", below("ARRAY[task]", `t.trashed_at IS NULL AND ${repeatsNot("t")}`)).replaceAll("\n", "\n      ")
  }) t WHERE t.completed_at IS NULL);
      ELSIF children IS NULL THEN
        found := ARRAY(SELECT t.id ${childrenOf("t", "task", ` AND ${isOpen("t")} AND ${repeatsNot("t")}`)});
        verdict := CASE WHEN found <> '{}' THEN 'open_children' END;
      END IF;
      IF verdict IS NULL AND NOT coalesce(force, false) THEN
        found := ARRAY(
          SELECT b.id FROM (
            SELECT unnest(blockers) AS id
            UNION SELECT w.id FROM todo.tasks t, unnest(t.blocked_by) w(id) WHERE t.user_id = uid AND t.id = ANY (together)
          ) b WHERE ${isOpenNow("b.id", "uid")} AND b.id <> task AND b.id <> ALL (together)
        );
        verdict := CASE WHEN found <> '{}' THEN 'blocked' END;
      END IF;
      IF verdict IS NOT NULL THEN
        more := jsonb_build_object('count', cardinality(found), 'tasks', (
          SELECT jsonb_agg(named) FROM (SELECT t.id, t.number, t.title FROM todo.tasks t
            WHERE t.user_id = uid AND t.id = ANY (found) ORDER BY t.number LIMIT ${mostNamed}) named
        ));
      END IF;
    END $$`,
  // What an operation of this place has done that breaks a rule of trees, as an undo has it: things taken away that
  // something is below or waits for, things put below what is not there, too deep, or in a circle.
  `CREATE OR REPLACE FUNCTION todo.task_breaches(uid uuid, place bigint) RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    DECLARE
      gone uuid[];
      waited uuid[] := '{}';
    BEGIN
      gone := ARRAY(SELECT DISTINCT c.id FROM todo.changes c
        WHERE c.user_id = uid AND c.seq = place AND c.noun = 'task' AND c.now IS NULL);
      IF gone <> '{}' THEN
        -- Of all that are waited for, at once.
        waited := ARRAY(SELECT DISTINCT w.id FROM todo.tasks o, unnest(o.blocked_by) w(id)
          WHERE o.user_id = uid AND o.blocked_by IS NOT NULL AND (w.id IN (SELECT unnest(gone))) IS TRUE);
      END IF;
      RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('noun', 'task', 'id', b.id, 'reason', b.reason)), '[]') FROM (
        SELECT u.id, CASE
            WHEN t.id IS NULL AND u.id = ANY (waited) OR EXISTS (
              SELECT ${
    childrenOf(
      "o",
      "u.id",
      " AND o.trashed_at IS NULL AND (t.id IS NULL OR t.trashed_at IS NOT NULL OR t.project_id IS DISTINCT FROM o.project_id)"
    )
  }
            ) THEN 'referred'
            WHEN t.trashed_at IS NULL AND t.parent_id IS NOT NULL AND ((
              SELECT o.trashed_at IS NULL AND o.project_id IS NOT DISTINCT FROM t.project_id
                FROM todo.tasks o WHERE o.user_id = uid AND o.id = t.parent_id
            ) IS NOT TRUE OR todo.task_depth(uid, t.parent_id) + todo.task_height(uid, t.id, NULL) > ${mostLevels}) THEN 'parent'
            WHEN t.parent_id IS NOT NULL OR t.blocked_by IS NOT NULL THEN
              (SELECT l.verdict FROM todo.task_links(uid, t.id, t.parent_id, t.blocked_by, t.parent_id, t.blocked_by) l)
          END AS reason
          FROM (SELECT DISTINCT c.id FROM todo.changes c WHERE c.user_id = uid AND c.seq = place AND c.noun = 'task'
            AND (c.was IS NULL OR c.now IS NULL OR c.was ?| '{parent_id,project_id,blocked_by,trashed_at}')) u
            LEFT JOIN LATERAL (SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0) t ON true
      ) b WHERE b.reason IS NOT NULL);
    END $$`,
  // Whether a task has had another of these members since an operation, or was made: by what is not undone, and is no undo of
  // what came since either, which would leave it as it was.
  `CREATE OR REPLACE FUNCTION todo.task_differs(uid uuid, task uuid, since bigint, members text[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN EXISTS (
        SELECT FROM (${changesOfThing("task", "task")}) c, LATERAL (
          SELECT * FROM todo.operations o WHERE o.user_id = uid AND o.seq = c.seq OFFSET 0
        ) o WHERE c.seq > since AND (c.was IS NULL OR c.was ?| members) AND o.undone_by IS NULL
          AND (o.undoes IS NULL OR o.undoes < since)
      );
    END $$`,
  // Opens what is done above a task that the undo of the operation "undone" has left open, where one of both became so since:
  // there is something to do below. Who completes a task may keep what is open below it; that comes back as it was. Answers
  // the place of the next change.
  `CREATE OR REPLACE FUNCTION todo.task_open_undone(
      uid uuid, undone bigint, counter todo.counters, moment timestamptz, ordinal integer
    ) RETURNS integer LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
      thing record;
      looked uuid;
    BEGIN
      FOR thing IN
        SELECT t.id, t.parent_id, t.completed_at FROM (SELECT DISTINCT c.id FROM todo.changes c
          WHERE c.user_id = uid AND c.seq = counter.seq AND c.noun = 'task' AND c.now IS NOT NULL
            AND (c.was IS NULL OR c.was ?| '{parent_id,completed_at,trashed_at,repeat}')) u, LATERAL (
          SELECT * FROM todo.tasks x WHERE x.user_id = uid AND x.id = u.id OFFSET 0
        ) t WHERE t.trashed_at IS NULL AND (CASE
          WHEN t.completed_at IS NOT NULL THEN t.is_parent ELSE t.parent_id IS NOT NULL AND ${repeatsNot("t")} END)
          ORDER BY t.parent_id, t.number
      LOOP
        IF thing.completed_at IS NOT NULL THEN
          CONTINUE WHEN NOT EXISTS (
            SELECT FROM (SELECT c.id ${childrenOf("c", "thing.id", ` AND ${isOpen("c")} AND ${repeatsNot("c")}`)}) c
              WHERE todo.task_differs(uid, c.id, undone, '{parent_id,completed_at,trashed_at,repeat}')
          );
          ordinal := todo.task_open_above(uid, thing.id, counter, moment, ordinal);
        ELSIF thing.parent_id IS DISTINCT FROM looked THEN
          looked := thing.parent_id;
          CONTINUE WHEN (SELECT t.completed_at IS NULL FROM todo.tasks t WHERE t.user_id = uid AND t.id = looked)
            OR NOT todo.task_differs(uid, looked, undone, '{completed_at}');
          ordinal := todo.task_open_above(uid, looked, counter, moment, ordinal);
        END IF;
      END LOOP;
      RETURN ordinal;
    END $$`,
  // What an answer tells of a task beside its columns, where it is not as of most: no open children, and not blocked.
  `CREATE OR REPLACE FUNCTION todo.task_derived(uid uuid, task uuid) RETURNS jsonb
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN (SELECT jsonb_build_object(
          'open_children', CASE WHEN t.is_parent THEN todo.open_children(uid, t.id) ELSE 0 END,
          'blocked', t.blocked_by IS NOT NULL AND todo.is_blocked(uid, t.blocked_by)
        ) FROM todo.tasks t WHERE t.user_id = uid AND t.id = task);
    END $$`
]
