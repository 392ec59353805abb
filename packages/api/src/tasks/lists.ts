import type { TaskFilters } from "@todo/domain/tasks/TaskPage"
import type { ListSpec } from "../database/List.ts"
import { longTexts } from "./table.ts"

/** The list of tasks that are not in the trash. */
export const taskList: ListSpec<TaskFilters> = {
  filters: {
    completed: (yes) => `completed_at IS ${yes ? "NOT " : ""}NULL`,
    number: (number, bind) => `number = ${bind(number)}`
  },
  of: "trashed_at IS NULL",
  newest: ["number"],
  long: longTexts
}
