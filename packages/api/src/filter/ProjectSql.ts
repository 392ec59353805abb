import { spellingKey } from "@todo/domain/text/Spelling"
import { archivedOf } from "../projects/rules.sql.ts"
import { among } from "./Among.ts"
import type { Bind } from "./DateSql.ts"

/*
 * The projects `named` so, as a common table: by their name, or by a path `Work/Misc`, whose beginning may be left out.
 * Whatever is written, it is one statement that goes up from those of the last name, and never beyond the projects that
 * there are: a join for each part of a path took the planner longer than anybody waits.
 */
const named = (names: ReadonlyArray<string>, bind: Bind): string => {
  const paths = names.map((name) => spellingKey(name).split("/").toReversed())
  return `named AS (
      SELECT p.id, p.parent_id, w.path, 1 AS level FROM jsonb_array_elements(${
    bind(JSON.stringify(paths))
  }::jsonb) w(path)
        JOIN todo.projects p ON p.user_id = me.uid AND p.name_key = w.path->>0
      UNION ALL SELECT n.id, p.parent_id, n.path, n.level + 1
        FROM named n JOIN todo.projects p ON p.user_id = me.uid AND p.id = n.parent_id AND p.name_key = n.path->>n.level
    )`
}

const isWhole = "n.level = jsonb_array_length(n.path)"

/** The ids of the projects of these names, or of paths. */
export const namedProjects = (names: ReadonlyArray<string>, bind: Bind): string =>
  `WITH RECURSIVE ${named(names, bind)} SELECT n.id FROM named n WHERE ${isWhole}`

/** The ids of the projects of a name, with those below them where they are meant, too. */
export const inProjects = (name: string, below: boolean, bind: Bind): string =>
  below
    ? `WITH RECURSIVE ${named([name], bind)}, below AS (
      SELECT n.id FROM named n WHERE ${isWhole}
      UNION SELECT p.id FROM below b JOIN todo.projects p ON p.user_id = me.uid AND p.parent_id = b.id
    ) SELECT b.id FROM below b`
    : namedProjects([name], bind)

/** Whether a task is in a project of this name, or below one; null is the Inbox. */
export const projectSql = (name: string | null, below: boolean, bind: Bind): string =>
  name === null ? "project_id IS NULL" : among("project_id", inProjects(name, below, bind))

/** Whether a task is in no archived project, nor below one. What is in the Inbox is not asked, nor made ready to be. */
export const unarchived = `NOT (${archivedOf("tasks", "me.uid").archived})`

/** The same, but that projects which are named are looked into, and from there down to the next that is archived. */
export const unarchivedSql = (names: ReadonlyArray<string>, bind: Bind): string => {
  if (names.length === 0) return unarchived
  const others = ` AND p.id <> ALL (ARRAY(${namedProjects(names, bind)}))`
  return `(project_id IS NOT NULL AND project_id IN (
    WITH RECURSIVE hidden AS (
      SELECT p.id FROM todo.projects p WHERE p.user_id = me.uid AND p.archived_at IS NOT NULL${others}
      UNION SELECT p.id FROM hidden h JOIN todo.projects p ON p.user_id = me.uid AND p.parent_id = h.id${others}
    ) SELECT h.id FROM hidden h)) IS NOT TRUE`
}
