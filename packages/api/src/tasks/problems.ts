import { TaskChanged, TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import type { Row } from "../database/Table.ts"
import { tasks } from "./table.ts"

/** How it is said that there is no such task, and that it is at another version. */
export const taskProblems = {
  notFound: () => new TaskNotFound({ detail: "You have no task with this id" }),
  changed: (row: Row) => {
    const current = tasks.answer(row)
    return new TaskChanged({ detail: `The task is at version ${current.version}`, current })
  }
}
