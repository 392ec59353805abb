import { type BatchOperation, type BatchResults, maxBatchLength } from "@todo/domain/batch/Batch"
import { type OperationCursor, OperationId } from "@todo/domain/operations/Operation"
import { Effect, Result } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { type ApiError, asFailure } from "../client/HttpFailure.ts"
import { Failure, queuedCode } from "../failures/Failure.ts"
import type { Settings } from "../Settings.ts"

/** What became of things that were written together. */
export interface Written<T> {
  /** What the write of each has done, or why it could not be done. */
  readonly outcomes: ReadonlyMap<T, Result.Result<BatchResults["results"][number], Failure>>
  /** The operation that it was, if anything was changed. */
  readonly operation: string | undefined
}

/** The place in the batch of what could not be done, where the problem is one of its own. */
const indexOf = (error: ApiError): number | undefined =>
  "index" in error && typeof error.index === "number" ? error.index : undefined

/**
 * Writes things in one request; what cannot be written is left out, and the rest written without it, or nothing is and that
 * alone is told.
 */
export const runBatch = Effect.fnUntraced(function*<T>(
  things: ReadonlyArray<T>,
  operation: (thing: T) => BatchOperation,
  otherwise: "the rest" | "all or none" = "the rest"
): Effect.fn.Return<Written<T>, Failure, ApiClient | Settings> {
  const { batch } = yield* ApiClient
  const outcomes = new Map<T, Result.Result<BatchResults["results"][number], Failure>>()
  let left = things
  while (left.length > 0) {
    const attempt = yield* Effect.result(batch.run({ headers: {}, payload: { operations: left.map(operation) } }))
    if (Result.isSuccess(attempt)) {
      const { body, headers } = attempt.success
      left.forEach((thing, index) => outcomes.set(thing, Result.succeed(body.results[index]!)))
      return { outcomes, operation: headers["operation-id"] }
    }
    const refused = indexOf(attempt.failure)
    const failure = yield* Effect.flip(asFailure(Effect.fail(attempt.failure)))
    // Another part of it waits behind this one.
    if (failure.code === queuedCode) return yield* failure
    if (refused === undefined) return yield* new Failure({ ...failure, message: failure.message, isGeneral: true })
    outcomes.set(left[refused]!, Result.fail(failure))
    if (otherwise === "all or none") return { outcomes, operation: undefined }
    left = left.filter((_, index) => index !== refused)
  }
  return { outcomes, operation: undefined }
})

/** The parts of what one request cannot have, as many as one can. */
export const partsOf = <T>(things: ReadonlyArray<T>): ReadonlyArray<ReadonlyArray<T>> =>
  Array.from(
    { length: Math.ceil(things.length / maxBatchLength) },
    (_, part) => things.slice(part * maxBatchLength, (part + 1) * maxBatchLength)
  )

/** The tasks that an operation changed, as it left them, by their ids. */
export const changedBy = Effect.fnUntraced(function*(id: string) {
  const { operations } = yield* ApiClient
  const changes = yield* allPages("changes", (query: PageQuery<OperationCursor>) =>
    Effect.map(
      operations.get({ params: { id: OperationId.make(id) }, query }),
      ({ changes, nextCursor }) => ({ items: changes, nextCursor })
    ))
  return new Map(
    changes.flatMap(({ id, noun, value }) => noun === "task" && value !== null ? [[id, value] as const] : [])
  )
})
