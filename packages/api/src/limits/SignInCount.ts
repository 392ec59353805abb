import { Cause, Effect, Exit, Metric } from "effect"
import type { HttpServerResponse } from "effect/http"
import { signIns } from "../observability/Metrics.ts"
import type { Asking } from "./Buckets.ts"

type Response = HttpServerResponse.HttpServerResponse

/** Counts what becomes of a request, if it is an attempt to sign in with a password: a client's, or that of a page. */
export const countingSignIns = <E, R>({ operation }: Asking, answer: Effect.Effect<Response, E, R>) =>
  operation === "auth.signIn" ? Effect.onExit(answer, count) : answer

const count = <E>(exit: Exit.Exit<Response, E>) => {
  if (Exit.isSuccess(exit)) return Metric.update(signIns(outcomeOf(exit.value.status)), 1)
  // Nobody is left to sign in: the client is gone.
  return Cause.hasInterruptsOnly(exit.cause) ? Effect.void : Metric.update(signIns("failed"), 1)
}

const outcomeOf = (status: number) =>
  status < 400 ? "ok" : status === 429 ? "limited" : status < 500 ? "refused" : "failed"
