import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { serviceArguments } from "../../scripts/bundle.ts"
import { freePort } from "../../test/support/freePort.ts"
import { databaseConnections, publicUrl, secret } from "./settings.ts"

const peer = fileURLToPath(new URL("../peer/server.ts", import.meta.url))

/** One of the servers that are measured: one process, with one line a request in a log file. */
export class ServerProcess {
  readonly url: string
  readonly #process: ChildProcess

  private constructor(port: number, process: ChildProcess) {
    this.url = `http://127.0.0.1:${port}`
    this.#process = process
  }

  get pid(): number {
    return this.#process.pid!
  }

  /** The service as `npm start` runs it, without rate limits, of this checkout or of another. Migrates the database. */
  static async startService(scratch: string, database: string, program = serviceArguments): Promise<ServerProcess> {
    const port = await freePort()
    return ServerProcess.#start(program, scratch, port, {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      DATABASE_URL: database,
      DATABASE_CONNECTIONS: String(databaseConnections),
      BETTER_AUTH_SECRET: secret,
      RATE_LIMITS: "off",
      LOG_FORMAT: "json"
    })
  }

  /** The peer; `settings` are those that its `server.ts` reads, without the port. */
  static async startPeer(scratch: string, settings: Record<string, unknown>): Promise<ServerProcess> {
    const port = await freePort()
    return ServerProcess.#start([peer], scratch, port, { PEER: JSON.stringify({ ...settings, port }) })
  }

  static async #start(
    program: ReadonlyArray<string>,
    scratch: string,
    port: number,
    environment: Record<string, string>
  ) {
    const { HOME, PATH } = process.env
    const log = await open(join(scratch, `${port}.log`), "w")
    const child = spawn(process.execPath, [...profiling, ...program], {
      // A folder without .env; and nothing of the environment of the benchmark.
      cwd: scratch,
      env: { HOME, PATH, NODE_ENV: "production", UV_THREADPOOL_SIZE: "16", MALLOC_ARENA_MAX: "2", ...environment },
      stdio: ["ignore", log.fd, log.fd]
    })
    await log.close()
    const server = new ServerProcess(port, child)
    while (!(await server.#answers())) {
      if (child.exitCode !== null) throw new Error(`${program.at(-1)} ended with ${child.exitCode}`)
      await setTimeout(50)
    }
    return server
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return
    this.#process.kill()
    await once(this.#process, "exit")
  }

  /** Whether it answers requests: 401, without a token. 503 is a service that still starts. */
  async #answers(): Promise<boolean> {
    const answer = await fetch(`${this.url}/api/v1/tasks`).catch(() => undefined)
    return answer?.status === 401
  }
}

/** `BENCH_NODE_OPTIONS=--cpu-prof` profiles both servers. */
const profiling = process.env["BENCH_NODE_OPTIONS"]?.split(" ") ?? []
