import { setTimeout } from "node:timers/promises"
import type { Read } from "./Claims.ts"
import { type Intent, type Request, requestOf } from "./Intent.ts"
import type { Answer, Asked } from "./Ledger.ts"
import type { Session } from "./Session.ts"
import { withoutAsked } from "./Task.ts"

/** What came of all clients' requests. */
export interface Tally {
  /** Writes that were answered as done. */
  acknowledged: number
  /** Of these, on a later attempt with the answer of an earlier one: it had been done, and the answer lost. */
  replayed: number
  /** Attempts without an answer, or with one that leaves open whether it was done. */
  unanswered: number
  /** Writes that were refused. */
  refused: number
  /** Of these, undos of what had been changed since. */
  changedSince: number
  /** Writes that a client gave up without knowing. */
  abandoned: number
  /** Reads that were answered. */
  read: number
}

/** Longer than the service takes for anything. */
const patience = 3000

/** What says nothing of whether the write was done, or was yet. */
const isOpen = ({ body, status }: Answer) =>
  status === 503 || (status === 409 && body.code === "idempotency_key_in_flight")

/**
 * Sends one request after another for one session, each attempt to any replica, tries writes again with the same key until
 * there is an answer, and notes what was asked for and answered.
 */
export class Client {
  readonly asked: Array<Asked> = []
  readonly reads: Array<Read> = []
  readonly #urls: ReadonlyArray<string>
  readonly #session: Session
  readonly #tally: Tally
  readonly #violated: (what: string) => void

  constructor(urls: ReadonlyArray<string>, session: Session, tally: Tally, violated: (what: string) => void) {
    this.#urls = urls
    this.#session = session
    this.#tally = tally
    this.#violated = violated
  }

  /** Sends a write until it is answered, or given up. */
  async write(intent: Intent, key: string = crypto.randomUUID()): Promise<Asked> {
    const now = performance.now()
    const one: Asked = {
      intent,
      session: this.#session.name,
      key,
      began: now,
      sentLast: now,
      attempts: 0,
      ended: Infinity,
      answer: undefined
    }
    this.asked.push(one)
    await this.#send(one, 0.1)
    return one
  }

  async read(id: string): Promise<void> {
    const began = performance.now()
    const answer = await this.#attempt({ method: "GET", path: `/tasks/${id}` }, undefined)
    if (answer?.status !== 200 && answer?.status !== 404) return
    this.#tally.read++
    this.reads.push({ id, began, ended: performance.now(), task: answer.status === 404 ? undefined : answer.body })
  }

  /** Asks once more, with the same key, for every other write that it had given up. */
  async takeUpAgain(): Promise<void> {
    const abandoned = this.asked.filter(({ answer }) => answer === undefined)
    for (const one of abandoned.filter((_, index) => index % 2 === 0)) await this.#send(one, 0)
  }

  async #send(one: Asked, impatience: number) {
    const request = requestOf(one.intent)
    for (;;) {
      one.attempts++
      one.sentLast = performance.now()
      const answer = await this.#attempt(request, one.key)
      if (answer !== undefined && !isOpen(answer)) {
        one.ended = performance.now()
        one.answer = answer
        this.#count(one, answer)
        return
      }
      this.#tally.unanswered++
      if (Math.random() < impatience) {
        this.#tally.abandoned++
        return
      }
      await setTimeout(20 + Math.random() * 200)
    }
  }

  #count({ attempts, intent }: Asked, { body, replayed, status }: Answer) {
    if (status >= 500) this.#violated(`${JSON.stringify(intent)} was answered with ${status} ${JSON.stringify(body)}`)
    else if (status >= 400) {
      this.#tally.refused++
      if (body.code === "changed_since") this.#tally.changedSince++
    } else {
      this.#tally.acknowledged++
      if (replayed && attempts > 1) this.#tally.replayed++
    }
  }

  /** One request; undefined when there is no answer, or not the whole of it. */
  async #attempt({ body, method, path, version }: Request, key: string | undefined): Promise<Answer | undefined> {
    try {
      const url = this.#urls[Math.floor(Math.random() * this.#urls.length)]!
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#session.jwt}`,
          ...body !== undefined && { "content-type": "application/json" },
          ...key !== undefined && { "idempotency-key": key },
          ...version !== undefined && { "if-match": `"${version}"` }
        },
        ...body !== undefined && { body: JSON.stringify(body) },
        signal: AbortSignal.timeout(patience)
      })
      const text = await response.text()
      return {
        status: response.status,
        operation: response.headers.get("operation-id") ?? undefined,
        replayed: response.headers.get("idempotency-replayed") === "true",
        body: text === "" ? undefined : JSON.parse(text, withoutAsked)
      }
    } catch {
      return undefined
    }
  }
}
