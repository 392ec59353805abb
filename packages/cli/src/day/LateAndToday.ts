import type { Task } from "@todo/domain/tasks/Task"
import type { TaskGroup } from "../tasks/TaskTable.ts"

/** What is late, and what is due or starts today. */
export const dueByToday = "overdue or today"

/** In the order in which it is due. */
export const asItIsDue = "due,priority,position"

/** What is late apart from what is for today. */
export const lateAndToday = (tasks: ReadonlyArray<Task>): ReadonlyArray<TaskGroup> => [
  { heading: "Overdue", tasks: tasks.filter(({ overdue }) => overdue), isAlarming: true },
  { heading: "Today", tasks: tasks.filter(({ overdue }) => !overdue) }
]
