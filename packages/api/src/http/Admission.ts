import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Context, Duration, Effect, type Fiber, Layer } from "effect"
import type { HttpServerResponse } from "effect/http"
import type { IncomingMessage } from "node:http"
import { AppConfig } from "../Config.ts"
import { refusals } from "../observability/Metrics.ts"
import { makeOccasionalWarning } from "../OccasionalWarning.ts"
import { problemFor } from "./ProblemResponses.ts"

type Response = HttpServerResponse.HttpServerResponse

/**
 * How many are given to the routes at a time. The others wait as Node's own requests, which are small: a request half
 * done is much that the collector copies again and again (docs/adr/0013).
 */
const atOnce = 256
/**
 * How many are given to the routes in one turn of the event loop. Their statements are sent together at its end: with
 * more of them PostgreSQL waits for the service, and then the service for PostgreSQL. And Node takes one new connection
 * in a turn: with turns of 50 ms the last of 1,000 who come together would wait for a minute.
 */
const perTurn = 8
/** How long a request waits at most before it is given to the routes; the rest of a second is for saying no. */
const patienceMillis = 900
/** How often it is looked who waits or takes too long. */
const tickMillis = 100

/** A request at work. */
interface Work {
  startedAt: number
  readonly fiber: Fiber.Fiber<unknown, unknown>
  /** Whether it was given up because it took too long. */
  late: boolean
  /** Takes it out of those at work, for as long as it waits for its client. */
  readonly pause: (work: Work) => void
  /** Takes it in again, unless there are too many by now. */
  readonly resume: (work: Work) => boolean
}

/** When Node had read the head of a request. A WeakMap, of which the collector sees each entry, cost more. */
const arrival = Symbol("arrival")
/** The request at work. */
const atWork = Symbol("atWork")

interface Arriving extends IncomingMessage {
  [arrival]?: number
  [atWork]?: Work
}

const arrivalOf = (request: Arriving): number => request[arrival] ?? performance.now()

/** A request that is to be given to the routes. */
interface Entry {
  readonly request: Arriving
  readonly go: () => void
  /** Answers 503. */
  readonly refuse: () => void
}

/**
 * Decides which requests get in, and how long they may take. Where more come
 * than can be served a queue helps nobody, it only makes all of them slow: those
 * beyond `MAX_REQUESTS` are refused at once, and those who wait for their turn
 * in vain after 0.9 seconds (docs/adr/0013). After `REQUEST_TIMEOUT` a request
 * is given up.
 */
export class Admission extends Context.Service<Admission, {
  /** How many are at work, or wait to be. */
  readonly working: number
  /** Gives a request to the routes, now or when others are done; or refuses it, now or when it has waited for too long. */
  enter(entry: Entry): void
  /** Says that a request at work leaves its place to others while it waits (1), or has it again (-1). */
  park(change: 1 | -1): void
  /** When Node had read the head of a request, in milliseconds of `performance.now`. */
  arrivalOf(source: object): number
  /**
   * Answers the request with `answer`, or with 503 when it may not in or takes
   * too long. It is run by `fiber`, and not interruptible itself.
   */
  admit<E, R>(
    source: object,
    fiber: Fiber.Fiber<unknown, unknown>,
    answer: Effect.Effect<Response, E, R>
  ): Effect.Effect<Response, E, R>
}>()("todo/api/http/Admission") {
  static readonly layer = Layer.effect(
    Admission,
    Effect.gen(function*() {
      const { maxRequests, requestTimeout } = yield* AppConfig
      const timeoutMillis = Duration.toMillis(requestTimeout)
      const context = yield* Effect.context<never>()
      const inside = new Set<Work>()
      const queue: Array<Entry> = []
      let hasNextTurn = false
      let parked = 0
      const warn = yield* makeOccasionalWarning((count) =>
        `Refused ${count} requests: there are more than can be served`
      )

      const giveUpLate = (now: number) => {
        // The oldest are the first.
        for (const work of inside) {
          if (now - work.startedAt < timeoutMillis) break
          if (work.late) continue
          work.late = true
          work.fiber.interruptUnsafe()
        }
      }
      const refuseImpatient = (now: number) => {
        while (queue.length > 0 && now - arrivalOf(queue[0]!.request) >= patienceMillis) {
          countRefusal()
          queue.shift()!.refuse()
        }
      }
      const tick = () => {
        const now = performance.now()
        giveUpLate(now)
        refuseImpatient(now)
      }
      yield* Effect.acquireRelease(
        Effect.sync(() => setInterval(tick, tickMillis)),
        (timer) => Effect.sync(() => clearInterval(timer))
      )

      const hasPlace = () => inside.size - parked < atOnce
      const isFull = () => inside.size + queue.length >= maxRequests
      const haveNextTurn = () => {
        if (hasNextTurn) return
        hasNextTurn = true
        setImmediate(nextTurn)
      }
      const nextTurn = () => {
        hasNextTurn = false
        for (let started = 0; started < perTurn && hasPlace() && queue.length > 0;) {
          const { go, request } = queue.shift()!
          if (request.destroyed) continue
          started++
          go()
        }
        // Where as many are at work as may be, the first that is done gives the next their turn.
        if (queue.length > 0 && hasPlace()) haveNextTurn()
      }
      const countRefusal = () => {
        warn()
        refusals("busy").updateUnsafe(1, context)
      }

      const leave = (work: Work) => {
        inside.delete(work)
        // Not before the one that is done has been answered.
        if (queue.length > 0) haveNextTurn()
      }
      const comeBack = (work: Work) => {
        if (inside.size >= maxRequests) {
          countRefusal()
          return false
        }
        work.startedAt = performance.now()
        inside.add(work)
        return true
      }

      const admit = <E, R>(
        source: Arriving,
        fiber: Fiber.Fiber<unknown, unknown>,
        answer: Effect.Effect<Response, E, R>
      ) =>
        Effect.suspend((): Effect.Effect<Response, E, R> => {
          if (inside.size >= maxRequests) {
            countRefusal()
            return tooMany
          }
          const work: Work = { startedAt: arrivalOf(source), fiber, late: false, pause: leave, resume: comeBack }
          source[atWork] = work
          inside.add(work)
          const inTime = Effect.catchCauseIf(answer, () => work.late, () => {
            refusals("late").updateUnsafe(1, context)
            return tooLate
          })
          return Effect.onExitPrimitive(inTime, () => {
            leave(work)
            return undefined
          })
        })

      return Admission.of({
        get working() {
          return inside.size + queue.length
        },
        enter: (entry) => {
          const { request } = entry
          // Health is told also when there is too much to do, and a browser's preflight asks for nothing.
          if (request.url!.startsWith("/health/") || request.method === "OPTIONS") {
            entry.go()
          } else if (isFull()) {
            countRefusal()
            entry.refuse()
          } else {
            request[arrival] = performance.now()
            // Never at once: a body that came with the head is there in the next turn, and need not be waited for.
            queue.push(entry)
            haveNextTurn()
          }
        },
        park: (change) => {
          parked += change
          if (change > 0 && queue.length > 0) haveNextTurn()
        },
        arrivalOf: (source) => arrivalOf(source as Arriving),
        admit: (source, fiber, answer) => admit(source as Arriving, fiber, answer)
      })
    })
  )
}

/**
 * Waits for what a request's client has to send. Meanwhile the request is not among those at work, so that slow clients
 * keep nobody out, and its time begins anew. Fails where there are too many at work when it has come.
 */
export const whileReceiving = <A, E, R>(source: object, received: Effect.Effect<A, E, R>) =>
  Effect.suspend(() => {
    const work = (source as Arriving)[atWork]
    work?.pause(work)
    return Effect.filterOrFail(
      Effect.interruptible(received),
      () => work === undefined || work.resume(work),
      () => new ServiceUnavailable({ detail: tooManyDetail })
    )
  })

const tooManyDetail = "There are more requests than can be served"

const tooMany = Effect.succeed(problemFor(503, tooManyDetail))

const tooLate = Effect.succeed(problemFor(503, "The request took too long"))
