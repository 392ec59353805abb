import { Effect } from "effect"

/**
 * How long an answer takes at least that must not tell, by its time, whether
 * an address has an account. The work behind it takes a fraction of it (docs/adr/0012).
 */
const floor = "300 millis"

/** Hides how long the work takes: answers no sooner than any other request of its kind. For what writes to the owner of an address, if there is one. */
export const constantTime = <A, E, R>(answer: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(
    Effect.all([Effect.exit(answer), Effect.sleep(floor)], { concurrency: 2 }),
    ([answered]) => answered
  )
