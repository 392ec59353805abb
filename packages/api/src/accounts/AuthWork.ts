import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Cause, Data, Effect, Exit } from "effect"
import { SqlError } from "effect/sql"
import { AsyncLocalStorage } from "node:async_hooks"
import { isOutage } from "../database/connections/Outage.ts"
import { inItsLane } from "../passwords/PasswordLane.ts"

/** What was to be granted is based on credentials that have changed since: it is not granted. */
export class StaleCredentials extends Data.TaggedError("StaleCredentials") {}

/** What our callbacks know of the request that Better Auth is at work on: it hands nothing through to them. */
export interface AuthWork {
  /** The count of the user's credentials that a session to make is based on; undefined: none is to be made. */
  credentials: number | undefined
  /** The session that approved it. */
  approvedBy: string | undefined
  /** The hash that the password of the request was found to fit. */
  proved: string | undefined
  /** Why it cannot be answered now. */
  unavailable: string | undefined
  /** Whether the count has moved since. */
  isStale: boolean
}

const works = new AsyncLocalStorage<AuthWork>()

/** The work at hand. */
export const currentWork = (): AuthWork | undefined => works.getStore()

/** Has the request that Better Auth is at work on answered with 503, whatever Better Auth makes of what is thrown now. */
export const noteUnavailable = (detail: string) => {
  const work = currentWork()
  if (work !== undefined) work.unavailable = detail
}

/** Has it refused because what it is based on has changed. */
export const noteStale = () => {
  const work = currentWork()
  if (work !== undefined) work.isStale = true
}

/** Better Auth looks at its tables once, for the requests of that moment together: an outage is noted for one of them. */
const isOutageOf = (exit: Exit.Exit<unknown>) => {
  if (Exit.isSuccess(exit)) return false
  const error = Cause.squash(exit.cause)
  return SqlError.isSqlError(error) && isOutage(error)
}

/**
 * Runs Better Auth. It fails itself where the database does not answer, or takes a session that it cannot read for one
 * that is not there, and would sign people out; so what our callbacks have noted has the last word.
 */
export const runAuth = <A>(
  credentials: number | undefined,
  run: () => Promise<A>
): Effect.Effect<A, ServiceUnavailable | StaleCredentials> =>
  Effect.flatMap(inItsLane(run), (inLane) => {
    const work: AuthWork = {
      credentials,
      approvedBy: undefined,
      proved: undefined,
      unavailable: undefined,
      isStale: false
    }
    return Effect.flatMap(
      Effect.exit(Effect.promise(() => works.run(work, inLane))),
      (exit): Effect.Effect<A, ServiceUnavailable | StaleCredentials> =>
        work.unavailable !== undefined
          ? Effect.fail(new ServiceUnavailable({ detail: work.unavailable }))
          : work.isStale
          ? Effect.fail(new StaleCredentials())
          : isOutageOf(exit)
          ? Effect.fail(new ServiceUnavailable({ detail: "The database does not answer" }))
          : exit
    )
  })
