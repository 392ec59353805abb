import { CurrentUser } from "@todo/domain/users/CurrentUser"
import type { UserId } from "@todo/domain/users/User"
import { Context, Effect, Exit, Layer } from "effect"
import { HttpServerResponse } from "effect/http"
import { refusals } from "../observability/Metrics.ts"
import { Admission } from "./Admission.ts"
import { problemFor } from "./ProblemResponses.ts"
import { ordinaryValues, Rest } from "./Rest.ts"

type Response = HttpServerResponse.HttpServerResponse

/** The most requests of a user at work at a time. With fewer of them statements go to PostgreSQL one by one. */
const mostAtWork = 64
/** The same where others have asked for something of late: they wait for all that is at work. */
const mostBesideOthers = 8
/** The most that a user's requests at work will cost together, in bytes of answers, going by the dearest of late. */
const mostBytesAtWork = 524_288
/** The most that wait beside those: all have their turn within `REQUEST_TIMEOUT`, also when all are for long pages. */
const mostWaiting = 128
/** How long a cost is remembered, at least; twice as long at the most. */
const memoryMillis = 10_000

/** What a user has at work, and whether more of it may begin. */
interface Share {
  atWork: number
  /** Those that wait, in the order of their coming. */
  waiting: Set<() => void> | undefined
  readonly rest: Rest
  /** Whether something will begin those that wait. */
  wakes: boolean
}

/**
 * Divides the event loop among users. Of one user's requests only so many are at work as will cost half a megabyte, and
 * the others wait in their order. After a body or an answer that is longer than usual the user rests (Rest.ts).
 */
export class FairShare extends Context.Service<FairShare, {
  /** How many requests wait for others of their user. */
  readonly waiting: number
  /** How many users are remembered. */
  readonly users: number
  /**
   * Answers a request of the current user, with a body of so many bytes, when it is its turn, or with 429 when too many
   * wait. Without a user: at once.
   */
  take<E, R>(answer: Effect.Effect<Response, E, R>, bodyBytes: number): Effect.Effect<Response, E, R>
  /** The same where the body has to come yet. Until `goOn` the request is not at work: slow bodies are in nobody's way. */
  read<E, R>(answer: Effect.Effect<Response, E, R>, bodyBytes: number): Effect.Effect<Response, E, R>
  /** Answers when the body has come, ahead of those who wait: its turn has been. */
  goOn<E, R>(answer: Effect.Effect<Response, E, R>): Effect.Effect<Response, E, R>
  /** Goes on with a request at work, whose body has so many values. */
  ofValues<A, E, R>(values: number, next: Effect.Effect<A, E, R>): Effect.Effect<A, E, R>
}>()("todo/api/http/FairShare") {
  static readonly layer = Layer.effect(
    FairShare,
    Effect.gen(function*() {
      const admission = yield* Admission
      const context = yield* Effect.context<never>()
      const shares = new Map<UserId, Share>()
      let waiting = 0
      /** Of how many users. */
      let waitedFor = 0

      const noteTime = () => {
        const now = performance.now()
        for (const [user, share] of shares) {
          const isForgotten = share.rest.forget(now)
          if (isForgotten && share.atWork === 0 && !isWaitedFor(share)) shares.delete(user)
        }
      }
      yield* Effect.acquireRelease(
        Effect.sync(() => setInterval(noteTime, memoryMillis)),
        (timer) => Effect.sync(() => clearInterval(timer))
      )

      const shareOf = (user: UserId) => {
        let share = shares.get(user)
        if (share === undefined) {
          share = { atWork: 0, waiting: undefined, rest: new Rest(), wakes: false }
          shares.set(user, share)
        }
        return share
      }

      const isFull = (share: Share) =>
        share.atWork >= (shares.size > 1 ? mostBesideOthers : mostAtWork)
        || (share.atWork > 0 && (share.atWork + 1) * share.rest.expectedBytes > mostBytesAtWork)
      /** Whether a request may begin that comes now. */
      const isFree = (share: Share) => !isWaitedFor(share) && !isFull(share) && !share.rest.isOn

      const chargeBody = (share: Share, bytes: number) => share.rest.chargeBody(bytes, waitedFor)
      const chargeAnswer = ({ rest }: Share, exit: Exit.Exit<Response, unknown>) => {
        // Nobody waits for it any more, but PostgreSQL answers all the same, and how long that is is not known.
        if (Exit.hasInterrupts(exit)) rest.add(mostBytesAtWork, waitedFor)
        else rest.chargeAnswer(Math.max(1, Exit.isSuccess(exit) ? lengthOf(exit.value) : 0), waitedFor)
      }

      /** Has those who wait begin, but not before the next turn: the one that is done is answered first. */
      const wake = (share: Share) => {
        if (share.wakes || !isWaitedFor(share) || isFull(share)) return
        share.wakes = true
        const { left } = share.rest
        if (left > 0) setTimeout(beginWaiting, left, share)
        else setImmediate(beginWaiting, share)
      }
      const beginWaiting = (share: Share) => {
        share.wakes = false
        for (const begin of share.waiting!) {
          if (isFull(share) || share.rest.isOn) break
          leave(share, begin)
          begin()
        }
        wake(share)
      }
      const leave = (share: Share, begin: () => void) => {
        if (!share.waiting!.delete(begin)) return
        waiting--
        if (share.waiting!.size === 0) waitedFor--
        admission.park(-1)
      }
      /** Ends when `begin` has been called. */
      const turn = (share: Share, begin: () => void) =>
        Effect.callback<void>((resume) => {
          const beginNow = () => {
            begin()
            resume(Effect.void)
          }
          if (!isWaitedFor(share)) waitedFor++
          ;(share.waiting ??= new Set()).add(beginNow)
          waiting++
          admission.park(1)
          wake(share)
          return Effect.sync(() => leave(share, beginNow))
        })

      /** Runs `answer` after `begin`, which is called when it may: at once, or in turn. */
      const inTurn = <E, R>(
        share: Share,
        mayBegin: boolean,
        begin: () => void,
        answer: Effect.Effect<Response, E, R>
      ): Effect.Effect<Response, E, R> => {
        if (mayBegin) {
          begin()
          return answer
        }
        if (isWaitedFor(share) && share.waiting.size >= mostWaiting) {
          refusals("share").updateUnsafe(1, context)
          return tooMany
        }
        return Effect.andThen(turn(share, begin), answer)
      }

      const take = <E, R>(
        share: Share,
        answer: Effect.Effect<Response, E, R>,
        bodyBytes: number,
        hadTurn: boolean
      ): Effect.Effect<Response, E, R> => {
        let began = false
        const begin = () => {
          began = true
          share.atWork++
          chargeBody(share, bodyBytes)
        }
        const begun = Effect.suspend(() => inTurn(share, hadTurn ? !isFull(share) : isFree(share), begin, answer))
        // Around all of it: a request that is given up, wherever that is, gives back what it has.
        return Effect.onExitPrimitive(begun, (exit) => {
          if (!began) return undefined
          share.atWork--
          chargeAnswer(share, exit)
          wake(share)
          return undefined
        })
      }

      const ofUser = <E, R>(
        answer: Effect.Effect<Response, E, R>,
        take: (share: Share) => Effect.Effect<Response, E, R>
      ) =>
        Effect.withFiber<Response, E, R>((fiber) => {
          const user = Context.getOrUndefined(fiber.context, CurrentUser)
          return user === undefined ? answer : take(shareOf(user.id))
        })

      return FairShare.of({
        get waiting() {
          return waiting
        },
        get users() {
          return shares.size
        },
        take: (answer, bodyBytes) => ofUser(answer, (share) => take(share, answer, bodyBytes, false)),
        read: (answer, bodyBytes) =>
          ofUser(
            answer,
            (share) => inTurn(share, isFree(share), () => chargeBody(share, bodyBytes), answer)
          ),
        goOn: (answer) => ofUser(answer, (share) => take(share, answer, 0, true)),
        ofValues: (values, next) =>
          values <= ordinaryValues ? next : Effect.withFiber((fiber) => {
            const user = Context.getOrUndefined(fiber.context, CurrentUser)
            if (user !== undefined) shareOf(user.id).rest.chargeValues(values, waitedFor)
            return next
          })
      })
    })
  )
}

const isWaitedFor = (share: Share): share is Share & { readonly waiting: Set<() => void> } =>
  share.waiting !== undefined && share.waiting.size > 0

const lengthOf = ({ body }: Response) => body._tag === "Uint8Array" ? body.contentLength : 0

const tooMany = Effect.succeed(
  HttpServerResponse.setHeader(problemFor(429, "More of your requests wait than may"), "retry-after", "1")
)
