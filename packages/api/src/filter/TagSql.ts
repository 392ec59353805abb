import { spellingKey } from "@todo/domain/text/Spelling"
import { among } from "./Among.ts"
import type { Bind } from "./DateSql.ts"

/**
 * The numbers of the tasks that have a tag `g` of which this is true. The tags are found first, as an array: as a join, the
 * planner would look through them anew for each task, where it takes it that one of them fits.
 */
export const taggedBy = (condition: string): string =>
  `SELECT x.number FROM todo.task_tags x WHERE x.user_id = me.uid
      AND x.name_key = ANY (ARRAY(SELECT g.name_key FROM todo.tags g WHERE g.user_id = me.uid AND ${condition}))`

/** The numbers of the tasks that have the tag of this name. */
export const taggedWith = (name: string, bind: Bind): string =>
  `SELECT x.number FROM todo.task_tags x WHERE x.user_id = me.uid AND x.name_key = ${bind(spellingKey(name))}`

/** Whether a task has a tag of this name, in which `*` is any text. */
export const tagSql = (name: string, bind: Bind): string => {
  if (!name.includes("*")) return among("number", taggedWith(name, bind))
  const pattern = spellingKey(name).replace(/[\\%_]/g, "\\$&").replace(/\*+/g, "%")
  return among("number", taggedBy(`g.name_key LIKE ${bind(pattern)}`))
}
