import { batchIndex } from "../http/BatchIndex.ts"
import { ProblemClass } from "../http/ProblemClass.ts"
import { Task } from "./Task.ts"

/** The user has no task of that id: it never existed, is gone, or is another user's (404). */
export class TaskNotFound extends ProblemClass<TaskNotFound>()(
  "TaskNotFound",
  "task_not_found",
  "The user has no task of this id.",
  batchIndex
) {}

/** The task changed since the version that `If-Match` names; `current` is its state now (412). */
export class TaskChanged extends ProblemClass<TaskChanged>()(
  "TaskChanged",
  "task_changed",
  "The task is not as `If-Match` or `If-None-Match` wants it; `current` is its state now.",
  { current: Task, ...batchIndex }
) {}
