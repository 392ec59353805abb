import { batchIndex } from "../http/BatchIndex.ts"
import { Changed, NotFound } from "../http/NounProblems.ts"
import { Task } from "./Task.ts"

export class TaskNotFound extends NotFound<TaskNotFound>()("task", "task", batchIndex) {}

export class TaskChanged extends Changed<TaskChanged>()("task", Task) {}
