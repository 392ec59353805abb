import { ChangeCursor } from "@todo/domain/changes/Change"
import { Duration, Effect, Option, Pull, Stream } from "effect"
import { Sse } from "effect/encoding"
import { HttpClientError, type HttpClientResponse } from "effect/http"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"

/** In which the first event has to come: a proxy may keep what goes on. */
const untilBegun = "10 seconds"
/** Something comes each 15 seconds: after three times that nobody is there. */
const silence = "45 seconds"

/** How a stream was: whether anything came, and when to come again, in milliseconds. */
export interface Streamed {
  readonly isBegun: boolean
  readonly retry: number | undefined
}

/** An answer other than 200, to be told as such. */
const refused = (response: HttpClientResponse.HttpClientResponse) =>
  new HttpClientError.HttpClientError({
    reason: new HttpClientError.StatusCodeError({ request: response.request, response })
  })

/** Asks for the events from a cursor on, or from now on. Undefined where what answers has no stream of them. */
export const openEvents = Effect.fn("openEvents")(function*(cursor: string | undefined) {
  const { changes } = yield* ApiClient
  const query = cursor === undefined ? {} : { cursor: ChangeCursor.make(cursor) }
  const response = yield* changes.follow({ query, headers: {}, responseMode: "response-only" })
  if (response.status !== 200) return yield* refused(response)
  return /^text\/event-stream\b/i.test(response.headers["content-type"] ?? "") ? response.stream : undefined
}, asFailure)

/** Hands over the events as they come, one after the other, until the stream ends, is cut, or nothing comes any more. */
export const readEvents = Effect.fn("readEvents")(function*<E, E2, R>(
  stream: Stream.Stream<Uint8Array, E2>,
  handle: (event: Sse.Event) => Effect.Effect<void, E, R>
) {
  const events: Array<Sse.Event> = []
  let retry: number | undefined
  const parser = Sse.makeParser((event) => {
    if (event._tag === "Event") events.push(event)
    else retry = Duration.toMillis(event.duration)
  })
  const decoder = new TextDecoder()
  let isBegun = false
  const pull = yield* Stream.toPull(stream)
  for (;;) {
    const chunk = yield* pull.pipe(
      Effect.timeoutOption(isBegun ? silence : untilBegun),
      Pull.catchDone(() => Effect.succeedNone),
      Effect.catch(() => Effect.succeedNone)
    )
    if (Option.isNone(chunk)) break
    for (const bytes of chunk.value) {
      const tooLong = parser.feed(decoder.decode(bytes, { stream: true }))
      for (const event of events.splice(0)) {
        isBegun = true
        yield* handle(event)
      }
      if (tooLong !== undefined) return yield* Effect.die(tooLong)
    }
  }
  return { isBegun, retry } satisfies Streamed
}, Effect.scoped)
