import { CurrentUser } from "@todo/domain/users/CurrentUser"
import type { UserId } from "@todo/domain/users/User"
import { Context, Effect, Exit, Layer } from "effect"
import { HttpServerResponse } from "effect/http"
import { refusals } from "../observability/Metrics.ts"
import { Admission } from "./Admission.ts"
import { problemFor } from "./ProblemResponses.ts"

type Response = HttpServerResponse.HttpServerResponse

/** The most requests of a user at work at a time. With fewer of them statements go to PostgreSQL one by one. */
const mostAtWork = 64
/** The most that a user's requests at work will answer together, in bytes, going by the longest answer of late. */
const mostBytesAtWork = 524_288
/** The most that wait beside those: all have their turn within `REQUEST_TIMEOUT`, also when all are for long pages. */
const mostWaiting = 128
/** An answer of so many bytes is like any other; what is longer has to be rested for. */
const ordinaryBytes = 65_536
/** How long a user rests for each byte more, in milliseconds: eight times as long as it takes the event loop. */
const restPerByte = 56 / 1_048_576
/** How long an answer is remembered, at least; twice as long at the most. */
const memoryMillis = 10_000

/** What a user has at work, and what it has cost of late. */
interface Share {
  atWork: number
  /** Those that wait, in the order of their coming. */
  waiting: Set<() => void> | undefined
  /** Until when nothing of the user's begins, in milliseconds of `performance.now`; 0: no need to look at the clock. */
  restsUntil: number
  /** The longest answers, in bytes, since it was last noted, and before that; 0: there was none. */
  longest: number
  longestBefore: number
  /** Whether something will begin those that wait. */
  wakes: boolean
}

/**
 * Divides the event loop among users. Of one user's requests only so many are at work as will answer half a megabyte,
 * and the others wait in their order. After an answer that is longer than usual the user rests, in proportion, so that
 * whoever asks for long pages only has an eighth of the time (docs/adr/0020).
 */
export class FairShare extends Context.Service<FairShare, {
  /** How many requests wait for others of their user. */
  readonly waiting: number
  /** How many users are remembered. */
  readonly users: number
  /** Answers a request of the current user when it is its turn, or with 429 when too many wait. Without a user: at once. */
  take<E, R>(answer: Effect.Effect<Response, E, R>): Effect.Effect<Response, E, R>
}>()("todo/api/http/FairShare") {
  static readonly layer = Layer.effect(
    FairShare,
    Effect.gen(function*() {
      const admission = yield* Admission
      const context = yield* Effect.context<never>()
      const shares = new Map<UserId, Share>()
      let waiting = 0

      const noteTime = () => {
        const now = performance.now()
        for (const [user, share] of shares) {
          share.longestBefore = share.longest
          share.longest = 0
          if (share.restsUntil < now) share.restsUntil = 0
          if (share.longestBefore === 0 && share.atWork === 0 && !isWaitedFor(share)) shares.delete(user)
        }
      }
      yield* Effect.acquireRelease(
        Effect.sync(() => setInterval(noteTime, memoryMillis)),
        (timer) => Effect.sync(() => clearInterval(timer))
      )

      const shareOf = (user: UserId) => {
        let share = shares.get(user)
        if (share === undefined) {
          share = { atWork: 0, waiting: undefined, restsUntil: 0, longest: 0, longestBefore: 0, wakes: false }
          shares.set(user, share)
        }
        return share
      }

      /** Has those who wait begin, but not before the next turn: the one that is done is answered first. */
      const wake = (share: Share) => {
        if (share.wakes || !isWaitedFor(share) || isFull(share)) return
        share.wakes = true
        const rest = share.restsUntil - performance.now()
        if (rest > 0) setTimeout(beginWaiting, rest, share)
        else setImmediate(beginWaiting, share)
      }
      const beginWaiting = (share: Share) => {
        share.wakes = false
        for (const begin of share.waiting!) {
          if (isFull(share) || isResting(share)) break
          leave(share, begin)
          begin()
        }
        wake(share)
      }
      const leave = (share: Share, begin: () => void) => {
        if (!share.waiting!.delete(begin)) return
        waiting--
        admission.park(-1)
      }
      /** Ends when `begin` has been called. */
      const turn = (share: Share, begin: () => void) =>
        Effect.callback<void>((resume) => {
          const beginNow = () => {
            begin()
            resume(Effect.void)
          }
          ;(share.waiting ??= new Set()).add(beginNow)
          waiting++
          admission.park(1)
          wake(share)
          return Effect.sync(() => leave(share, beginNow))
        })

      const take = <E, R>(share: Share, answer: Effect.Effect<Response, E, R>): Effect.Effect<Response, E, R> => {
        let began = false
        const begin = () => {
          began = true
          share.atWork++
        }
        const begun = Effect.suspend(() => {
          if (!isWaitedFor(share) && !isFull(share) && !isResting(share)) {
            begin()
            return answer
          }
          if (isWaitedFor(share) && share.waiting.size >= mostWaiting) {
            refusals("share").updateUnsafe(1, context)
            return tooMany
          }
          return Effect.andThen(turn(share, begin), answer)
        })
        // Around all of it: a request that is given up, wherever that is, gives back what it has.
        return Effect.onExitPrimitive(begun, (exit) => {
          if (!began) return undefined
          share.atWork--
          charge(share, exit)
          wake(share)
          return undefined
        })
      }

      return FairShare.of({
        get waiting() {
          return waiting
        },
        get users() {
          return shares.size
        },
        take: (answer) =>
          Effect.withFiber((fiber) => {
            const user = Context.getOrUndefined(fiber.context, CurrentUser)
            return user === undefined ? answer : take(shareOf(user.id), answer)
          })
      })
    })
  )
}

/** Who is not known yet is taken to have ordinary answers. */
const expectedBytes = ({ longest, longestBefore }: Share) => Math.max(longest, longestBefore) || ordinaryBytes

const isFull = (share: Share) =>
  share.atWork >= mostAtWork || (share.atWork > 0 && (share.atWork + 1) * expectedBytes(share) > mostBytesAtWork)

const isResting = ({ restsUntil }: Share) => restsUntil > 0 && performance.now() < restsUntil

const isWaitedFor = (share: Share): share is Share & { readonly waiting: Set<() => void> } =>
  share.waiting !== undefined && share.waiting.size > 0

const charge = (share: Share, exit: Exit.Exit<Response, unknown>) => {
  // Nobody waits for it any more, but PostgreSQL answers all the same, and how long that is is not known.
  if (Exit.hasInterrupts(exit)) return rest(share, mostBytesAtWork)
  const bytes = Exit.isSuccess(exit) ? lengthOf(exit.value) : 0
  share.longest = Math.max(share.longest, bytes, 1)
  rest(share, bytes)
}

const rest = (share: Share, bytes: number) => {
  if (bytes <= ordinaryBytes) return
  share.restsUntil = Math.max(share.restsUntil, performance.now()) + (bytes - ordinaryBytes) * restPerByte
}

const lengthOf = ({ body }: Response) => body._tag === "Uint8Array" ? body.contentLength : 0

const tooMany = Effect.succeed(
  HttpServerResponse.setHeader(problemFor(429, "More of your requests wait than may"), "retry-after", "1")
)
