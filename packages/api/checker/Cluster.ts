import { mkdir, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { Client as Database } from "pg"
import { newScratch } from "../test/support/databases.ts"
import { type EmbeddedPostgres, embeddedPostgres } from "../test/support/embeddedPostgres.ts"
import { freePort } from "../test/support/freePort.ts"
import { Replica } from "./Replica.ts"

const password = "postgres"

/** How often PostgreSQL is started at most before it is up again. */
const mostStarts = 200

/** PostgreSQL 18 with all its safety on, and replicas of the service on it: all to be killed, and to be started again. */
export class Cluster {
  readonly replicas: ReadonlyArray<Replica>
  readonly #scratch: string
  readonly #postgresPort: number
  readonly #server: EmbeddedPostgres

  private constructor(
    scratch: string,
    postgresPort: number,
    server: EmbeddedPostgres,
    replicas: ReadonlyArray<Replica>
  ) {
    this.#scratch = scratch
    this.#postgresPort = postgresPort
    this.#server = server
    this.replicas = replicas
  }

  static async start(onLog: (chunk: Buffer) => void, replicas = 1): Promise<Cluster> {
    const scratch = await newScratch()
    const postgresPort = await freePort()
    const server = await embeddedPostgres({
      databaseDir: join(scratch, "postgres"),
      port: postgresPort,
      password,
      persistent: true,
      settings: [],
      ends: ["exit", "beforeExit", "SIGHUP", "SIGINT", "SIGTERM"]
    })
    await server.initialise()
    const all: Array<Replica> = []
    for (let index = 0; index < replicas; index++) {
      const folder = join(scratch, `data-${index}`)
      await mkdir(folder)
      all.push(new Replica({ port: await freePort(), folder, databaseUrl: databaseUrlOf(postgresPort), onLog }))
    }
    const cluster = new Cluster(scratch, postgresPort, server, all)
    await cluster.startPostgres()
    try {
      for (const replica of all) await replica.start()
      return cluster
    } catch (error) {
      await cluster.stop()
      throw error
    }
  }

  async stop(): Promise<void> {
    for (const replica of this.replicas) await replica.stop()
    await this.#server.stop()
    await rm(this.#scratch, { recursive: true, force: true })
  }

  /** Where the first replica is. */
  get url() {
    return this.replicas[0]!.url
  }

  /** Starts PostgreSQL again where it was; it recovers from its log. */
  async startPostgres(): Promise<void> {
    for (let tries = 1;; tries++) {
      try {
        return await this.#server.start()
      } catch (error) {
        // Refused as long as a process of the one before is alive, which is not long.
        if (tries === mostStarts) throw error
        await setTimeout(50)
      }
    }
  }

  /** Kills PostgreSQL, every process of it, with -9. */
  async killPostgres(): Promise<void> {
    const pids = await this.query<{ pid: number }>("SELECT pid FROM pg_stat_activity")
    const postmaster = Number.parseInt(await readFile(join(this.#scratch, "postgres/postmaster.pid"), "utf8"), 10)
    for (const pid of [postmaster, ...pids.map((row) => row.pid)]) {
      try {
        process.kill(pid, "SIGKILL")
      } catch {
        // It has ended meanwhile.
      }
    }
  }

  /** Ends up to two of the service's database connections, whatever they are at, and answers how many. */
  async terminateBackends(): Promise<number> {
    const ended = await this.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 2`
    ).catch(() => [])
    return ended.length
  }

  /** Runs a statement as the administrator. */
  async query<Row extends object>(statement: string): Promise<ReadonlyArray<Row>> {
    const database = new Database({ connectionString: this.databaseUrl, connectionTimeoutMillis: 2000 })
    database.on("error", () => {})
    try {
      await database.connect()
      return (await database.query<Row>(statement)).rows
    } finally {
      await database.end().catch(() => {})
    }
  }

  /** Where the administrator finds the database. */
  get databaseUrl() {
    return databaseUrlOf(this.#postgresPort)
  }
}

const databaseUrlOf = (port: number) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
