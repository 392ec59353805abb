import { Effect } from "effect"

/**
 * How long an answer takes at least that must not tell, by its time, whether
 * an address has an account. The work behind it takes about a tenth.
 */
const floor = "300 millis"

/** Answers no sooner than every other request of its kind: for what writes to the owner of an address, if there is one. */
export const evenTime = <A, E, R>(answer: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(
    Effect.all([Effect.exit(answer), Effect.sleep(floor)], { concurrency: 2 }),
    ([answered]) => answered
  )
