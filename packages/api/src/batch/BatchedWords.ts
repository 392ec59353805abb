import type { BatchOperation } from "@todo/domain/batch/Batch"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import type { DoorError } from "../database/Door.ts"
import { dateProblem } from "../tasks/DateRefusals.ts"
import { speaker } from "../words/Speaker.ts"
import { readInWords, saysInWords } from "../words/SpokenDates.ts"

/** Whether a write says something of dates in words. */
const isInWords = (operation: BatchOperation) =>
  (operation.op === "task.create" || operation.op === "task.update") && saysInWords(operation.body)

/** Makes what reads the dates that writes of a batch have in words, all at one moment. */
export const batchedWords = Effect.map(speaker, (speaker) =>
(
  operations: ReadonlyArray<BatchOperation>
): Effect.Effect<ReadonlyArray<BatchOperation>, DoorError | ReturnType<typeof dateProblem>, CurrentUser> =>
  operations.some(isInWords)
    ? Effect.flatMap(
      speaker,
      (moment) =>
        Effect.forEach(
          operations,
          (operation, index) =>
            operation.op === "task.create" || operation.op === "task.update"
              ? readInWords(operation.body, moment).pipe(
                Effect.fromResult,
                Effect.mapBoth({
                  onFailure: (problem) =>
                    dateProblem(problem, { path: ["payload", "operations", index, "body"], index }),
                  onSuccess: (body) => ({ ...operation, body }) as BatchOperation
                })
              )
              : Effect.succeed(operation)
        )
    )
    : Effect.succeed(operations))
