import { members } from "../stage/members.ts"
import type { Load, Person, Work } from "./Load.ts"

/** A request to send, and what its answer must hold. */
export interface Step {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE"
  readonly path: string
  readonly headers: Record<string, string>
  readonly body?: string
  /** Whether a 2xx answer says what was asked for. Looks at the body of one in fifty. */
  readonly accepts: (text: string) => boolean
}

interface Task {
  readonly id: string
  readonly number: number
  readonly completed: boolean
}

const path = "/api/v1/tasks"
const pageLength = 20
const newTask = { title: "Buy oat milk", description: "Two litres, and bread if they have any" }

/** What somebody makes a task of; with all members, each has an id of its own elsewhere. */
const newTaskOf = ({ project }: Person, nth: string) =>
  JSON.stringify(project === undefined ? newTask : { ...newTask, ...members(project), externalId: nth })

/** How many tasks a batch makes. */
export const batchLength = 100
const newTasks = JSON.stringify({
  operations: Array.from({ length: batchLength }, () => ({ op: "task.create", body: newTask }))
})

/**
 * What one connection sends, one request after the other. Connections share
 * the people out among them, so that all take part however few connections
 * there are. The order is the same in each run.
 */
export class Script {
  readonly #work: Work
  readonly #people: ReadonlyArray<Person>
  readonly #made: Array<{ readonly person: Person; readonly id: string }> = []
  readonly #first: number
  #sent = 0
  #completed = 0
  #seed: number

  constructor(load: Load, people: ReadonlyArray<Person>, connection: number) {
    const first = connection % people.length
    this.#work = load.work
    this.#people = people.filter((_, i) => i >= first && (i - first) % load.connections === 0)
    this.#first = connection
    this.#seed = connection + 1
  }

  next(): Step {
    const person = this.#people[this.#sent++ % this.#people.length]!
    switch (this.#work) {
      case "mix": {
        const dice = this.#random()
        return dice < 0.8
          ? this.#list(person)
          : dice < 0.9
          ? this.#create(person)
          : dice < 0.98
          ? this.#complete()
          : this.#remove() ?? this.#create(person)
      }
      case "get":
        return this.#get(person)
      case "create":
        return this.#create(person)
      case "batch":
        return this.#step("POST", "/api/v1/batch", person, newTasks, (text) => {
          const { results } = JSON.parse(text) as { results: ReadonlyArray<{ status: number }> }
          return results.length === batchLength && results.every(({ status }) => status === 201)
        })
      case "complete":
        return this.#complete()
      default:
        return this.#list(person)
    }
  }

  #list(person: Person): Step {
    const cursor = this.#work === "last" ? `&cursor=${person.cursor}` : ""
    return this.#step("GET", `${path}?limit=${pageLength}${cursor}`, person, undefined, (text) => {
      const { items } = JSON.parse(text) as { items: ReadonlyArray<Task> }
      return items.length === pageLength && items.every((task, i) => i === 0 || task.number < items[i - 1]!.number)
    })
  }

  #get(person: Person): Step {
    const id = person.tasks[Math.floor(this.#random() * person.tasks.length)]!
    return this.#step("GET", `${path}/${id}`, person, undefined, (text) => (JSON.parse(text) as Task).id === id)
  }

  #create(person: Person): Step {
    const step = this.#step("POST", path, person, newTaskOf(person, `${this.#first}-${this.#sent}`), (text) => {
      const task = JSON.parse(text) as Task
      return Number.isInteger(task.number) && !task.completed
    })
    // Its id is for the delete that comes later; where nothing is deleted nothing is parsed.
    return this.#work !== "mix" ? step : {
      ...step,
      accepts: (text) => {
        this.#made.push({ person, id: (JSON.parse(text) as Task).id })
        return step.accepts(text)
      }
    }
  }

  /** Goes through every task, and once they are all done through them again, reopening them: each request changes one. */
  #complete(): Step {
    const turn = this.#completed++
    const person = this.#people[turn % this.#people.length]!
    const round = Math.floor(turn / this.#people.length)
    const id = person.tasks[round % person.tasks.length]!
    // One that repeats goes on to its next date, each time.
    if (person.project !== undefined) {
      return this.#step("POST", `${path}/${id}/complete`, person, "{}", (text) => (JSON.parse(text) as Task).id === id)
    }
    const completed = Math.floor(round / person.tasks.length) % 2 === 0
    return this.#step("PATCH", `${path}/${id}`, person, JSON.stringify({ completed }), (text) => {
      const task = JSON.parse(text) as Task
      return task.id === id && task.completed === completed
    })
  }

  #remove(): Step | undefined {
    const task = this.#made.pop()
    return task && this.#step("DELETE", `${path}/${task.id}`, task.person, undefined, (text) => text === "")
  }

  #step(
    method: Step["method"],
    path: string,
    person: Person,
    body: string | undefined,
    accepts: Step["accepts"]
  ): Step {
    const authorization = `Bearer ${person.token}`
    const sampled = this.#sent % 50 === 0 ? accepts : () => true
    return body === undefined
      ? { method, path, headers: { authorization }, accepts: sampled }
      : { method, path, headers: { authorization, "content-type": "application/json" }, body, accepts: sampled }
  }

  /** From 0 to 1, the same sequence in each run: a linear congruential generator (Numerical Recipes). */
  #random(): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0
    return this.#seed / 2 ** 32
  }
}
