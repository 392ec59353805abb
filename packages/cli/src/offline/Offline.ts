import { Context, Effect, Layer, Result } from "effect"
import { HttpClientError, type HttpClientRequest } from "effect/http"
import { join } from "node:path"
import { AroundRequest, type Send } from "../client/AroundRequest.ts"
import { Credentials } from "../client/Credentials.ts"
import { keyHeader } from "../client/Retry.ts"
import { type Failure, queued as isQueued } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { accountFolder } from "./AccountFolder.ts"
import { answerOf, isKept, isRead, jsonOf, pathOf, questionOf, responseOf, typeOf, withPrepared } from "./Answers.ts"
import { LastKnown } from "./LastKnown.ts"
import { Queue } from "./Queue.ts"
import { isQueueable, type Prepared, prepared } from "./Queueable.ts"
import type { QueuedWrite } from "./QueuedWrite.ts"
import { isAway, type Outcome } from "./Reachable.ts"
import { replay, type Sent } from "./Replay.ts"
import { withSeenVersions } from "./SeenVersions.ts"
import { inTurn, sendingStill } from "./SendersTurn.ts"

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
      const { queues, timeoutSeconds } = yield* Settings
      const context = yield* Effect.context<Settings | Credentials>()
      const folder = yield* Effect.cached(Effect.provideContext(accountFolder, context))
      const place = yield* Effect.cached(Effect.map(folder, (path) =>
        path === undefined ? undefined : {
          queue: new Queue(path),
          known: new LastKnown(path),
          turn: join(path, "sending")
        }))
      type Place = NonNullable<Effect.Success<typeof place>>

      const queued: Array<QueuedWrite> = []
      let asOf: number | undefined
      let away: Outcome | undefined
      let sent: Sent | undefined
      let used: Queue | undefined
      let sender: Send | undefined
      let isInUse = queues

      const sendQueueOf = ({ known, queue, turn }: Place, send: Send) =>
        Effect.suspend(() => {
          used = queue
          if (queue.pending().length === 0) return Effect.undefined
          const sending = replay(queue, send, () => sendingStill(turn))
          return Effect.tap(inTurn(turn, timeoutSeconds * 1000, sending), (came) =>
            Effect.sync(() => {
              sent = came
              if (came !== undefined && came.done.length > 0) known.noteChange(Date.now())
              if (came?.stopped !== undefined && isAway(came.stopped)) away = came.stopped
            }))
        })

      const labels = yield* Effect.cached(Effect.map(place, (there) => there?.queue.pending() ?? []))
      const first = yield* Effect.cached(Effect.gen(function*() {
        const there = yield* place
        // What `+1` is has to be known before it is sent.
        yield* labels
        return there === undefined ? undefined : yield* sendQueueOf(there, sender!)
      }))

      const asTransportError = (request: Request) =>
        Effect.mapError((cause: Failure) =>
          new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
        )

      /** The service if it is there. */
      const attempt = Effect.fnUntraced(function*(request: Request, send: Send) {
        if (away !== undefined) return away
        const outcome: Outcome = yield* Effect.result(send(request))
        if (isAway(outcome)) away = outcome
        return outcome
      })

      const read = Effect.fnUntraced(function*({ known }: Place, request: Request, send: Send) {
        const question = questionOf(request)
        const outcome = yield* attempt(request, send)
        if (!isAway(outcome)) {
          const response = yield* Effect.fromResult(outcome)
          if (isKept(request, response)) known.keep(question, yield* response.text, Date.now())
          return response
        }
        const answer = answerOf(known, question)
        if (answer === undefined) return yield* Effect.fromResult(outcome)
        asOf = Math.min(asOf ?? Infinity, answer.at)
        return responseOf(request, answer.body)
      })

      const enqueue = ({ known, queue }: Place, request: Request, made: Prepared, mayBeSent: boolean) => {
        const label = queue.nextLabel()
        const { key, ...rest } = headersToKeep(request)
        const seen = mayBeSent
          ? { headers: {}, body: made.body }
          : withSeenVersions(request.method, made, { known, pending: queue.pending() })
        const at = new Date().toISOString()
        const write: QueuedWrite = {
          key: key!,
          method: request.method,
          path: pathOf(request),
          headers: { ...rest, ...seen.headers, ...rest["said-at"] === undefined && { "said-at": at } },
          body: seen.body === null ? null : JSON.stringify(seen.body),
          at,
          command: process.argv.slice(2).join(" "),
          tasks: made.tasks.map((task, index) => ({ ...task, label: label + index })),
          changes: made.changes,
          refusal: null
        }
        used = queue
        queued.push(queue.add(write))
      }

      const write = Effect.fnUntraced(function*(there: Place, original: Request, send: Send) {
        const made = prepared(original.method, original.url, jsonOf(original))
        const request = withPrepared(original, made)
        const mayBeSent = away === undefined && there.queue.pending().length === 0
        if (mayBeSent) {
          const outcome = yield* attempt(request, send)
          if (!isAway(outcome)) {
            const response = yield* Effect.fromResult(outcome)
            there.known.noteChange(Date.now())
            return response
          }
        }
        enqueue(there, request, made, mayBeSent)
        return yield* asTransportError(request)(Effect.fail(isQueued))
      })

      /** Sends a request after what waits for the service, or does without it. */
      const around = Effect.fnUntraced(function*(request: Request, send: Send) {
        const there = isInUse ? yield* asTransportError(request)(place) : undefined
        if (there === undefined) return yield* send(request)
        sender = send
        yield* asTransportError(request)(first)
        if (isRead(request)) return yield* read(there, request, send)
        if (isQueueable(request.method, pathOf(request))) return yield* write(there, request, send)
        const outcome = yield* attempt(request, send)
        if (Result.isSuccess(outcome)) there.known.noteChange(Date.now())
        return yield* Effect.fromResult(outcome)
      })

      const offline = Offline.of({
        insist: Effect.sync(() => {
          isInUse = true
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

/** What a request says that a later one has to say, too. */
const headersToKeep = (request: Request): Readonly<Record<string, string>> => ({
  key: request.headers[keyHeader]!,
  ...Object.fromEntries(
    ["if-match", "time-zone", "task-ids", "said-at"].flatMap((name) => {
      const value = request.headers[name]
      return value === undefined ? [] : [[name, value]]
    })
  ),
  ...typeOf(request) !== undefined && { "content-type": typeOf(request)! }
})
