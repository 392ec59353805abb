import { Changed, NotFound } from "../http/NounProblems.ts"
import { ProblemClass } from "../http/ProblemClass.ts"
import { Task } from "./Task.ts"

export class TaskNotFound extends NotFound<TaskNotFound>()("task") {}

export class TaskChanged extends Changed<TaskChanged>()("task", Task) {}

export class TooManyTasks extends ProblemClass<TooManyTasks>()(
  "too_many_tasks",
  "The user has 100,000 tasks, the most that anybody may have."
) {}
