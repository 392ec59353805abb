import { Effect } from "effect"
import { cancelled, type Failure } from "../failures/Failure.ts"

const interruption = Effect.callback<never, Failure>((resume) => {
  const onSignal = () => resume(Effect.fail(cancelled))
  process.once("SIGINT", onSignal)
  return Effect.sync(() => process.off("SIGINT", onSignal))
})

/** Lets Ctrl-C end what takes long, with exit code 130 like a prompt. */
export const cancellable = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E | Failure, R> =>
  Effect.raceFirst(interruption, effect)
