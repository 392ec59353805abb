import { Cause, Exit, type Runtime } from "effect"
import { errorLine } from "./errorLine.ts"

/**
 * Ends the process: with 0 when it was asked to stop; with 1 when it failed,
 * after saying why in one line where an operator can mend it, and everything
 * where it is a fault of ours.
 */
export const teardown: Runtime.Teardown = (exit, end) => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return end(0)
  const text = Cause.hasFails(exit.cause) ? `todo: ${errorLine(Cause.squash(exit.cause))}` : Cause.pretty(exit.cause)
  process.stderr.write(`${text}\n`, () => end(1))
}
