import { Data, Effect, Result } from "effect"
import { type ApiError, failureOf } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { type Failure, queuedCode } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import type { Agreement } from "../terminal/Agreement.ts"
import { Output } from "../terminal/Output.ts"
import { inSteps } from "../terminal/Steps.ts"

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
  /** That one of them waits for the service, which is no failure. */
  readonly queued: Failure | undefined
}

/**
 * Tries one after the other. A failure is reported, below what was done before it, and the rest goes on, unless it would
 * fail as well. In JSON all that is done is one value, and nothing is shown before the end.
 */
const tryOneByOne = Effect.fnUntraced(function*<T, A, R, R2 = never>(
  things: ReadonlyArray<T>,
  work: (thing: T) => Effect.Effect<A, ApiError, R>,
  show: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>,
  tell: (tried: number) => void
): Effect.fn.Return<Attempts<A>, never, R | R2 | Output | Settings> {
  const settings = yield* Settings
  const output = yield* Output
  const results: Array<A> = []
  let shown = 0
  let exitCode: ExitCode = ExitCode.done
  let tried = 0
  let queued: Failure | undefined
  for (const thing of things) {
    tell(tried++)
    const attempt = yield* Effect.result(work(thing))
    if (Result.isSuccess(attempt)) {
      results.push(attempt.success)
      continue
    }
    const failure = yield* failureOf(attempt.failure, settings)
    if (failure.code === queuedCode) {
      queued = failure
      continue
    }
    if (!settings.json) {
      yield* show(results.slice(shown))
      shown = results.length
    }
    yield* output.failure(failure)
    if (exitCode === ExitCode.done) exitCode = failure.exitCode
    if (stopsAll(failure)) return { results, unshown: results.slice(shown), exitCode, stopped: true, queued }
  }
  return { results, unshown: results.slice(shown), exitCode, stopped: false, queued }
})

/** The same, and says how far it is. */
const tryEach = <T, A, R, R2 = never>(
  things: ReadonlyArray<T>,
  work: (thing: T) => Effect.Effect<A, ApiError, R>,
  show: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>
) => inSteps({ what: "done", total: things.length }, (tell) => tryOneByOne(things, work, show, tell))

const endWith = (exitCode: ExitCode, queued: Failure | undefined): Effect.Effect<void, AlreadyReported | Failure> => {
  if (exitCode !== ExitCode.done) return Effect.fail(new AlreadyReported({ exitCode }))
  return queued === undefined ? Effect.void : Effect.fail(queued)
}

/**
 * Does something with each thing, in order; `finish` gets the results, all at once unless a failure is told in between.
 * The first failure decides the exit code.
 */
export const forEachThing = Effect.fn("forEachThing")(function*<T, A, R, R2>(
  things: ReadonlyArray<T>,
  work: (thing: T) => Effect.Effect<A, ApiError, R>,
  finish: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>
) {
  const { exitCode, queued, unshown } = yield* tryEach(things, work, finish)
  if (unshown.length > 0 || queued === undefined) yield* finish(unshown)
  return yield* endWith(exitCode, queued)
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
  if (agree !== undefined) return yield* forAllRefs(refs, resolve, () => Effect.succeed(work), finish, agree)
  const seen = new Set<string>()
  const { exitCode, queued, unshown } = yield* tryEach(
    refs,
    Effect.fnUntraced(function*(ref: string) {
      const named = yield* resolve(ref)
      if (seen.has(named.id)) return []
      seen.add(named.id)
      return [yield* work(named)]
    }),
    (results) => finish(results.flat())
  )
  const done = unshown.flat()
  if (done.length > 0 || refs.length !== 1 && queued === undefined) yield* finish(done)
  return yield* endWith(exitCode, queued)
})

/** So many are looked up at a time. */
const lookUps = 8

/** What each ref names, each thing once, or why it names nothing. What would stop the rest is all there is then. */
const lookUpAll = Effect.fnUntraced(function*<T extends { readonly id: string }>(
  refs: ReadonlyArray<string>,
  resolve: (ref: string) => Effect.Effect<T, ApiError>
): Effect.fn.Return<ReadonlyArray<Result.Result<T, Failure>>, never, Settings> {
  const settings = yield* Settings
  const lookUp = (ref: string) =>
    Effect.matchEffect(resolve(ref), {
      onSuccess: (named) => Effect.succeed(Result.succeed(named)),
      onFailure: (error) =>
        Effect.flatMap(
          failureOf(error, settings),
          (failure) => stopsAll(failure) ? Effect.fail(failure) : Effect.succeed(Result.fail(failure))
        )
    })
  const lookUpIn = Effect.fnUntraced(function*(done: (count: number) => void) {
    let count = 0
    const counted = (ref: string) => Effect.tap(lookUp(ref), () => Effect.sync(() => done(++count)))
    // The first alone: what it has to ask for, such as a JWT, is there for the others.
    const first = yield* Effect.forEach(refs.slice(0, 1), counted)
    return [...first, ...yield* Effect.forEach(refs.slice(1), counted, { concurrency: lookUps })]
  })
  const found = yield* Effect.result(inSteps({ what: "looked up", total: refs.length }, lookUpIn))
  if (Result.isFailure(found)) return [Result.fail(found.failure)]
  const seen = new Set<string>()
  return found.success.filter((one) => Result.isFailure(one) || !seen.has(one.success.id) && seen.add(one.success.id))
})

/**
 * Looks up everything that is named, has somebody agree where they have to, and then does something with each once, in
 * order; `workOn` knows all of them. Where one cannot be looked up the others are done, unless that stops them all. See
 * `forEachThing` for failures; where somebody is asked, those of looking up are told before.
 */
export const forAllRefs = Effect.fn("forAllRefs")(function*<T extends { readonly id: string }, A, R, R2>(
  refs: ReadonlyArray<string>,
  resolve: (ref: string) => Effect.Effect<T, ApiError>,
  workOn: (all: ReadonlyArray<T>) => Effect.Effect<(named: T) => Effect.Effect<A, ApiError, R>>,
  finish: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>,
  agree?: Agreement<T>
) {
  const found = yield* lookUpAll(refs, resolve)
  const named = found.flatMap((one) => Result.isSuccess(one) ? [one.success] : [])
  const failed = yield* tryEach(
    agree === undefined ? [] : found.filter(Result.isFailure),
    Effect.fromResult,
    () => Effect.void
  )
  const agreed = agree === undefined || named.length > 0 && (yield* agree(named))
  const due = agree === undefined ? found : agreed ? named.map(Result.succeed) : []
  const work = yield* workOn(named)
  const { exitCode, queued, unshown } = yield* tryEach(
    due,
    (one) => Effect.flatMap(Effect.fromResult(one), work),
    finish
  )
  const isTold = named.length > 0 || refs.length !== 1
  if (unshown.length > 0 || isTold && queued === undefined) yield* finish(unshown)
  return yield* endWith(failed.exitCode === ExitCode.done ? exitCode : failed.exitCode, queued)
})
