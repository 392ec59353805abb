import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout } from "node:timers/promises"
import { serviceArguments } from "../scripts/bundle.ts"
import { secret } from "../test/support/secret.ts"

/** Where a service is, and on what. */
interface Place {
  readonly port: number
  readonly folder: string
  readonly databaseUrl: string
  readonly onLog: (chunk: Buffer) => void
}

/** The service as a process of its own, to be killed, and to be started again where it was. */
export class Replica {
  readonly url: string
  readonly port: number
  readonly #place: Place
  #service: ChildProcess | undefined

  constructor(place: Place) {
    this.#place = place
    this.port = place.port
    this.url = `http://127.0.0.1:${place.port}`
  }

  /** Starts it, and waits until it is ready. */
  async start(): Promise<void> {
    const { HOME, PATH } = process.env
    const { databaseUrl, folder, onLog, port } = this.#place
    const service = spawn(process.execPath, serviceArguments, {
      cwd: folder,
      env: {
        HOME,
        PATH,
        PORT: String(port),
        LOG_LEVEL: "Warn",
        LOG_FORMAT: "json",
        RATE_LIMITS: "off",
        ACCESS_TOKEN_TTL: "1 hour",
        DRAIN_DELAY: "0 seconds",
        PUBLIC_URL: "http://localhost",
        BETTER_AUTH_SECRET: secret,
        TODO_DATA_DIR: folder,
        DATABASE_URL: databaseUrl
      },
      stdio: ["ignore", "ignore", "pipe"]
    })
    service.stderr.on("data", onLog)
    this.#service = service
    while ((await fetch(`${this.url}/health/ready`).catch(() => undefined))?.status !== 200) {
      if (service.exitCode !== null) throw new Error(`The service ended with ${service.exitCode}`)
      await setTimeout(20)
    }
  }

  /** Ends it as its operator would; with `SIGKILL` as nobody would. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const service = this.#service
    if (service === undefined || service.exitCode !== null || service.signalCode !== null) return
    service.kill(signal)
    await once(service, "exit")
  }
}
