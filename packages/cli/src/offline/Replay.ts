import { Effect, Option, Result, Schema } from "effect"
import { HttpBody, HttpClientRequest, type HttpClientResponse } from "effect/http"
import type { Send } from "../client/AroundRequest.ts"
import { refusalOfDependent } from "./Dependents.ts"
import type { Queue } from "./Queue.ts"
import type { QueuedWrite, Refusal } from "./QueuedWrite.ts"
import { isThere, type Kept } from "./QueueFolder.ts"
import { isAway, isOfService, type Outcome } from "./Reachable.ts"

/** What came of sending a queue. */
export interface Sent {
  readonly done: ReadonlyArray<QueuedWrite>
  readonly refused: ReadonlyArray<QueuedWrite>
  /** The numbers of the tasks that were made, by their ids. */
  readonly numbers: ReadonlyMap<string, number>
  /** Why the rest still waits; undefined where nothing does. */
  readonly stopped: Outcome | undefined
}

const requestOf = ({ body, headers, key, method, path }: QueuedWrite) =>
  HttpClientRequest.make(method as "POST")(path, {
    headers: { ...headers, "idempotency-key": key },
    ...body !== null && { body: HttpBody.text(body, headers["content-type"] ?? "application/json") }
  })

const Problem = Schema.fromJsonString(Schema.Struct({
  code: Schema.String,
  title: Schema.optional(Schema.String),
  detail: Schema.optional(Schema.String)
}))
const decodeProblem = Schema.decodeUnknownOption(Problem)

/** Its own ids are on the service already: it was done, longer ago than the service remembers keys. */
const wasDone = (code: string): boolean => code === "id_taken"

/** What may pass by itself: signing in again, waiting, a service that is mended. */
const mayPass = ({ headers, status }: HttpClientResponse.HttpClientResponse): boolean =>
  status === 401 || status === 408 || status === 425 || status === 429 || status >= 500 ||
  status === 409 && headers["retry-after"] !== undefined

type Came = "done" | "stopped" | Refusal

const cameOf = Effect.fnUntraced(function*(response: HttpClientResponse.HttpClientResponse, at: string) {
  const { status } = response
  if (!isOfService(response) || mayPass(response) || status < 200 || status >= 300 && status < 400) return "stopped"
  if (status < 300) return "done"
  const text = yield* Effect.orElseSucceed(response.text, () => "")
  const { code, detail, title } = Option.getOrElse(decodeProblem(text), () => ({
    code: "refused",
    detail: undefined,
    title: undefined
  }))
  return wasDone(code) ? "done" : { status, code, message: detail ?? title ?? `The service answered ${status}`, at }
}, Effect.map((came): Came => came))

const numbersIn = (value: unknown, numbers: Map<string, number>): void => {
  if (typeof value !== "object" || value === null) return
  if ("id" in value && "number" in value && typeof value.id === "string" && typeof value.number === "number") {
    numbers.set(value.id, value.number)
  }
  for (const part of Object.values(value)) numbersIn(part, numbers)
}

/**
 * Sends what waits, in order. What may pass stops it, and all that follows waits on; what the service does not take is put
 * aside, and the rest is sent. Whatever is killed, a write is sent again with its key unless it is known to be done.
 */
export const replay = Effect.fnUntraced(function*(queue: Queue, send: Send, beforeEach: () => void) {
  const done: Array<QueuedWrite> = []
  const refused: Array<QueuedWrite> = []
  const numbers = new Map<string, number>()
  const one = Effect.fnUntraced(function*(kept: Kept) {
    beforeEach()
    const unsent = refusalOfDependent(kept.write, queue.put().map(({ write }) => write), new Date().toISOString())
    if (unsent !== undefined) {
      queue.refuse(kept, unsent)
      refused.push({ ...kept.write, refusal: unsent })
      return undefined
    }
    const outcome: Outcome = yield* Effect.result(send(requestOf(kept.write)))
    if (isAway(outcome) || Result.isFailure(outcome)) return outcome
    const response = outcome.success
    const came = yield* cameOf(response, new Date().toISOString())
    if (came === "stopped") return outcome
    if (came === "done") {
      queue.done(kept)
      done.push(kept.write)
      numbersIn(yield* Effect.orElseSucceed(response.json, () => null), numbers)
    } else {
      queue.refuse(kept, came)
      refused.push({ ...kept.write, refusal: came })
    }
    return undefined
  })
  let stopped: Outcome | undefined
  // What comes behind while it is sent, too.
  for (let waiting = queue.pending(); waiting.length > 0 && stopped === undefined; waiting = queue.pending()) {
    for (const kept of waiting) {
      if (!isThere(queue.waiting, kept)) continue
      stopped = yield* one(kept)
      if (stopped !== undefined) break
    }
  }
  return { done, refused, numbers, stopped } satisfies Sent
})
