import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import { entityFunctions } from "../database/functions/entity.sql.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { Operations } from "../operations/Operations.ts"
import { tasks as noun } from "./table.ts"
import { Tasks } from "./Tasks.ts"
import { TasksHandlers } from "./TasksHandlers.ts"

/** Things to do. */
export const tasks = {
  noun,
  functions: () => entityFunctions(noun),
  handlers: knowing(Tasks, Operations, RequestContract, Authorization)(TasksHandlers).pipe(
    Layer.provide([Tasks.layer, Operations.layer])
  )
} satisfies Feature
