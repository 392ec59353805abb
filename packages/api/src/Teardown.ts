import { Cause, Exit, type Runtime } from "effect"

/**
 * Ends the process: with 0 when it was asked to stop; with 1 when it failed,
 * after saying why in one line where an operator can mend it, and everything
 * where it is a fault of ours.
 */
export const teardown: Runtime.Teardown = (exit, end) => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return end(0)
  const error = Cause.squash(exit.cause)
  const text = Cause.hasFails(exit.cause) && error instanceof Error
    ? `todo: ${startError(error)}`
    : Cause.pretty(exit.cause)
  process.stderr.write(`${text}\n`, () => end(1))
}

const startError = (error: Error) => {
  const cause = error.cause instanceof Error && "code" in error.cause ? error.cause : undefined
  switch (cause?.code) {
    case "EADDRINUSE":
      return `The port is taken (${cause.message}): stop what uses it, or set PORT`
    case "EACCES":
      return `The address may not be used (${cause.message}): set PORT or HOST`
    default:
      return error.message
  }
}
