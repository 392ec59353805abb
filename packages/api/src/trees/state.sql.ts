/**
 * What is right below a task, as all that a query over `row` asks and more: as a range, in its order, for which there is an
 * index. Where there were few tasks when the plan was made the planner takes the primary key for as good.
 */
export const childrenOf = (row: string, parent: string, which = "") =>
  `FROM todo.tasks ${row} WHERE ${row}.user_id = uid AND ${row}.parent_id >= ${parent} AND ${row}.parent_id <= ${parent}${which}
          ORDER BY ${row}.parent_id OFFSET 0`

/** Whether a row is no task that repeats: one that does is by itself, whatever it is below. */
export const repeatsNot = (row: string) => `${row}.repeat IS NULL`

export const isOpen = (row: string) => `${row}.completed_at IS NULL AND ${row}.trashed_at IS NULL`

/** Whether the task of an id is open. One by one, by their ids: the planner would go through all that is open. */
export const isOpenNow = (id: string, uid: string) =>
  `(SELECT ${isOpen("o")} FROM todo.tasks o WHERE o.user_id = ${uid} AND o.id = ${id})`

const waitsFor = (blockers: string, uid: string) =>
  `EXISTS (SELECT FROM unnest(${blockers}) w(id) WHERE ${isOpenNow("w.id", uid)})`

/** Whether a row waits for something that is open. */
export const isBlocked = (row: string, uid: string) =>
  `(${row}.blocked_by IS NOT NULL AND ${waitsFor(`${row}.blocked_by`, uid)})`

/** The same of one task at a time, for answers. */
export const stateFunctions = [
  `CREATE OR REPLACE FUNCTION todo.is_blocked(uid uuid, blockers uuid[]) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN ${waitsFor("blockers", "uid")};
    END $$`,
  // How many children of a task are open.
  `CREATE OR REPLACE FUNCTION todo.open_children(uid uuid, task uuid) RETURNS integer
    LANGUAGE plpgsql STABLE SET search_path = '' AS $$
    BEGIN
      RETURN (SELECT count(*) FROM (
        SELECT ${childrenOf("c", "task", ` AND ${isOpen("c")} AND ${repeatsNot("c")}`)}
      ) c);
    END $$`
]
