import type { TaskCounts } from "@todo/domain/projects/Project"
import { Effect } from "effect"
import { crc32 } from "node:zlib"
import { Statements } from "../database/connections/Statements.ts"
import { throughDoor } from "../database/Door.ts"
import { listByKey } from "../database/ListByKey.ts"
import { orderOfProjects } from "../database/order/Order.ts"
import type { Row, Table } from "../database/Table.ts"
import { projects } from "./table.ts"

/** A thing with how many tasks it has. */
export interface CountedRow extends Row {
  readonly counts: TaskCounts
}

/** How many of these tasks are open, and done. */
export const taskCounts = (tasks: string) =>
  `(
  SELECT jsonb_build_object(
      'open', count(*) FILTER (WHERE x.completed_at IS NULL), 'done', count(*) FILTER (WHERE x.completed_at IS NOT NULL)
    ) FROM ${tasks}
)`

/** The JSON text of the counts. */
const countsText = ({ counts: { done, open } }: CountedRow): string => `{"open":${open},"done":${done}}`

/** How things with their counts are answered, which their versions do not cover. */
export const counted = ({ json }: Table) => ({
  json: (row: CountedRow): string => `${json(row).slice(0, -1)},"counts":${countsText(row)}}`,
  beyond: (row: CountedRow): string => crc32(countsText(row)).toString(36)
})

/** The tasks of its own. */
const counts = taskCounts(
  "todo.tasks x WHERE x.user_id = me.uid AND x.project_id = projects.id AND x.trashed_at IS NULL"
)

/** Those that are archived, by themselves or with one above them. */
const away = `away AS (
    SELECT a.id FROM todo.projects a WHERE a.user_id = me.uid AND a.archived_at IS NOT NULL
    UNION
    SELECT b.id FROM away JOIN todo.projects b ON b.user_id = me.uid AND b.parent_id = away.id
  )`

/** Makes the reads of the current user's projects. */
export const projectReads = Effect.gen(function*() {
  const columns = projects.reads("projects", "me.uid").map(([, sql]) => sql).join(", ")
  return {
    one: throughDoor<CountedRow, [id: string]>(
      yield* Statements,
      `SELECT ${columns}, ${counts} AS counts FROM todo.projects WHERE user_id = me.uid AND id = $3`
    ),
    list: yield* listByKey<CountedRow>(projects, {
      key: orderOfProjects.key("projects"),
      more: { counts },
      with: away,
      choices: {
        all: "true",
        archived: "id IN (SELECT away.id FROM away)",
        living: "id NOT IN (SELECT away.id FROM away)"
      },
      long: { texts: ["description"], never: "name" }
    }, counted(projects).json)
  }
})
