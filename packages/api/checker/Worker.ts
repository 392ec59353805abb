import { priorities } from "@todo/domain/tasks/Priority"
import { newId } from "../test/batch/newId.ts"
import type { Client } from "./Client.ts"
import type { Intent, Item, Patch } from "./Intent.ts"
import type { Task } from "./Task.ts"

const oneOf = <A>(all: ReadonlyArray<A>): A | undefined => all[Math.floor(Math.random() * all.length)]
const below = (most: number) => Math.floor(Math.random() * most)

/** What somebody's clients know of each other. */
export interface Shared {
  /** What there is, as far as a follower has come. */
  readonly tasks: ReadonlyMap<string, Task>
  /** Operations that were acknowledged, the latest last. */
  readonly operations: Array<string>
}

/** How often each is wanted. */
const odds: ReadonlyArray<
  readonly [number, "create" | "item" | "restore" | "list" | "batch" | "undo" | "latest" | "nonsense" | "read"]
> = [
  [18, "create"],
  [32, "item"],
  [6, "restore"],
  [1, "list"],
  [12, "batch"],
  [12, "undo"],
  [6, "latest"],
  [4, "nonsense"],
  [9, "read"]
]
const all = odds.reduce((sum, [weight]) => sum + weight, 0)

/** Writes, undoes and reads what its user has, at random, beside others who do. */
export class Worker {
  readonly #client: Client
  readonly #shared: Shared
  readonly #name: string
  #lastCreated: { readonly key: string; readonly title: string } | undefined
  #made = 0

  constructor(client: Client, shared: Shared, name: string) {
    this.#client = client
    this.#shared = shared
    this.#name = name
  }

  /** Does one thing. */
  async act(): Promise<void> {
    let dice = Math.random() * all
    const [, what] = odds.find(([weight]) => (dice -= weight) < 0)!
    if (what === "read") return this.#client.read(this.#some())
    if (what === "nonsense") return this.#askForNonsense()
    const asked = await this.#client.write(this.#intent(what))
    if (asked.answer?.operation !== undefined) this.#shared.operations.push(asked.answer.operation)
    if (asked.intent.op === "task.create" && asked.answer?.status === 201) {
      this.#lastCreated = { key: asked.key, title: asked.intent.body.title }
    }
  }

  #intent(what: "create" | "item" | "restore" | "list" | "batch" | "undo" | "latest"): Intent {
    switch (what) {
      case "create":
        return this.#create()
      case "item":
        return this.#change()
      case "restore":
        return this.#restore()
      case "list":
        return { op: "list.remove", completed: true }
      case "batch":
        return { op: "batch", operations: this.#batch() }
      case "undo": {
        // One of the latest can mostly be undone; of the others more has been changed since.
        const id = oneOf(this.#shared.operations.slice(Math.random() < 0.5 ? -4 : -80))
        return { op: "undo", id, partial: Math.random() < 0.3 }
      }
      case "latest":
        return { op: "undo", id: undefined, partial: Math.random() < 0.3 }
    }
  }

  /** What has to be refused, and to change nothing. */
  async #askForNonsense() {
    const title = this.#title("nonsense")
    if (this.#lastCreated === undefined || Math.random() < 0.5) {
      await this.#client.write({ op: "nonsense", title, status: 400, code: "invalid_request" })
    } else {
      const intent: Intent = { op: "nonsense", title, status: 422, code: "idempotency_key_reused" }
      await this.#client.write(intent, this.#lastCreated.key)
    }
  }

  #create(): Item {
    const description = Math.random() < 0.5 ? null : "Something more"
    const priority = oneOf([null, ...priorities]) ?? null
    return { op: "task.create", body: { id: newId(), title: this.#title("task"), description, priority } }
  }

  #change(id = this.#some(({ trashedAt }) => trashedAt === undefined)): Item {
    const version = this.#shared.tasks.get(id)?.version
    // What a follower knows may be a version that is no more.
    const versioned = version !== undefined && Math.random() < 0.3 ? { version } : {}
    return Math.random() < 0.2
      ? { op: "task.remove", id, ...versioned }
      : { op: "task.update", id, ...versioned, body: this.#patch() }
  }

  #restore(id = this.#some(({ trashedAt }) => trashedAt !== undefined)): Item {
    return { op: "task.restore", id }
  }

  /** Each on a task that there was, or that one before has made. */
  #batch(): ReadonlyArray<Item> {
    const made: Array<string> = []
    return Array.from({ length: 2 + below(6) }, () => {
      const some = Math.random() < 0.5 ? oneOf(made) : undefined
      const item = Math.random() < 0.4 ? this.#create() : Math.random() < 0.2 ? this.#restore(some) : this.#change(some)
      if (item.op === "task.create") made.push(item.body.id)
      return item
    })
  }

  #patch(): Patch {
    return {
      ...Math.random() < 0.4 && { title: this.#title("renamed") },
      ...Math.random() < 0.3 && { description: oneOf([null, "One thing", "Another"])! },
      ...Math.random() < 0.3 && { priority: oneOf([null, ...priorities]) ?? null },
      ...Math.random() < 0.6 && { completed: Math.random() < 0.6 }
    }
  }

  #title(what: string) {
    return `${this.#name}, ${what} ${++this.#made}`
  }

  /** A task, if possible one like that; now and then one that there is not. */
  #some(isLike: (task: Task) => boolean = () => true): string {
    const tasks = [...this.#shared.tasks.values()]
    const likely = tasks.filter(isLike)
    const pool = likely.length > 0 && Math.random() < 0.9 ? likely : tasks
    return oneOf(pool)?.id ?? newId()
  }
}
