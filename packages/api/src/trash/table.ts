import { TrashedTask } from "@todo/domain/trash/TrashedTask"
import { table } from "../database/Table.ts"
import { tasks } from "../tasks/table.ts"

/** Tasks as the trash shows them. */
export const trashedTasks = table({ ...tasks, shapes: { ...tasks.shapes, answer: TrashedTask } })
