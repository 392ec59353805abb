import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"

const repository = join(import.meta.dirname, "../../../../..")

/** The service as it is published, on a database in its folder, to be killed and started again where it was. */
export class KilledService {
  readonly port: number
  kills = 0
  readonly #folder: string
  readonly #publicUrl: string
  #process: ChildProcess | undefined

  constructor(port: number, publicUrl: string) {
    this.port = port
    this.#publicUrl = publicUrl
    this.#folder = mkdtempSync(join(tmpdir(), "todo-offline-service-"))
    chmodSync(this.#folder, 0o700)
  }

  /** Starts it, and waits until it is ready. */
  async start(): Promise<void> {
    const log = join(this.#folder, "log")
    const out = openSync(log, "a")
    const service = spawn(process.execPath, [join(repository, "packages/api/dist/main.js")], {
      cwd: this.#folder,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PORT: String(this.port),
        PUBLIC_URL: this.#publicUrl,
        TODO_DATA_DIR: join(this.#folder, "data"),
        DRAIN_DELAY: "0 seconds",
        ACCESS_TOKEN_TTL: "1 hour",
        RATE_LIMITS: "off"
      },
      stdio: ["ignore", out, out]
    })
    this.#process = service
    while ((await fetch(`http://127.0.0.1:${this.port}/health/ready`).catch(() => undefined))?.status !== 200) {
      if (service.exitCode !== null) throw new Error(`The service ended:\n${readFileSync(log, "utf8").slice(-2000)}`)
      await setTimeout(50)
    }
  }

  /** Ends it as nobody would. */
  async kill(): Promise<void> {
    this.kills++
    await this.#end("SIGKILL")
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM")
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const service = this.#process
    if (service === undefined || service.exitCode !== null || service.signalCode !== null) return
    const ended = once(service, "exit")
    service.kill(signal)
    await ended
  }
}
