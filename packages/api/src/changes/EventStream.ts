import type { ChangeCursor } from "@todo/domain/changes/Change"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Duration, Effect, Option, Stream } from "effect"
import { Sse } from "effect/encoding"
import type { Listener } from "../database/Wakeups.ts"
import { type KnownPlace, writeCursor } from "./ChangeCursor.ts"
import type { Changes } from "./Changes.ts"

/** How often something is sent where nothing happens: proxies end what is silent for long. */
const silence = "15 seconds"
/** A comment (HTML, 9.2.6), which clients pass over. */
const comment = ":\n\n"
/** How many items are read and sent at once, and how many bytes of them: who is slow has them in memory. */
const mostAtOnce = 200
const mostBytesAtOnce = 256 * 1024
/** After how long clients come again, in milliseconds: not all at once where all have lost their streams. */
const leastPause = 1000
const mostPause = 3000

const event = (name: string, id: ChangeCursor, data: string) =>
  Sse.encoder.write({ _tag: "Event", event: name, id, data })

/**
 * What happens to a user's things from a place on, as Server-Sent Events. Each time that the listener is woken the record
 * is read from where the stream is, through the door: so it ends with the session or the token that it is for, and not with
 * its JWT, and whoever is slow has nothing wait in memory. It ends as well where the database does not answer, or does not
 * have all any more: the client comes again, and is told.
 */
export const eventStream = (
  changes: Changes["Service"],
  listener: Listener,
  from: KnownPlace
): Stream.Stream<Uint8Array> => {
  const { due, user } = listener
  const begun = writeCursor(user.id, from)
  const pause = Duration.millis(Math.round(leastPause + Math.random() * (mostPause - leastPause)))
  const head = Sse.encoder.write(new Sse.Retry({ duration: pause, lastEventId: undefined }))
    + event("start", begun, JSON.stringify({ cursor: begun }))

  const next = Effect.fnUntraced(function*(place: KnownPlace) {
    for (;;) {
      if (Option.isNone(yield* Effect.timeoutOption(due.await, silence))) return [comment, place] as const
      due.closeUnsafe()
      const happened = yield* changes.after(place, mostAtOnce, mostBytesAtOnce)
      listener.heard = happened.last
      if (happened.more) due.openUnsafe()
      if (happened.items.length === 0) continue
      const text = happened.items.map((item) => event("message", writeCursor(user.id, item.place), item.json)).join("")
      return [text, happened.place] as const
    }
  })
  const events = Stream.unfold(from, (place) => Effect.provideService(next(place), CurrentUser, user))
  return Stream.make(head).pipe(
    Stream.concat(Stream.catch(events, () => Stream.empty)),
    Stream.encodeText
  )
}
