import { ProblemClass } from "../http/ProblemClass.ts"
import { Task } from "./Task.ts"

/** The user has no task of that id: it never existed, is gone, or is another user's (404). */
export class TaskNotFound extends ProblemClass<TaskNotFound>()(
  "TaskNotFound",
  "task_not_found",
  "The user has no task of this id."
) {}

/** The task changed since the version that `If-Match` names; `current` is its state now (412). */
export class TaskChanged extends ProblemClass<TaskChanged>()(
  "TaskChanged",
  "task_changed",
  "The task is not as `If-Match` or `If-None-Match` wants it; `current` is its state now.",
  { current: Task }
) {}

/** The user has as many tasks as anybody may have (409). */
export class TooManyTasks extends ProblemClass<TooManyTasks>()(
  "TooManyTasks",
  "too_many_tasks",
  "The user has 100,000 tasks, the most that anybody may have."
) {}
