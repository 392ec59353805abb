import { Effect } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"

/** What ends that which would go on for ever: Ctrl-C and SIGTERM with their exit codes, and with 0 that nobody reads stdout. */
export const endOfWatching: Effect.Effect<ExitCode> = Effect.callback((resume) => {
  const onInterrupt = () => resume(Effect.succeed(ExitCode.interrupted))
  const onTerminate = () => resume(Effect.succeed(ExitCode.terminated))
  const onLoss = () => resume(Effect.succeed(ExitCode.done))
  process.once("SIGINT", onInterrupt).once("SIGTERM", onTerminate)
  process.stdout.once("error", onLoss)
  return Effect.sync(() => {
    process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate)
    process.stdout.off("error", onLoss)
  })
})
