import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { Client } from "pg"
import { type Figures, type Load, type Person, run } from "../load/Load.ts"
import { restore, type Size } from "./Dataset.ts"
import { cpuSeconds, familySeconds } from "./ProcessUse.ts"
import type { ServerProcess } from "./ServerProcess.ts"

/** Cores in use, on the average, by each part of the machine. */
export interface Cores {
  readonly server: number
  readonly postgres: number
  readonly generator: number
}

export interface Measurement extends Figures {
  readonly cores: Cores
}

export interface SideParts {
  readonly name: "service" | "peer"
  readonly server: ServerProcess
  /** The process id of PostgreSQL. */
  readonly postgres: number
  readonly databaseUrl: string
  readonly size: Size
  readonly people: ReadonlyArray<Person>
  /** Where files may be put. */
  readonly scratch: string
}

/** A server with its database, and the people who send it requests. */
export class Side {
  readonly name: SideParts["name"]
  readonly server: ServerProcess
  readonly #postgres: number
  readonly #database: Client
  readonly #size: Size
  readonly #people: string
  #written = false

  private constructor(parts: SideParts, database: Client, people: string) {
    this.name = parts.name
    this.server = parts.server
    this.#postgres = parts.postgres
    this.#database = database
    this.#size = parts.size
    this.#people = people
  }

  static async make(parts: SideParts): Promise<Side> {
    const people = join(parts.scratch, `people-${crypto.randomUUID()}.json`)
    await writeFile(people, JSON.stringify(parts.people))
    const database = new Client(parts.databaseUrl)
    await database.connect()
    return new Side(parts, database, people)
  }

  /** Runs a load against this side, on the tasks as they were at first. */
  async measure(load: Omit<Load, "url" | "people">): Promise<Measurement> {
    if (this.#written) await restore(this.#database, this.#size)
    this.#written = ["create", "batch", "complete", "mix"].includes(load.work)
    let cores: Cores | undefined
    const figures = await run({ ...load, url: this.server.url, people: this.#people }, async (generator) => {
      const used = async () =>
        [
          await cpuSeconds(this.server.pid),
          await familySeconds(this.#postgres),
          await cpuSeconds(generator)
        ] as const
      await seconds(load.warmUpSeconds)
      const before = await used()
      await seconds(load.seconds)
      const after = await used()
      const [server, postgres, ofGenerator] = after.map((value, i) => (value - before[i]!) / load.seconds)
      cores = { server: server!, postgres: postgres!, generator: ofGenerator! }
    })
    return { ...figures, cores: cores! }
  }

  async stop(): Promise<void> {
    await this.server.stop()
    await this.#database.end()
  }
}

const seconds = (count: number) => new Promise<void>((resolve) => setTimeout(resolve, count * 1000))
