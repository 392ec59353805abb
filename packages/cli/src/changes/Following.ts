import { Clock, Effect, Option, Result, Schema } from "effect"
import type { ApiClient } from "../client/ApiClient.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import type { Failure } from "../failures/Failure.ts"
import type { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { openEvents, readEvents } from "./EventSource.ts"
import type { Happening } from "./Happening.ts"
import { cursorOfNow, nextChange } from "./Polling.ts"

/** Where somebody is who follows: what is before the cursor has been handled. None where nothing is known yet. */
export interface Place {
  cursor: string | undefined
}

/** How often to ask where no stream gets through. */
const pollMillis = 5000
const firstPauseMillis = 500
const longestPauseMillis = 30_000

/** Whether it may be over by itself. */
const isPassing = ({ exitCode, status }: Failure): boolean =>
  exitCode === ExitCode.unavailable || exitCode === ExitCode.rateLimited || status !== null && status >= 500

/** Whether asking otherwise is no use either: nobody is signed in, or the cursor is not good. */
const isFinal = ({ exitCode }: Failure): boolean =>
  exitCode === ExitCode.refused || exitCode === ExitCode.conflict || exitCode === ExitCode.usage

const parse = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Record(Schema.String, Schema.Unknown)))

/**
 * Follows what happens from `place` on, or from now on, and has each change handled, in order, before the next is taken.
 * It goes on when a stream ends, from where it was, and asks for changes where no stream gets through. It ends with a
 * failure only: of `handle`; of the session, or the cursor; or at the first try, when there was no answer.
 */
export const follow = Effect.fn("follow")(function*<R>(
  place: Place,
  handle: (happening: Happening) => Effect.Effect<void, Failure, R>
): Effect.fn.Return<never, Failure, R | ApiClient | Output | Settings> {
  const output = yield* Output
  let hasWorked = false
  let isAway = false
  let isPolling = false
  let fruitless = 0
  const pass = Effect.fnUntraced(function*(happening: Happening) {
    fruitless = 0
    yield* handle(happening)
    place.cursor = happening.cursor
  })

  /** Hears events until the stream ends; answers when to come again, or why nothing was heard. */
  const listen = Effect.fnUntraced(function*() {
    const opened = yield* Effect.result(openEvents(place.cursor))
    const start = yield* Clock.currentTimeMillis
    if (Result.isFailure(opened)) return opened.failure
    if (opened.success === undefined) return undefined
    const { isBegun, retry } = yield* readEvents(opened.success, ({ data, event, id }) =>
      Effect.gen(function*() {
        if (!hasWorked || isAway || isPolling) yield* begin(true)
        const change = parse(data)
        const cursor = id ?? place.cursor
        if (event === "message" && cursor !== undefined && Option.isSome(change)) {
          return yield* pass({ change: change.value, cursor })
        }
        place.cursor = cursor
      }))
    // One that has lasted was good, although nothing happened.
    if ((yield* Clock.currentTimeMillis) - start > longestPauseMillis) fruitless = 0
    return isBegun ? { retry } : undefined
  })

  /** Says on stderr that it works again, where it did not. */
  const begin = Effect.fnUntraced(function*(isStream: boolean) {
    if (isAway) yield* output.note("Connected again.")
    if (!isStream && !isPolling) yield* output.note("Events do not get through: asking every 5 seconds instead.")
    hasWorked = true
    isAway = false
    isPolling = !isStream
  })

  /** Asks for all that has happened; answers why that was not possible, if it was not. */
  const poll = Effect.fnUntraced(function*() {
    for (;;) {
      if (place.cursor === undefined) {
        const now = yield* Effect.result(cursorOfNow())
        if (Result.isFailure(now)) return now.failure
        place.cursor = now.success
      }
      const page = yield* Effect.result(nextChange(place.cursor))
      if (Result.isFailure(page)) return page.failure
      yield* begin(false)
      const { cursor, items: [change], more } = page.success
      if (change !== undefined) yield* pass({ change, cursor })
      place.cursor = cursor
      if (!more) return undefined
    }
  })

  for (;;) {
    const heard = yield* listen()
    let pause = pollMillis
    if (heard !== undefined && "retry" in heard) {
      pause = Math.max(heard.retry ?? 0, firstPauseMillis * 2 ** fruitless++)
    } else {
      if (heard !== undefined && isFinal(heard)) return yield* heard
      const trouble = yield* poll()
      if (trouble !== undefined) {
        if (!hasWorked || isFinal(trouble) || !isPassing(trouble)) return yield* trouble
        if (!isAway) yield* output.note(`${trouble.message}: trying again.`)
        isAway = true
        pause = firstPauseMillis * 2 ** fruitless++
      }
    }
    yield* Effect.sleep(`${Math.min(longestPauseMillis, pause) * (0.5 + Math.random() / 2)} millis`)
  }
})
