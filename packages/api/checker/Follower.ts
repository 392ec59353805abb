import { setTimeout } from "node:timers/promises"
import { EventSource } from "../test/support/EventSource.ts"
import type { Item, Page } from "./Record.ts"
import type { Session } from "./Session.ts"
import type { Task } from "./Task.ts"

/** Longer than a replica takes for a page. */
const patience = 3000
const shortestStream = 200
const longestStream = 3000
const longestPause = 150
/** How often a page may fail in the end, when nothing is killed any more. */
const mostFailures = 50

/**
 * Follows what happens to somebody's tasks from a snapshot on, now by `changes` and now by `events`, and after each page or
 * stream goes on with its cursor on another replica.
 */
export class Follower {
  readonly name: string
  /** All that it was told, in that order. */
  readonly items: Array<Item> = []
  /** What has come of it. */
  readonly tasks = new Map<string, Task>()
  /** How often it went on, and how often after it was cut. */
  resumed = 0
  cut = 0
  readonly #urls: ReadonlyArray<string>
  readonly #session: Session
  readonly #violated: (what: string) => void
  #cursor: string | undefined
  #turn = 0

  constructor(
    name: string,
    urls: ReadonlyArray<string>,
    session: Session,
    violated: (what: string) => void
  ) {
    this.name = name
    this.#urls = urls
    this.#session = session
    this.#violated = violated
  }

  /** Goes on until the signal, and then to the end of what has happened. */
  async follow(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      const url = this.#urls[++this.#turn % this.#urls.length]!
      try {
        if (this.#cursor === undefined || Math.random() < 0.5) await this.#ask(url)
        else await this.#listen(url, this.#cursor, until)
        this.resumed++
      } catch {
        this.cut++
      }
      await setTimeout(Math.random() * longestPause)
    }
    for (let failures = 0; failures < mostFailures;) {
      try {
        if (!await this.#ask(this.#urls[0]!)) return
      } catch {
        failures++
        await setTimeout(longestPause)
      }
    }
  }

  /** Asks for a page; answers whether there is more. */
  async #ask(url: string): Promise<boolean> {
    const limit = 1 + Math.floor(Math.random() ** 2 * 200)
    const query = `limit=${limit}${this.#cursor === undefined ? "" : `&cursor=${this.#cursor}`}`
    const answer = await fetch(`${url}/api/v1/changes?${query}`, {
      headers: { authorization: `Bearer ${this.#session.jwt}` },
      signal: AbortSignal.timeout(patience)
    })
    if (answer.status !== 200) return this.#refused(answer.status, await answer.text())
    const { cursor, items, more } = await answer.json() as Page
    for (const item of items) this.#take(item)
    this.#cursor = cursor
    return more
  }

  async #listen(url: string, cursor: string, until: AbortSignal) {
    const over = AbortSignal.any([until, AbortSignal.timeout(shortestStream + Math.random() * longestStream)])
    const stream = await EventSource.open(url, this.#session.jwt, "", { "last-event-id": cursor }, over)
    do {
      await stream.until(() => stream.events.length > 0 || stream.isEnded)
      for (const { data, event, id } of stream.events.splice(0)) {
        if (event === "message") this.#take(data)
        this.#cursor = id
      }
    } while (!stream.isEnded)
    if (!over.aborted) throw new Error("Cut")
  }

  #take(item: Item) {
    this.items.push(item)
    if (item.value === null) this.tasks.delete(item.id)
    else this.tasks.set(item.id, item.value)
  }

  #refused(status: number, text: string): never {
    // As many streams as there may be, or a service that is not there.
    if (status !== 429 && status !== 503) this.#violated(`${this.name} was answered with ${status} ${text}`)
    throw new Error(text)
  }
}
