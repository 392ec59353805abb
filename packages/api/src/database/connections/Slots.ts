import { Effect, type Scope } from "effect"
import { SqlError } from "effect/sql"

/** How often it is looked for those who have waited too long. */
const tickMillis = 50

interface Waiter {
  readonly since: number
  readonly admit: () => void
  readonly refuse: () => void
}

/** A semaphore with a deadline: so many statements may be at work, and those that wait have their turn in order. */
export interface Slots {
  /** Runs the effect in a slot; fails with a `SqlError` when there is none in time. */
  run<A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError.SqlError, R>
}

/**
 * Makes `count` slots, that nobody waits for longer than `patienceMillis`.
 * With 1,000 clients most statements wait: a semaphore with a timeout, a fiber
 * and a timer for each, took more time than the statements.
 */
export const makeSlots = Effect.fnUntraced(function*(
  count: number,
  patienceMillis: number
): Effect.fn.Return<Slots, never, Scope.Scope> {
  const waiting = new Set<Waiter>()
  let free = count
  let admitting = false

  const refuseLate = () => {
    const late = performance.now() - patienceMillis
    // Those who have waited longest are the first.
    for (const waiter of waiting) {
      if (waiter.since > late) break
      waiting.delete(waiter)
      waiter.refuse()
    }
  }
  yield* Effect.acquireRelease(
    Effect.sync(() => setInterval(refuseLate, tickMillis)),
    (timer) => Effect.sync(() => clearInterval(timer))
  )

  const give = (): undefined => {
    free++
    // Who is let in may fail at once, and give the slot back before the next is let in.
    if (admitting) return undefined
    admitting = true
    for (const waiter of waiting) {
      if (free === 0) break
      waiting.delete(waiter)
      waiter.admit()
    }
    admitting = false
    return undefined
  }
  /** Has to be evaluated as soon as it is made. */
  const inSlot = <A, E, R>(effect: Effect.Effect<A, E, R>) => {
    free--
    return Effect.onExitPrimitive(effect, give)
  }
  return {
    run: (effect) =>
      Effect.suspend(() =>
        free > 0 ? inSlot(effect) : Effect.callback((resume) => {
          const waiter: Waiter = {
            since: performance.now(),
            admit: () => resume(inSlot(effect)),
            refuse: () => resume(Effect.fail(full()))
          }
          waiting.add(waiter)
          return Effect.sync(() => waiting.delete(waiter))
        })
      )
  }
})

const full = () => {
  const message = "Every connection to the database is full"
  return new SqlError.SqlError({
    reason: new SqlError.ConnectionError({ cause: new Error(message), message, operation: "wait" })
  })
}
