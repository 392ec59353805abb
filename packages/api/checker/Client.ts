import { setTimeout } from "node:timers/promises"
import { contradiction, type Entry, type Shown, type State } from "./Ledger.ts"

/** Who a client acts for. */
export interface User {
  readonly name: string
  readonly jwt: string
}

/** What came of all clients' requests. */
export interface Tally {
  /** Writes that were answered as done. */
  acknowledged: number
  /** Of these, on a later attempt with the answer of an earlier one: it had been done, and the answer lost. */
  replayed: number
  /** Attempts without an answer, or with one that leaves open whether it was done. */
  unanswered: number
  /** Writes that were refused as they had to be. */
  refused: number
  /** Writes that a client gave up without knowing. */
  abandoned: number
  /** Reads that were answered. */
  read: number
}

interface Request {
  readonly method: string
  readonly path: string
  readonly key?: string
  readonly body?: unknown
  readonly ifMatch?: string
}

/** A request that writes, which stays the same however often it is sent. */
interface Write extends Request {
  readonly what: string
  readonly key: string
  /** The status that says that it is done; or that it is refused, where it has to be. */
  readonly expected: number
}

interface Answer {
  readonly status: number
  readonly replayed: boolean
  readonly text: string
}

/** Longer than the service takes for anything. */
const patience = 3000

const oneOf = <A>(all: ReadonlyArray<A>): A | undefined => all[Math.floor(Math.random() * all.length)]

/**
 * Does one thing after another with tasks of its own, tries again with the same
 * key until it gets an answer, and notes what each answer promises.
 */
export class Client {
  readonly #url: string
  readonly #user: User
  readonly #name: string
  readonly #tally: Tally
  readonly #violated: (what: string) => void
  readonly #entries: Array<Entry> = []
  readonly #abandoned: Array<{ readonly write: Write; readonly resolve: (answer: Answer) => void }> = []
  #made = 0
  #lastAdded: Write | undefined

  constructor(url: string, user: User, name: string, tally: Tally, violated: (what: string) => void) {
    this.#url = url
    this.#user = user
    this.#name = name
    this.#tally = tally
    this.#violated = violated
  }

  /** What should be there of what it has asked for. */
  get entries(): ReadonlyArray<Entry> {
    return this.#entries
  }

  /** Goes on until the signal. What is begun then is brought to its end. */
  async work(until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      const dice = Math.random()
      const known = oneOf(this.#entries.filter(({ possible }) => possible.length === 1 && possible[0] !== undefined))
      if (known === undefined || dice < 0.35) await this.#add()
      else if (dice < 0.65) await this.#change(known)
      else if (dice < 0.75) await this.#remove(known)
      else if (dice < 0.85) await this.#askTheImpossible(known)
      else await this.#look(known)
    }
  }

  /** Asks once more, with the same key, for every other write that it had given up. */
  async takeUpAgain(): Promise<void> {
    for (const { resolve, write } of this.#abandoned.filter((_, index) => index % 2 === 0)) {
      const answer = await this.#send(write, 0)
      if (answer !== undefined) resolve(answer)
    }
  }

  async #add() {
    const title = `${this.#user.name}, ${this.#name}, task ${++this.#made}`
    const entry: Entry = { title, id: undefined, possible: [undefined] }
    this.#entries.push(entry)
    const write = this.#write(`add ${title}`, "POST", "", 201, { body: { title } })
    await this.#promise(entry, write, { completed: false, version: 1 }, (answer) => {
      entry.id = (JSON.parse(answer.text) as Shown).id
      this.#lastAdded = write
    })
  }

  async #change(entry: Entry) {
    const before = entry.possible[0]!
    const completed = !before.completed
    const write = this.#write(`${completed ? "complete" : "reopen"} ${entry.title}`, "PATCH", `/${entry.id}`, 200, {
      body: { completed }
    })
    await this.#promise(entry, write, { completed, version: before.version + 1 })
  }

  async #remove(entry: Entry) {
    await this.#promise(entry, this.#write(`delete ${entry.title}`, "DELETE", `/${entry.id}`, 204), undefined)
  }

  /** What has to be refused, and to change nothing. */
  async #askTheImpossible(entry: Entry) {
    const title = `${this.#user.name}, ${this.#name}, refused ${++this.#made}`
    const { completed, version } = entry.possible[0]!
    const gone = this.#entries.find(({ id, possible }) =>
      id !== undefined && possible.length === 1 && possible[0] === undefined
    )
    const write = oneOf([
      this.#write(`add ${title}, with a number for a description`, "POST", "", 400, {
        body: { title, description: 1 }
      }),
      this.#write(`change a version of ${entry.title} that is no more`, "PATCH", `/${entry.id}`, 412, {
        body: { completed: !completed },
        ifMatch: `"${version + 1}"`
      }),
      ...this.#lastAdded === undefined ? [] : [{
        ...this.#write(`add ${title}, with a used key`, "POST", "", 422, { body: { title } }),
        key: this.#lastAdded.key
      }],
      ...gone === undefined ?
        [] :
        [this.#write(`complete ${gone.title}, which is deleted`, "PATCH", `/${gone.id}`, 404, {
          body: { completed: true }
        })]
    ])!
    if (await this.#send(write) !== undefined) this.#tally.refused++
  }

  async #look(entry: Entry) {
    const answer = await this.#attempt({ method: "GET", path: `/${entry.id}` })
    if (answer?.status !== 200 && answer?.status !== 404) return
    this.#tally.read++
    const shown = answer.status === 404 ? undefined : JSON.parse(answer.text) as Shown
    const wrong = contradiction(entry, shown)
    if (wrong !== undefined) this.#violated(`Meanwhile ${wrong}`)
  }

  /** Sends a write after which the task is in the state `after`. */
  async #promise(entry: Entry, write: Write, after: State, acknowledged: (answer: Answer) => void = () => {}) {
    const resolve = (answer: Answer) => {
      entry.possible = [after]
      this.#tally.acknowledged++
      acknowledged(answer)
    }
    entry.possible = [...entry.possible, after]
    const answer = await this.#send(write)
    if (answer !== undefined) resolve(answer)
    else this.#abandoned.push({ write, resolve })
  }

  /** Sends a write until it is answered; undefined when it is given up. */
  async #send(write: Write, impatience = 0.1): Promise<Answer | undefined> {
    for (let attempt = 1;; attempt++) {
      const answer = await this.#attempt(write)
      if (answer?.status === write.expected) {
        if (answer.replayed && attempt > 1) this.#tally.replayed++
        return answer
      }
      if (answer !== undefined && answer.status !== 503 && answer.status !== 409) {
        this.#violated(`To ${write.what} (attempt ${attempt}) was answered with ${answer.status} ${answer.text}`)
        return undefined
      }
      this.#tally.unanswered++
      if (Math.random() < impatience) {
        this.#tally.abandoned++
        return undefined
      }
      await setTimeout(20 + Math.random() * 200)
    }
  }

  /** One request; undefined when there is no answer, or not the whole of it. */
  async #attempt({ body, ifMatch, key, method, path }: Request) {
    try {
      const response = await fetch(`${this.#url}/api/v1/tasks${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#user.jwt}`,
          ...body === undefined ? {} : { "content-type": "application/json" },
          ...key === undefined ? {} : { "idempotency-key": key },
          ...ifMatch === undefined ? {} : { "if-match": ifMatch }
        },
        ...body === undefined ? {} : { body: JSON.stringify(body) },
        signal: AbortSignal.timeout(patience)
      })
      const replayed = response.headers.get("idempotency-replayed") === "true"
      return { status: response.status, replayed, text: await response.text() } satisfies Answer
    } catch {
      return undefined
    }
  }

  #write(
    what: string,
    method: string,
    path: string,
    expected: number,
    more: Pick<Request, "body" | "ifMatch"> = {}
  ): Write {
    return { what, method, path, key: crypto.randomUUID(), expected, ...more }
  }
}
