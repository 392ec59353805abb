import { Client } from "pg"
import { tokenNames } from "../../src/accounts/BetterAuth.ts"
import type { Person } from "../load/Load.ts"
import { load, type Size } from "./Dataset.ts"
import { giveMembers } from "./members.ts"
import { peopleOf, publicKeyOf } from "./People.ts"
import { type PostgresServer, startPostgres } from "./PostgresServer.ts"
import { ServerProcess } from "./ServerProcess.ts"
import { databaseConnections, publicUrl } from "./settings.ts"
import { Side, type SideParts } from "./Side.ts"

/** What there is of another checkout: how its service is started, and how its data is made. */
const checkout = async (folder: string) => {
  const { serviceArguments } = await import(`${folder}/packages/api/scripts/bundle.ts`) as Pick<
    typeof import("../../scripts/bundle.ts"),
    "serviceArguments"
  >
  const { load } = await import(`${folder}/packages/api/bench/stage/Dataset.ts`) as Pick<
    typeof import("./Dataset.ts"),
    "load"
  >
  return { serviceArguments, load }
}

/** How many people send requests. */
const senders = 1000

/** PostgreSQL, and the servers that are measured on it. */
export class Stage {
  readonly #postgres: PostgresServer
  readonly #sides: Array<Side> = []
  #databases = 0
  #struck: Promise<void> | undefined

  private constructor(postgres: PostgresServer) {
    this.#postgres = postgres
  }

  static async set(): Promise<Stage> {
    return new Stage(await startPostgres())
  }

  /** The service on a new database of this size. `furnish` gives each sender what else a work needs. */
  async service(
    size: Size,
    furnish: (person: Person, url: string) => Promise<Person> = async (person) => person
  ): Promise<Side> {
    const name = await this.#newDatabase()
    const databaseUrl = this.#postgres.url(name)
    const server = await ServerProcess.startService(this.#postgres.scratch, databaseUrl)
    const people = await this.#with(name, async (database) => {
      await load(database, size)
      return peopleOf(database, senders)
    })
    const furnished = await Promise.all(people.map((person) => furnish(person, server.url)))
    return this.#add({ name: "service", server, databaseUrl, size, people: furnished })
  }

  /**
   * The service and the peer, each on its own copy of the same data. Where the peer is the service of another checkout,
   * that has made the data: this one takes over what an earlier release has. With members, the service's tasks have all.
   */
  async pair(size: Size, against?: string, withMembers = false): Promise<readonly [service: Side, peer: Side]> {
    const [original, copy] = [await this.#newDatabase(), `copy_${this.#databases}`]
    const { scratch, url } = this.#postgres
    const other = against === undefined ? undefined : await checkout(against)
    const migrating = await ServerProcess.startService(scratch, url(original), other?.serviceArguments)
    await migrating.stop()
    const { people, publicKey } = await this.#with(original, async (database) => {
      await (other?.load ?? load)(database, size)
      return { people: await peopleOf(database, senders), publicKey: await publicKeyOf(database) }
    })
    await this.#with("postgres", (database) => database.query(`CREATE DATABASE ${copy} TEMPLATE ${original}`))
    const server = await ServerProcess.startService(scratch, url(original))
    if (withMembers) await this.#with(original, giveMembers)
    const service = await this.#add({
      name: "service",
      server,
      databaseUrl: url(original),
      size,
      people: withMembers ? people.map((person) => ({ ...person, project: person.id })) : people
    })
    const peer = await this.#add({
      name: "peer",
      server: other === undefined
        ? await ServerProcess.startPeer(scratch, {
          ...tokenNames(publicUrl),
          database: await this.#openToPeer(copy),
          connections: databaseConnections,
          publicKey
        })
        : await ServerProcess.startService(scratch, url(copy), other.serviceArguments),
      databaseUrl: url(copy),
      size,
      people
    })
    return [service, peer]
  }

  /** Stops everything and removes its files, once. */
  strike(): Promise<void> {
    return this.#struck ??= this.#stop()
  }

  async #stop() {
    await Promise.all(this.#sides.map((side) => side.stop()))
    await this.#postgres.stop()
  }

  async #add(parts: Omit<SideParts, "postgres" | "scratch">) {
    const side = await Side.make({ ...parts, postgres: this.#postgres.pid, scratch: this.#postgres.scratch })
    this.#sides.push(side)
    return side
  }

  async #newDatabase() {
    const name = `stage_${++this.#databases}`
    await this.#with("postgres", (database) => database.query(`CREATE DATABASE ${name}`))
    return name
  }

  /** Takes row-level security off the copy, and gives the peer a role of its own there. */
  async #openToPeer(name: string) {
    await this.#with(name, (database) =>
      database.query(`
        ALTER TABLE todo.tasks DISABLE ROW LEVEL SECURITY;
        ALTER TABLE todo.counters DISABLE ROW LEVEL SECURITY;
        CREATE ROLE peer LOGIN PASSWORD 'peer';
        GRANT USAGE ON SCHEMA todo TO peer;
        GRANT SELECT, INSERT, UPDATE, DELETE ON todo.tasks, todo.counters TO peer;
        ANALYZE`))
    const url = new URL(this.#postgres.url(name))
    url.username = url.password = "peer"
    return url.href
  }

  async #with<A>(name: string, use: (database: Client) => Promise<A>): Promise<A> {
    const database = new Client(this.#postgres.url(name))
    // A query that is interrupted fails by itself.
    database.on("error", () => {})
    await database.connect()
    try {
      return await use(database)
    } finally {
      await database.end()
    }
  }
}
