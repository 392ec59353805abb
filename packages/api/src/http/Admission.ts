import { Context, Duration, Effect, type Fiber, Layer } from "effect"
import type { HttpServerRequest, HttpServerResponse } from "effect/http"
import type { IncomingMessage } from "node:http"
import { AppConfig } from "../Config.ts"
import { refusals } from "../observability/Metrics.ts"
import { problemFor } from "./ProblemResponses.ts"

type Response = HttpServerResponse.HttpServerResponse

/** What requests may take on average; when they take longer, fewer are let in. */
const targetMillis = 500
/** As many are let in however slow it gets: the answers of fewer would not tell when it is better. */
const fewest = 16
/** How often the limit is looked at again, and who takes too long. */
const tickMillis = 100
/** How often at the most the log says that requests are refused. */
const warningMillis = 10_000

/** A request at work. */
interface Work {
  readonly startedAt: number
  readonly fiber: Fiber.Fiber<unknown, unknown>
  /** Whether it was given up because it took too long. */
  late: boolean
}

/**
 * Decides which requests get in, and how long they may take. Where more come
 * than can be served a queue helps nobody, it only makes all of them slow: the
 * ones too many are refused at once.
 *
 * At most `MAX_REQUESTS` are at work. While they take longer than half a second
 * on average the limit goes down by a tenth, ten times a second, and afterwards
 * up in small steps, as TCP finds out how much a network carries
 * (docs/adr/0013). After `REQUEST_TIMEOUT` a request is given up.
 */
export class Admission extends Context.Service<Admission, {
  /** How many are at work. */
  readonly working: number
  /** How many may be. */
  readonly limit: number
  /** Whether one more would be refused. */
  isFull(): boolean
  /** Counts a request that was refused before it came to `admit`. */
  countRefusal(): void
  /**
   * Answers the request with `answer`, or with 503 when it may not in or takes
   * too long. A request counts from when its body is there, so that slow
   * clients keep nobody out. It is run by `fiber`, and not interruptible itself.
   */
  admit<E, R>(
    request: HttpServerRequest.HttpServerRequest,
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
      let limit = maxRequests
      let finished = 0
      let finishedMillis = 0
      let refused = 0
      let refusedBefore = 0
      let warnedAt = Number.NEGATIVE_INFINITY

      const adjust = () => {
        if (finished > 0 && finishedMillis / finished > targetMillis) {
          limit = Math.max(Math.min(fewest, maxRequests), Math.floor(limit * 0.9))
        } else if (refused > refusedBefore) limit = Math.min(maxRequests, limit + Math.ceil(maxRequests / 50))
        finished = finishedMillis = 0
        refusedBefore = refused
      }
      const giveUpLate = (now: number) => {
        // The oldest are the first.
        for (const work of inside) {
          if (now - work.startedAt < timeoutMillis) break
          if (work.late) continue
          work.late = true
          work.fiber.interruptUnsafe()
        }
      }
      const warn = (now: number) => {
        if (refused === 0 || now - warnedAt < warningMillis) return
        Effect.runForkWith(context)(
          Effect.logWarning(`Refused ${refused} requests: ${limit} at a time is what it can do now`)
        )
        warnedAt = now
        refused = refusedBefore = 0
      }
      const tick = () => {
        const now = performance.now()
        adjust()
        giveUpLate(now)
        warn(now)
      }
      yield* Effect.acquireRelease(
        Effect.sync(() => setInterval(tick, tickMillis)),
        (timer) => Effect.sync(() => clearInterval(timer))
      )

      const isFull = () => inside.size >= limit
      const countRefusal = () => {
        refused++
        refusals("busy").updateUnsafe(1, context)
      }

      const admitted = <E, R>(fiber: Fiber.Fiber<unknown, unknown>, answer: Effect.Effect<Response, E, R>) =>
        Effect.suspend((): Effect.Effect<Response, E, R> => {
          if (isFull()) {
            countRefusal()
            return tooMany
          }
          const work: Work = { startedAt: performance.now(), fiber, late: false }
          inside.add(work)
          const inTime = Effect.catchCauseIf(answer, () => work.late, () => {
            refusals("late").updateUnsafe(1, context)
            return tooLate
          })
          return Effect.onExitPrimitive(inTime, () => {
            inside.delete(work)
            finished++
            finishedMillis += performance.now() - work.startedAt
            return undefined
          })
        })

      return Admission.of({
        get working() {
          return inside.size
        },
        get limit() {
          return limit
        },
        isFull,
        countRefusal,
        admit: (request, fiber, answer) =>
          hasArrived(request)
            ? admitted(fiber, answer)
            // Whether the body can be read is for those who want it.
            : Effect.andThen(Effect.exit(Effect.interruptible(request.arrayBuffer)), admitted(fiber, answer))
      })
    })
  )
}

const tooMany = Effect.succeed(problemFor(503, "There are more requests than can be served"))

const tooLate = Effect.succeed(problemFor(503, "The request took too long"))

const hasArrived = ({ headers, source }: HttpServerRequest.HttpServerRequest) =>
  (headers["content-length"] ?? "0") === "0" && headers["transfer-encoding"] === undefined
  || (source as IncomingMessage).complete
