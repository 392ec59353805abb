import { Cause, Effect } from "effect"

/**
 * Says in one line why the service did not start, where that is something an
 * operator can mend; shows everything where it is a fault of ours.
 */
export const reportStartFailure = <A, E, R>(launch: Effect.Effect<A, E, R>) =>
  Effect.tapCause(launch, (cause) =>
    Effect.sync(() => {
      if (Cause.hasInterruptsOnly(cause)) return
      const error = Cause.squash(cause)
      const known = Cause.hasFails(cause) && error instanceof Error
      process.stderr.write(known ? `todo: ${startError(error)}\n` : `${Cause.pretty(cause)}\n`)
    }))

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
