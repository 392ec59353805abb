import { HttpApiError } from "effect/http-api"
import { problemCode, problemMembers, problemType } from "../http/Problem.ts"
import { Task } from "./Task.ts"

/** The user has no task of that id: it never existed, is gone, or is another user's (404). */
export class TaskNotFound extends HttpApiError.Problem<TaskNotFound>()(
  "TaskNotFound",
  {
    type: problemType("task_not_found"),
    status: 404,
    title: "There is no such task"
  },
  { code: problemCode("task_not_found"), ...problemMembers },
  {
    identifier: "TaskNotFound",
    description: "The user has no task of this id."
  }
) {}

/** The task changed since the version that `If-Match` names; `current` is its state now (412). */
export class TaskChanged extends HttpApiError.Problem<TaskChanged>()(
  "TaskChanged",
  {
    type: problemType("task_changed"),
    status: 412,
    title: "The task has changed since"
  },
  { code: problemCode("task_changed"), ...problemMembers, current: Task },
  {
    identifier: "TaskChanged",
    description: "The task is not as `If-Match` or `If-None-Match` wants it; `current` is its state now."
  }
) {}

/** The user has as many tasks as anybody may have (409). */
export class TooManyTasks extends HttpApiError.Problem<TooManyTasks>()(
  "TooManyTasks",
  {
    type: problemType("too_many_tasks"),
    status: 409,
    title: "There are too many tasks"
  },
  { code: problemCode("too_many_tasks"), ...problemMembers },
  {
    identifier: "TooManyTasks",
    description: "The user has 100,000 tasks, the most that anybody may have."
  }
) {}
