import { Effect } from "effect"

/** How often at the most there is a line in the log. */
const intervalMillis = 10_000
/** How long the first waits for others, so that the line counts them. */
const gatheringMillis = 100

/** Counts what an attack makes happen often, and says in the log how often it was, at most every ten seconds. */
export const makeOccasionalWarning = Effect.fnUntraced(function*(message: (count: number) => string) {
  const context = yield* Effect.context<never>()
  let count = 0
  let saidAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  const say = () => {
    timer = undefined
    saidAt = performance.now()
    Effect.runForkWith(context)(Effect.logWarning(message(count)))
    count = 0
  }
  yield* Effect.addFinalizer(() => Effect.sync(() => clearTimeout(timer)))
  return () => {
    count++
    timer ??= setTimeout(say, Math.max(gatheringMillis, saidAt + intervalMillis - performance.now()))
  }
})
