import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"

/** What the requests do. `last` is the list from a cursor on; `mix` is 80 % list, 10 % create, 8 % complete, 2 % delete; `batch` creates 100. */
export type Work = "list" | "last" | "get" | "create" | "batch" | "complete" | "mix"

/**
 * Somebody who sends requests: a JWT, the ids of their tasks, and where their last page begins. With a project, they use all
 * members that a task has.
 */
export interface Person {
  readonly id: string
  readonly project?: string
  readonly token: string
  readonly tasks: ReadonlyArray<string>
  readonly cursor?: string
}

/** What the generator is to do. Closed loop: each connection sends when it has its answer. Open loop: at `rate`. */
export interface Load {
  readonly url: string
  /** A JSON file with an array of `Person`. */
  readonly people: string
  readonly work: Work
  readonly connections: number
  /** Measured seconds, after the warm-up. */
  readonly seconds: number
  readonly warmUpSeconds: number
  /** Requests a second over all connections, whatever the answers do; absent: closed loop. */
  readonly rate?: number
}

/** Milliseconds. */
export interface Latency {
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** What came of a load, in the measured seconds. */
export interface Figures {
  /** Answers of 2xx, a second. */
  readonly throughput: number
  /** Of the answers of 2xx; in an open loop from the moment each request was due. */
  readonly latency: Latency
  /** Of the answers of 503. */
  readonly refusal: Latency
  readonly statuses: Readonly<Record<string, number>>
  /** Requests without an answer, and answers whose body was not what was asked for. */
  readonly failures: Readonly<Record<string, number>>
}

const generator = fileURLToPath(new URL("./generator.ts", import.meta.url))

/**
 * Runs a load in a process of its own. `whileRunning` begins with the warm-up,
 * gets the process id, and ends by itself.
 */
export const run = async (load: Load, whileRunning: (pid: number) => Promise<void>): Promise<Figures> => {
  // Its own collector's pauses are in every latency: 13 ms, 30 at the most, where V8 collects on more threads than there
  // are cores left.
  const child = fork(generator, {
    execArgv: ["--no-parallel-scavenge"],
    stdio: ["ignore", "inherit", "inherit", "ipc"]
  })
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`The load generator ended with ${code}`)
  })
  const next = async () => (await Promise.race([once(child, "message"), ended]))[0]
  child.send(load)
  await next()
  const [figures] = await Promise.all([next() as Promise<Figures>, whileRunning(child.pid!)])
  ended.catch(() => {})
  child.kill()
  return figures
}

/** How many requests did not get what they asked for: any status but 2xx, no answer, a wrong body. */
export const errorsOf = ({ failures, statuses }: Figures): number =>
  Object.entries(statuses).reduce((sum, [status, count]) => status.startsWith("2") ? sum : sum + count, 0)
  + Object.values(failures).reduce((sum, count) => sum + count, 0)
