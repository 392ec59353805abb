import { TaskChanged, TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import type { EntityProblems } from "../entity/Refusals.ts"
import { tasks } from "./table.ts"

/** How it is said that there is no such task, and that it is at another version. */
export const taskProblems: EntityProblems<TaskNotFound, TaskChanged> = {
  notFound: (at) => new TaskNotFound({ detail: "You have no task with this id", ...at }),
  changed: (row, at) => {
    const current = tasks.answer(row)
    return new TaskChanged({ detail: `The task is at version ${current.version}`, current, ...at })
  }
}
