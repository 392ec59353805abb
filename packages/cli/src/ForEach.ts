import { Data, Effect, Result } from "effect"
import { ExitCode } from "./ExitCode.ts"
import type { Failure } from "./Failure.ts"
import { type ApiError, failureOf } from "./HttpFailure.ts"
import { Output } from "./Output.ts"
import { Settings } from "./Settings.ts"

/** Every failure has been told to the user; only the exit code is left to be given. */
export class AlreadyReported extends Data.TaggedError("AlreadyReported")<{ readonly exitCode: ExitCode }> {}

/** What stops one stops them all: the rest is not tried. */
const stopsAll = ({ exitCode, isGeneral }: Failure): boolean =>
  isGeneral === true || exitCode === ExitCode.refused || exitCode === ExitCode.rateLimited ||
  exitCode === ExitCode.unavailable ||
  exitCode === ExitCode.interrupted

/**
 * Does something with everything that is named, in order, and with each once.
 * A failure is reported and the rest goes on; when all is done, `finish` gets
 * the results, and then the first failure decides the exit code.
 */
export const forEachRef = Effect.fn("forEachRef")(function*<T extends { readonly id: string }, A, R, R2>(
  refs: ReadonlyArray<string>,
  resolve: (ref: string) => Effect.Effect<T, ApiError>,
  work: (named: T) => Effect.Effect<A, ApiError, R>,
  finish: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>
) {
  const { apiUrl } = yield* Settings
  const output = yield* Output
  const seen = new Set<string>()
  const results: Array<A> = []
  let exitCode: ExitCode = ExitCode.done

  for (const ref of refs) {
    const attempt = yield* Effect.result(Effect.gen(function*() {
      const named = yield* resolve(ref)
      if (seen.has(named.id)) return
      seen.add(named.id)
      results.push(yield* work(named))
    }))
    if (Result.isSuccess(attempt)) continue
    const failure = yield* failureOf(attempt.failure, apiUrl)
    yield* output.failure(failure)
    if (exitCode === ExitCode.done) exitCode = failure.exitCode
    if (stopsAll(failure)) break
  }

  if (results.length > 0 || refs.length > 1) yield* finish(results)
  if (exitCode !== ExitCode.done) return yield* new AlreadyReported({ exitCode })
})
