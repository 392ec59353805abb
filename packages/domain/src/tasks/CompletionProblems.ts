import { Schema } from "effect"
import { batchIndex } from "../http/BatchIndex.ts"
import { ProblemClass } from "../http/ProblemClass.ts"
import { TaskId, TaskNumber } from "./Task.ts"

const NamedTask = Schema.Struct({
  id: TaskId,
  number: TaskNumber,
  title: Schema.String.annotate({ description: "What is to be done.", examples: ["Buy paint"] })
}).annotate({ identifier: "NamedTask", description: "A task, by what people call it." })

const inTheWay = {
  count: Schema.Int.annotate({ description: "How many tasks are in the way.", examples: [1] }),
  tasks: Schema.Array(NamedTask).annotate({ description: "They, by number, the first 100 of them." }),
  ...batchIndex
}

/** What is right below the task is open, and nothing says what becomes of it (409). */
export class OpenChildren extends ProblemClass<OpenChildren>()(
  "open_children",
  "`tasks` below the task are open. `children` of `POST /api/v1/tasks/{id}/complete` says what becomes of them.",
  inTheWay
) {}

/** What the task waits for is open (409). */
export class Blocked extends ProblemClass<Blocked>()(
  "blocked",
  "The task, or one that would be completed with it, waits for `tasks`. `force` of `POST /api/v1/tasks/{id}/complete` passes over that.",
  inTheWay
) {}
