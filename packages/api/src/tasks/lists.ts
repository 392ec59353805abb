import type { ListSpec } from "../database/List.ts"
import { unarchived } from "../filter/ProjectSql.ts"
import { namesTasks } from "../filter/TaskList.ts"
import { longTexts } from "./table.ts"

/** The list of tasks that are not in the trash, without a filter. Its text follows from which conditions a query has. */
export const taskList: ListSpec<{
  readonly completed: boolean
  readonly number: number
  readonly parentId: string
}> = {
  filters: {
    completed: (yes) => `completed_at IS ${yes ? "NOT " : ""}NULL`,
    number: (number, bind) => `number = ${bind(number)}`,
    parentId: (id, bind) => `parent_id = ${bind(id)}`
  },
  of: (query) => `trashed_at IS NULL${namesTasks(query) ? "" : ` AND ${unarchived}`}`,
  newest: ["number"],
  long: longTexts
}
