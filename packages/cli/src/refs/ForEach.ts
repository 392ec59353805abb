import { Data, Effect, Result } from "effect"
import { type ApiError, failureOf } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import type { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import type { Agreement } from "../terminal/Agreement.ts"
import { Output } from "../terminal/Output.ts"

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
  /** Those that have not been shown. */
  readonly unshown: ReadonlyArray<A>
  /** That of the first failure. */
  readonly exitCode: ExitCode
  /** Whether the rest was not tried. */
  readonly stopped: boolean
}

/**
 * Tries one after the other. A failure is reported, below what was done before it, and the rest goes on, unless it would
 * fail as well. In JSON all that is done is one value, and nothing is shown before the end.
 */
const tryEach = Effect.fnUntraced(function*<T, A, R, R2 = never>(
  things: ReadonlyArray<T>,
  work: (thing: T) => Effect.Effect<A, ApiError, R>,
  show: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>
): Effect.fn.Return<Attempts<A>, never, R | R2 | Output | Settings> {
  const settings = yield* Settings
  const output = yield* Output
  const results: Array<A> = []
  let shown = 0
  let exitCode: ExitCode = ExitCode.done
  for (const thing of things) {
    const attempt = yield* Effect.result(work(thing))
    if (Result.isSuccess(attempt)) {
      results.push(attempt.success)
      continue
    }
    const failure = yield* failureOf(attempt.failure, settings)
    if (!settings.json) {
      yield* show(results.slice(shown))
      shown = results.length
    }
    yield* output.failure(failure)
    if (exitCode === ExitCode.done) exitCode = failure.exitCode
    if (stopsAll(failure)) return { results, unshown: results.slice(shown), exitCode, stopped: true }
  }
  return { results, unshown: results.slice(shown), exitCode, stopped: false }
})

const endWith = (exitCode: ExitCode) =>
  exitCode === ExitCode.done ? Effect.void : Effect.fail(new AlreadyReported({ exitCode }))

/**
 * Does something with each thing, in order; `finish` gets the results, all at once unless a failure is told in between.
 * The first failure decides the exit code.
 */
export const forEachThing = Effect.fn("forEachThing")(function*<T, A, R, R2>(
  things: ReadonlyArray<T>,
  work: (thing: T) => Effect.Effect<A, ApiError, R>,
  finish: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>
) {
  const { exitCode, unshown } = yield* tryEach(things, work, finish)
  yield* finish(unshown)
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
    const { exitCode, unshown } = yield* tryEach(
      refs,
      (ref) => Effect.flatMap(once(ref), (named) => Effect.forEach(named, work)),
      (results) => finish(results.flat())
    )
    const done = unshown.flat()
    if (done.length > 0 || refs.length > 1) yield* finish(done)
    return yield* endWith(exitCode)
  }
  const found = yield* tryEach(refs, once, () => Effect.void)
  const named = found.results.flat()
  const agreed = !found.stopped && named.length > 0 && (yield* agree(named))
  const { exitCode, unshown } = yield* tryEach(agreed ? named : [], work, finish)
  if (named.length > 0 || refs.length > 1) yield* finish(unshown)
  return yield* endWith(found.exitCode === ExitCode.done ? exitCode : found.exitCode)
})
