import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, readFile, rm } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { Client as Database } from "pg"
import { serviceArguments } from "../scripts/bundle.ts"
import { newScratch } from "../test/support/databases.ts"
import { type EmbeddedPostgres, embeddedPostgres } from "../test/support/embeddedPostgres.ts"
import { freePort } from "../test/support/freePort.ts"
import { secret } from "../test/support/secret.ts"

const password = "postgres"

/** How often PostgreSQL is started at most before it is up again. */
const mostStarts = 200

/** PostgreSQL 18 with all its safety on, and the service on it: both to be killed, and to be started again. */
export class Cluster {
  readonly port: number
  readonly url: string
  readonly #scratch: string
  readonly #postgresPort: number
  readonly #server: EmbeddedPostgres
  readonly #onLog: (chunk: Buffer) => void
  #service: ChildProcess | undefined

  private constructor(
    scratch: string,
    ports: { readonly service: number; readonly postgres: number },
    server: EmbeddedPostgres,
    onLog: (chunk: Buffer) => void
  ) {
    this.#scratch = scratch
    this.port = ports.service
    this.url = `http://127.0.0.1:${ports.service}`
    this.#postgresPort = ports.postgres
    this.#server = server
    this.#onLog = onLog
  }

  static async start(onLog: (chunk: Buffer) => void): Promise<Cluster> {
    const scratch = await newScratch()
    const ports = { service: await freePort(), postgres: await freePort() }
    const server = await embeddedPostgres({
      databaseDir: join(scratch, "postgres"),
      port: ports.postgres,
      password,
      persistent: true,
      settings: [],
      ends: ["exit", "beforeExit", "SIGHUP", "SIGINT", "SIGTERM"]
    })
    await server.initialise()
    await mkdir(join(scratch, "data"))
    const cluster = new Cluster(scratch, ports, server, onLog)
    await cluster.startPostgres()
    try {
      await cluster.startService()
      return cluster
    } catch (error) {
      await cluster.stop()
      throw error
    }
  }

  async stop(): Promise<void> {
    await this.stopService()
    await this.#server.stop()
    await rm(this.#scratch, { recursive: true, force: true })
  }

  /** Starts the service where it was before, and waits until it is ready. */
  async startService(): Promise<void> {
    const { HOME, PATH } = process.env
    const service = spawn(process.execPath, serviceArguments, {
      cwd: this.#scratch,
      env: {
        HOME,
        PATH,
        PORT: String(this.port),
        LOG_LEVEL: "Warn",
        LOG_FORMAT: "json",
        RATE_LIMITS: "off",
        DRAIN_DELAY: "0 seconds",
        PUBLIC_URL: "http://localhost",
        BETTER_AUTH_SECRET: secret,
        TODO_DATA_DIR: join(this.#scratch, "data"),
        DATABASE_URL: this.databaseUrl
      },
      stdio: ["ignore", "ignore", "pipe"]
    })
    service.stderr.on("data", this.#onLog)
    this.#service = service
    while ((await fetch(`${this.url}/health/ready`).catch(() => undefined))?.status !== 200) {
      if (service.exitCode !== null) throw new Error(`The service ended with ${service.exitCode}`)
      await setTimeout(20)
    }
  }

  /** Ends the service as its operator would; with `SIGKILL` as nobody would. */
  async stopService(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const service = this.#service
    if (service === undefined || service.exitCode !== null || service.signalCode !== null) return
    service.kill(signal)
    await once(service, "exit")
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
    return `postgres://postgres:${password}@127.0.0.1:${this.#postgresPort}/postgres`
  }
}
