import { Effect, Result } from "effect"
import { HttpClientError, type HttpClientRequest } from "effect/http"
import type { Send } from "../client/AroundRequest.ts"
import { timedOut } from "../client/ConnectionFailure.ts"
import { MostTries } from "../client/Retry.ts"
import type { OfflineFiles } from "./OfflineFiles.ts"
import { isAway, type Outcome } from "./Reachable.ts"

/** Nobody waits longer than that for a service without which they can go on, in seconds. */
const mostSeconds = 10

/** Sends where nobody waits long, and tries once where the service was away a moment ago. */
export const soonOrNever = (apiUrl: string, timeoutSeconds: number) => {
  const patience = Math.min(timeoutSeconds, mostSeconds)
  /** How a request ends to which nothing is said. */
  const silent = (request: HttpClientRequest.HttpClientRequest): Outcome =>
    Result.fail(
      new HttpClientError.HttpClientError({
        reason: new HttpClientError.TransportError({ request, cause: timedOut(apiUrl, patience) })
      })
    )
  const soon = ({ absence }: OfflineFiles, send: Send): Send => {
    const tries = absence.isSo() ? 1 : undefined
    return (request) =>
      send(request).pipe(
        Effect.provideService(MostTries, tries),
        Effect.timeoutOrElse({
          duration: `${patience} seconds`,
          orElse: () => Effect.fromResult(silent(request))
        }),
        Effect.tap((response) => Effect.sync(() => isAway(Result.succeed(response)) || absence.forget()))
      )
  }
  return { patience, silent, soon }
}
