import { Context, Effect, Layer } from "effect"
import { HttpClientError, type HttpClientRequest } from "effect/http"
import { AroundRequest, type Send } from "../client/AroundRequest.ts"
import { Credentials } from "../client/Credentials.ts"
import { type Failure, queued as isQueued, queuedFirst } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { answerOf, isKept, isRead, jsonOf, pathOf, questionOf, responseOf, withPrepared } from "./Answers.ts"
import { queuedWrite } from "./Enqueue.ts"
import { inFiles, type OfflineFiles, offlineFiles, unusable } from "./OfflineFiles.ts"
import type { Queue } from "./Queue.ts"
import { isQueueable, prepared } from "./Queueable.ts"
import type { QueuedWrite } from "./QueuedWrite.ts"
import type { Kept } from "./QueueFolder.ts"
import { isAway, isSilence, type Outcome } from "./Reachable.ts"
import { replay, type Sent } from "./Replay.ts"
import { inTurn, sendingStill } from "./SendersTurn.ts"
import { soonOrNever } from "./SoonOrNever.ts"

type Request = HttpClientRequest.HttpClientRequest

/** What a command has done without the service. */
export interface Without {
  /** What it has queued. */
  readonly queued: ReadonlyArray<QueuedWrite>
  /** When the oldest was answered of what it was told from here; undefined where all is of now. */
  readonly asOf: number | undefined
  /** What of the queue was sent before it. */
  readonly sent: Sent | undefined
  /** The queue of the account; undefined where there is none. */
  readonly queue: Queue | undefined
  /** Whether the service could not be reached. */
  readonly isAway: boolean
}

/** What stands in for the service while it is away: what it last said, and a queue of what it is to be told. */
export class Offline extends Context.Service<Offline, {
  /** Has this command send what waits, whatever the settings say. */
  readonly insist: Effect.Effect<void>
  readonly queue: Effect.Effect<Queue | undefined, Failure>
  readonly without: () => Without
  /** The new task that goes by `+1` and such, as far as that was known when the command began. */
  newTask(label: number): Effect.Effect<ReadonlyArray<QueuedWrite["tasks"][number]>, Failure>
}>()("todo/cli/Offline") {
  static readonly layer = Layer.effectContext(
    Effect.gen(function*() {
      const { apiUrl, queues, sendsQueued, timeoutSeconds } = yield* Settings
      const { patience, silent, soon } = soonOrNever(apiUrl, timeoutSeconds)
      const context = yield* Effect.context<Settings | Credentials>()
      const place = yield* Effect.cached(Effect.provideContext(offlineFiles, context))

      const queued: Array<QueuedWrite> = []
      let asOf: number | undefined
      let away: Outcome | undefined
      let sent: Sent | undefined
      let used: Queue | undefined
      let sender: Send | undefined
      let isInUse = queues
      let isInsisted = false

      const asTransportError = (request: Request) =>
        Effect.mapError((cause: Failure) =>
          new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
        )

      const goOn = (outcome: Outcome, { absence, silence }: OfflineFiles) => {
        away = outcome
        absence.note()
        if (isSilence(outcome)) silence.note()
      }

      const sendQueueOf = Effect.fnUntraced(function*(there: OfflineFiles, send: Send) {
        const { known, queue, turn } = there
        used = queue
        if (away !== undefined) return
        if ((yield* inFiles(there, ({ queue }) => queue.pending())).length === 0) return
        const sending = replay(queue, soon(there, send), () => sendingStill(turn))
        sent = yield* inTurn(turn, patience * 1000, sending).pipe(
          Effect.catchDefect((cause) => Effect.fail(unusable(there, cause)))
        )
        if (sent !== undefined && sent.done.length > 0) known.noteChange(Date.now())
        if (sent?.stopped !== undefined && isAway(sent.stopped)) goOn(sent.stopped, there)
      })

      const labels = yield* Effect.cached(
        Effect.flatMap(
          place,
          (there) => there === undefined ? noWrites : inFiles(there, ({ queue }) => queue.pending())
        )
      )
      const first = yield* Effect.cached(Effect.gen(function*() {
        const there = yield* place
        // What `+1` is has to be known before it is sent.
        yield* labels
        if (there !== undefined) yield* sendQueueOf(there, sender!)
      }))

      /** The service if it is there. */
      const attempt = Effect.fnUntraced(function*(there: OfflineFiles, request: Request, send: Send) {
        if (away !== undefined) return away
        const outcome: Outcome = yield* Effect.result(soon(there, send)(request))
        if (isAway(outcome)) goOn(outcome, there)
        return outcome
      })

      const read = Effect.fnUntraced(function*(there: OfflineFiles, request: Request, send: Send) {
        const { known } = there
        const question = questionOf(request)
        const outcome = yield* attempt(there, request, send)
        if (!isAway(outcome)) {
          const response = yield* Effect.fromResult(outcome)
          if (isKept(request, response)) known.keep(question, yield* response.text, Date.now())
          return response
        }
        const answer = answerOf({ known, pending: there.queue.pending() }, question)
        if (answer === undefined) return yield* Effect.fromResult(outcome)
        asOf = Math.min(asOf ?? Infinity, answer.at)
        return responseOf(request, answer.body)
      })

      const write = Effect.fnUntraced(function*(there: OfflineFiles, original: Request, send: Send) {
        const made = prepared(original.method, original.url, jsonOf(original))
        const request = withPrepared(original, made)
        const mayBeSent = away === undefined && there.queue.pending().length === 0
        if (mayBeSent) {
          const outcome = yield* attempt(there, request, send)
          if (!isAway(outcome)) {
            const response = yield* Effect.fromResult(outcome)
            there.known.noteChange(Date.now())
            return response
          }
        }
        used = there.queue
        const write = yield* asTransportError(request)(
          inFiles(
            there,
            ({ known, queue }) =>
              queue.add(made.tasks.length, (labels) => queuedWrite(request, made, { known, labels, queue, mayBeSent }))
          )
        )
        queued.push(write)
        return yield* asTransportError(request)(Effect.fail(isQueued))
      })

      /** Sends a request after what was queued before, for which it never waits in the queue itself. */
      const afterQueued = Effect.fnUntraced(function*(there: OfflineFiles, request: Request, send: Send) {
        const count = Effect.orElseSucceed(inFiles(there, ({ queue }) => queue.pending().length), () => 0)
        if ((yield* count) === 0) return yield* send(request)
        sender = send
        yield* Effect.ignore(first)
        const left = isQueueable(request.method, pathOf(request)) ? yield* count : 0
        if (left === 0) return yield* send(request)
        return yield* away === undefined
          ? asTransportError(request)(Effect.fail(queuedFirst(left)))
          : Effect.fromResult(away)
      })

      /** Sends a request that is not queued. What it changes is this client's own change, as any other. */
      const sendOnly = Effect.fnUntraced(function*(request: Request, send: Send) {
        const there = yield* Effect.orElseSucceed(place, () => undefined)
        if (there === undefined) return yield* send(request)
        const response = yield* sendsQueued ? afterQueued(there, request, send) : send(request)
        if (!isRead(request)) there.known.noteChange(Date.now())
        return response
      })

      /** Sends a request after what waits for the service, or does without it. */
      const around = Effect.fnUntraced(function*(request: Request, send: Send) {
        if (!isInUse) return yield* sendOnly(request, send)
        const there = yield* asTransportError(request)(place)
        // Who follows what happens tries by themselves whether the service is back.
        if (there === undefined || request.url.startsWith("/api/v1/changes")) return yield* send(request)
        sender = send
        if (!isInsisted && there.silence.isSo()) away = silent(request)
        // What can be read is read, although the queue cannot be used.
        if (isRead(request)) return yield* Effect.andThen(Effect.ignore(first), read(there, request, send))
        yield* asTransportError(request)(first)
        if (isQueueable(request.method, pathOf(request))) return yield* write(there, request, send)
        const response = yield* send(request)
        there.known.noteChange(Date.now())
        return response
      })

      const offline = Offline.of({
        insist: Effect.sync(() => {
          isInUse = true
          isInsisted = true
        }),
        queue: Effect.map(place, (there) => there?.queue),
        without: () => ({ queued, asOf, sent, queue: used, isAway: away !== undefined }),
        newTask: (label) =>
          Effect.map(
            labels,
            (pending) => pending.flatMap(({ write }) => write.tasks).filter((task) => task.label === label)
          )
      })
      return Context.make(Offline, offline).pipe(Context.add(AroundRequest, around))
    })
  )
}

const noWrites: Effect.Effect<ReadonlyArray<Kept>> = Effect.succeed([])
