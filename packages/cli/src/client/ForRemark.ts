import { Effect } from "effect"

const patience = "2 seconds"

/** What is asked for a remark alone: what the command does is done by then, nothing fails by it, and nobody waits long. */
export const forRemark = <A, E, R>(asking: Effect.Effect<A, E, R>) =>
  asking.pipe(Effect.timeout(patience), Effect.option)
