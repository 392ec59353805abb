import type { UserId } from "@todo/domain/users/User"
import { Context, Effect, Latch, Layer, type Scope } from "effect"
import { HttpServerResponse } from "effect/http"
import type { Socket } from "node:net"
import { AppConfig } from "../Config.ts"
import { refusals } from "../observability/Metrics.ts"
import { Cuts } from "./Cuts.ts"
import { problemFor } from "./ProblemResponses.ts"

/** How many a user may have at a time. */
const mostOfUser = 10
/** How long a client may take for the end of its stream when the service stops. */
const patienceMillis = 1000

/** There is no place for another stream. */
export class NoPlace {
  readonly _tag = "NoPlace"
  readonly response: HttpServerResponse.HttpServerResponse

  constructor(response: HttpServerResponse.HttpServerResponse) {
    this.response = response
  }
}

/** An answer that goes on. */
interface Open {
  readonly user: UserId
  readonly socket: Socket
  readonly closing: Latch.Latch
}

/**
 * The answers that go on until their clients leave. They are not requests at work: neither `MAX_REQUESTS` nor
 * `REQUEST_TIMEOUT` is about them. So they are bounded here, and end when the service stops.
 */
export class OpenStreams extends Context.Service<OpenStreams, {
  /** How many there are. */
  readonly open: number
  /**
   * Takes a place for a stream, until the scope of its request ends; answers what ends when the stream has to. Fails with
   * 429 where the user has as many as one may, and 503 where all have.
   */
  enter(user: UserId, socket: Socket): Effect.Effect<Effect.Effect<void>, NoPlace, Scope.Scope>
  /** Ends all, and lets nobody in. Who does not take the end is cut. */
  closeAll(): void
}>()("todo/api/http/OpenStreams") {
  static readonly layer = Layer.effect(
    OpenStreams,
    Effect.gen(function*() {
      const { maxStreams } = yield* AppConfig
      const cuts = yield* Cuts
      const context = yield* Effect.context<never>()
      const all = new Set<Open>()
      const ofUsers = new Map<UserId, number>()
      let isClosing = false

      const refuse = (status: 429 | 503, detail: string) => {
        refusals(status === 429 ? "share" : "busy").updateUnsafe(1, context)
        return Effect.fail(
          new NoPlace(HttpServerResponse.setHeader(problemFor(status, detail), "retry-after", "1"))
        )
      }
      const take = (user: UserId, socket: Socket): Open => {
        const stream = { user, socket, closing: Latch.makeUnsafe() }
        all.add(stream)
        ofUsers.set(user, (ofUsers.get(user) ?? 0) + 1)
        return stream
      }
      const leave = (stream: Open) => {
        all.delete(stream)
        const others = ofUsers.get(stream.user)! - 1
        if (others === 0) ofUsers.delete(stream.user)
        else ofUsers.set(stream.user, others)
      }

      return OpenStreams.of({
        get open() {
          return all.size
        },
        enter: (user, socket) =>
          Effect.suspend(() => {
            if (isClosing) return refuse(503, "The service is stopping")
            if ((ofUsers.get(user) ?? 0) >= mostOfUser) {
              return refuse(429, `You have ${mostOfUser} streams of events: end one first`)
            }
            if (all.size >= maxStreams) return refuse(503, "There are more streams of events than can be served")
            return Effect.map(
              Effect.acquireRelease(
                Effect.sync(() => take(user, socket)),
                (stream) => Effect.sync(() => leave(stream))
              ),
              ({ closing }) => closing.await
            )
          }),
        closeAll: () => {
          isClosing = true
          for (const { closing } of all) closing.openUnsafe()
          setTimeout(() => {
            for (const { socket } of all) cuts.cut(socket, "stalled")
          }, patienceMillis).unref()
        }
      })
    })
  )
}
