import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { mostLevels } from "@todo/domain/tasks/Task"
import { Layer } from "effect"
import { entityFunctions } from "../database/functions/entity.sql.ts"
import { foldedFunctions } from "../database/functions/folded.sql.ts"
import { updateListed } from "../database/functions/listed.sql.ts"
import { recordedFunction } from "../database/functions/Write.sql.ts"
import { keyFunctions } from "../database/order/keys.sql.ts"
import { placeFunctions } from "../database/order/place.sql.ts"
import { fixedTimes } from "../dates/fixedTimes.sql.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { Operations } from "../operations/Operations.ts"
import { tagging } from "../tags/onTasks.sql.ts"
import { put } from "./external.sql.ts"
import { move } from "./move.sql.ts"
import { tasks as noun } from "./table.ts"
import { Tasks } from "./Tasks.ts"
import { TasksHandlers } from "./TasksHandlers.ts"
import { mostBlockers, treeFunctions } from "./tree.sql.ts"

/** Things to do. */
export const tasks = {
  noun,
  functions: () => [
    ...foldedFunctions(noun),
    ...keyFunctions,
    ...placeFunctions(noun, noun.order!),
    ...treeFunctions,
    ...fixedTimes,
    ...entityFunctions(noun),
    ...[updateListed, tagging, move, put].map((write) => recordedFunction(write(noun)))
  ],
  limits: [{ limit: "levels", max: mostLevels }, { limit: "blockers", max: mostBlockers }],
  handlers: knowing(Tasks, Operations, RequestContract, Authorization)(TasksHandlers).pipe(
    Layer.provide([Tasks.layer, Operations.layer])
  )
} satisfies Feature
