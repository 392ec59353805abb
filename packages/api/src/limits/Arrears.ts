import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect, Queue, Schedule } from "effect"
import type { Bucket } from "./Buckets.ts"

/**
 * Gives back in the background what could not be given back when it should have been, and asks again every second while
 * the database is away. Meanwhile nothing is taken: there are no more of them than requests were at work when it went.
 */
export const makeArrears = Effect.fnUntraced(
  function*(giveBack: (bucket: Bucket) => Effect.Effect<void, ServiceUnavailable>) {
    const owed = yield* Queue.unbounded<Bucket>()
    yield* Queue.take(owed).pipe(
      Effect.flatMap((bucket) => Effect.retry(giveBack(bucket), Schedule.spaced("1 second"))),
      Effect.catchDefect((defect) => Effect.logError("A limit could not be given back", defect)),
      Effect.forever,
      Effect.forkScoped
    )
    return (buckets: ReadonlyArray<Bucket>) => Effect.asVoid(Queue.offerAll(owed, buckets))
  }
)
