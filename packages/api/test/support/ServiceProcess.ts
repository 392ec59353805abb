import { type ChildProcess, spawn } from "node:child_process"
import { mkdtemp } from "node:fs/promises"
import { join } from "node:path"
import { inject } from "vitest"
import { serviceArguments } from "../../scripts/bundle.ts"
import { freePort } from "./freePort.ts"
import { newLog } from "./Logs.ts"
import { recordRequests } from "./Secrets.ts"
import { recordSettings } from "./Settings.ts"
import { unpackRelease } from "./unpackRelease.ts"

/** A folder for a service's data, which goes away after the tests. */
export const newDataDirectory = (): Promise<string> => mkdtemp(join(inject("scratch"), "data-"))

/** The service as its own process, as `npm start` runs it. */
export class ServiceProcess {
  readonly url: string
  readonly process: ChildProcess
  stdout = ""
  stderr = ""
  /** How it ended: the exit code, or the signal that killed it. */
  readonly ended: Promise<number | NodeJS.Signals | null>

  private constructor(
    port: number,
    environment: Record<string, string>,
    folder: string,
    nodeArguments: ReadonlyArray<string> = serviceArguments
  ) {
    this.url = `http://localhost:${port}`
    const { PATH, HOME } = globalThis.process.env
    this.process = spawn(globalThis.process.execPath, nodeArguments, {
      // Nothing of the environment of the tests.
      cwd: folder,
      env: {
        PATH,
        HOME,
        PORT: String(port),
        UV_THREADPOOL_SIZE: "16",
        RATE_LIMITS: "off",
        LOG_LEVEL: "All",
        DRAIN_DELAY: "0 seconds",
        ...environment
      },
      stdio: ["ignore", "pipe", "pipe"]
    })
    recordRequests()
    recordSettings(environment)
    const log = newLog()
    this.process.stdout!.on("data", (chunk: Buffer) => {
      this.stdout += chunk.toString()
      log(chunk)
    })
    this.process.stderr!.on("data", (chunk: Buffer) => {
      this.stderr += chunk.toString()
      log(chunk)
    })
    this.ended = new Promise((resolve) =>
      this.process.once("close", (code, signal) => {
        // By now the service has made a secret of its own, if it was given none.
        recordSettings(environment)
        resolve(code ?? signal)
      })
    )
  }

  /** What it wrote on stderr for people: all but its log. */
  get said(): string {
    return this.stderr.split("\n").filter((line) => !line.startsWith("{")).join("\n")
  }

  /** Starts the process; whether it gets anywhere is for the caller to find out. */
  static launch(port: number, environment: Record<string, string>, folder = inject("scratch")): ServiceProcess {
    return new ServiceProcess(port, environment, folder)
  }

  /** Starts the process and waits until it serves requests; in `folder`, by default one without a file `.env`. */
  static async start(
    environment: Record<string, string>,
    port?: number,
    folder = inject("scratch")
  ): Promise<ServiceProcess> {
    for (;;) {
      const service = new ServiceProcess(port ?? await freePort(), environment, folder)
      try {
        await service.ready()
        return service
      } catch (error) {
        // A port that was free may be another's by now.
        if (port !== undefined || !String(error).includes("EADDRINUSE")) throw error
      }
    }
  }

  /** The same of a release that is kept in test/releases. */
  static async startRelease(name: string, environment: Record<string, string>): Promise<ServiceProcess> {
    const bundle = await unpackRelease(name)
    const service = new ServiceProcess(await freePort(), environment, inject("scratch"), [
      ...serviceArguments.slice(0, -1),
      join(bundle, "main.js")
    ])
    await service.ready()
    return service
  }

  async ready(): Promise<void> {
    for (;;) {
      const answer = await fetch(`${this.url}/health/ready`).catch(() => undefined)
      if (answer?.status === 200) return
      if (this.process.exitCode !== null) throw new Error(`The service ended: ${this.stderr}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** Sends the signal and waits for the end. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | NodeJS.Signals | null> {
    this.process.kill(signal)
    return this.ended
  }
}

/** A client of one service, by its URL. */
export class Client {
  readonly url: string
  readonly email: string
  readonly password = "correct horse battery"
  session = ""
  jwt = ""

  constructor(url: string, email = `somebody-${crypto.randomUUID()}@example.com`) {
    this.url = url
    this.email = email
  }

  async json(
    method: string,
    path: string,
    body?: unknown,
    token = this.jwt,
    headers: Readonly<Record<string, string>> = {}
  ): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: {
        origin: this.url,
        "content-type": "application/json",
        ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
        ...headers
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
  }

  async signUp(): Promise<this> {
    return this.enter("/api/auth/sign-up/email", { name: "Pat", email: this.email, password: this.password })
  }

  async signIn(): Promise<this> {
    return this.enter("/api/auth/sign-in/email", { email: this.email, password: this.password })
  }

  async titles(): Promise<ReadonlyArray<string>> {
    const titles: Array<string> = []
    let cursor: string | null = ""
    while (cursor !== null) {
      const answer = await this.json("GET", `/api/v1/tasks?limit=200${cursor === "" ? "" : `&cursor=${cursor}`}`)
      const page = await answer.json() as { items: Array<{ title: string }>; nextCursor: string | null }
      titles.push(...page.items.map((task) => task.title))
      cursor = page.nextCursor
    }
    return titles
  }

  private async enter(path: string, body: unknown): Promise<this> {
    const answer = await this.json("POST", path, body, "")
    if (!answer.ok) throw new Error(await answer.text())
    this.session = (await answer.json() as { token: string }).token
    const token = await this.json("GET", "/api/auth/token", undefined, this.session)
    this.jwt = (await token.json() as { token: string }).token
    return this
  }
}
