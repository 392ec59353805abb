import { Data, Effect, Result } from "effect"
import type { Agreement } from "./Agreement.ts"
import { ExitCode } from "./ExitCode.ts"
import type { Failure } from "./Failure.ts"
import { type ApiError, failureOf } from "./HttpFailure.ts"
import { Output } from "./Output.ts"
import { Settings } from "./Settings.ts"

/** Every failure has been told to the user; only the exit code is left to be given. */
export class AlreadyReported extends Data.TaggedError("AlreadyReported")<{ readonly exitCode: ExitCode }> {}

/** What stops one stops them all: the rest is not tried. */
export const stopsAll = ({ exitCode, isGeneral }: Failure): boolean =>
  isGeneral === true || exitCode === ExitCode.refused || exitCode === ExitCode.rateLimited ||
  exitCode === ExitCode.unavailable ||
  exitCode === ExitCode.interrupted

/** What came of trying one after the other. */
interface Attempts<A> {
  readonly results: ReadonlyArray<A>
  /** That of the first failure. */
  readonly exitCode: ExitCode
  /** Whether the rest was not tried. */
  readonly stopped: boolean
}

/** Tries one after the other. A failure is reported and the rest goes on, unless it would fail as well. */
const tryEach = Effect.fnUntraced(function*<T, A, R>(
  things: ReadonlyArray<T>,
  work: (thing: T) => Effect.Effect<A, ApiError, R>
): Effect.fn.Return<Attempts<A>, never, R | Output | Settings> {
  const settings = yield* Settings
  const output = yield* Output
  const results: Array<A> = []
  let exitCode: ExitCode = ExitCode.done
  for (const thing of things) {
    const attempt = yield* Effect.result(work(thing))
    if (Result.isSuccess(attempt)) {
      results.push(attempt.success)
      continue
    }
    const failure = yield* failureOf(attempt.failure, settings)
    yield* output.failure(failure)
    if (exitCode === ExitCode.done) exitCode = failure.exitCode
    if (stopsAll(failure)) return { results, exitCode, stopped: true }
  }
  return { results, exitCode, stopped: false }
})

const endWith = (exitCode: ExitCode) =>
  exitCode === ExitCode.done ? Effect.void : Effect.fail(new AlreadyReported({ exitCode }))

/**
 * Does something with each thing, in order; when all is done, `finish` gets the
 * results, and then the first failure decides the exit code.
 */
export const forEachThing = Effect.fn("forEachThing")(function*<T, A, R, R2>(
  things: ReadonlyArray<T>,
  work: (thing: T) => Effect.Effect<A, ApiError, R>,
  finish: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>
) {
  const { exitCode, results } = yield* tryEach(things, work)
  yield* finish(results)
  return yield* endWith(exitCode)
})

/**
 * Does something with everything that is named, in order, and with each once.
 * Where somebody has to agree, all are looked up first, and then nothing may be
 * done at all. See `forEachThing` for failures.
 */
export const forEachRef = Effect.fn("forEachRef")(function*<T extends { readonly id: string }, A, R, R2>(
  refs: ReadonlyArray<string>,
  resolve: (ref: string) => Effect.Effect<T, ApiError>,
  work: (named: T) => Effect.Effect<A, ApiError, R>,
  finish: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>,
  agree?: Agreement<T>
) {
  const seen = new Set<string>()
  const once = Effect.fnUntraced(function*(ref: string) {
    const named = yield* resolve(ref)
    if (seen.has(named.id)) return []
    seen.add(named.id)
    return [named]
  })
  if (agree === undefined) {
    const { exitCode, results } = yield* tryEach(
      refs,
      (ref) => Effect.flatMap(once(ref), (named) => Effect.forEach(named, work))
    )
    const done = results.flat()
    if (done.length > 0 || refs.length > 1) yield* finish(done)
    return yield* endWith(exitCode)
  }
  const found = yield* tryEach(refs, once)
  const named = found.results.flat()
  const agreed = !found.stopped && named.length > 0 && (yield* agree(named))
  const { exitCode, results } = yield* tryEach(agreed ? named : [], work)
  if (named.length > 0 || refs.length > 1) yield* finish(results)
  return yield* endWith(found.exitCode === ExitCode.done ? exitCode : found.exitCode)
})
