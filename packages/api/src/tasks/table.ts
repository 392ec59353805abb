import { NewTask, Task, TaskPatch } from "@todo/domain/tasks/Task"
import { table } from "../database/Table.ts"

/** How tasks are stored. */
export const tasks = table({
  noun: "task",
  name: "tasks",
  shapes: { answer: Task, creation: NewTask, patch: TaskPatch },
  title: "title",
  isSet: { completed: "completed_at" },
  numbered: true,
  most: 100_000
})
