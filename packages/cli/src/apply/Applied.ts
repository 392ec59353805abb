import type { BatchResults } from "@todo/domain/batch/Batch"
import { Effect, Result } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { type ApiError, asFailure } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { partsOf } from "../tasks/Batch.ts"
import { printable } from "../terminal/TerminalText.ts"
import type { Write } from "./Writes.ts"

/** What was written. */
export interface Applied {
  /** The numbers of the tasks, by their ids. */
  readonly numbers: ReadonlyMap<string, number>
  /** The operations on record, in their order. */
  readonly operations: ReadonlyArray<string>
}

const codesOfOthers = new Set(["external_id_taken", "task_not_found"])

const indexOf = (error: ApiError): number | undefined =>
  "index" in error && typeof error.index === "number" ? error.index : undefined

/** What could not be written, by its name; somebody else was quicker where the plan is not true any more. */
const refused = Effect.fnUntraced(function*(error: ApiError, writes: ReadonlyArray<Write>, done: number, all: number) {
  const failure = yield* Effect.flip(asFailure(Effect.fail(error)))
  const task = writes[indexOf(error) ?? -1]?.task
  const isStale = failure.status === 412 || codesOfOthers.has(failure.code)
  return new Failure({
    ...failure,
    exitCode: isStale ? ExitCode.conflict : failure.exitCode,
    message: `${task === undefined ? "" : `${task.externalId}: `}${
      isStale ? "It was changed meanwhile" : failure.message
    }`,
    hints: [
      done === 0
        ? "Nothing was done."
        : `${done} of ${all} writes are done, and on record as operations of their own; the rest is not.`,
      ...isStale ? ["Run it again: the plan is made anew."] : failure.hints.filter((hint) => !hint.startsWith("--"))
    ].map(printable)
  })
})

/** Does writes as one operation, or as one for each 500 of them: of each all or nothing. */
export const applied = Effect.fn("applied")(function*(writes: ReadonlyArray<Write>) {
  const { batch } = yield* ApiClient
  const numbers = new Map<string, number>()
  const operations: Array<string> = []
  let done = 0
  for (const part of partsOf(writes)) {
    const attempt = yield* Effect.result(
      batch.run({ headers: {}, payload: { operations: part.map(({ operation }) => operation) } })
    )
    if (Result.isFailure(attempt)) return yield* yield* refused(attempt.failure, part, done, writes.length)
    const { body: { results }, headers }: { body: BatchResults; headers: { readonly "operation-id"?: string } } =
      attempt.success
    for (const [index, { task }] of part.entries()) {
      const { number } = results[index]!
      if (task !== undefined && number !== null) numbers.set(task.id, number)
    }
    if (headers["operation-id"] !== undefined) operations.push(headers["operation-id"])
    done += part.length
  }
  return { numbers, operations } satisfies Applied
})
