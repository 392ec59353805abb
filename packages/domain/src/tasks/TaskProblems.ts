import { batchIndex } from "../http/BatchIndex.ts"
import { Changed, NotFound } from "../http/NounProblems.ts"
import { ProblemClass } from "../http/ProblemClass.ts"
import { Task, TaskId } from "./Task.ts"

export class TaskNotFound extends NotFound<TaskNotFound>()("task", "task", batchIndex) {}

export class TaskChanged extends Changed<TaskChanged>()("task", Task) {}

/** Another task of the user's, in the trash or not, has the external id (409). Nothing was done. */
export class ExternalIdTaken extends ProblemClass<ExternalIdTaken>()(
  "external_id_taken",
  "Another task of the user's, which may be in the trash, has this `externalId`: the one of `id`.",
  { id: TaskId, ...batchIndex }
) {}
