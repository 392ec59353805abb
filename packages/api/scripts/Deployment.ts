import { spawn } from "node:child_process"
import { once } from "node:events"
import { rm } from "node:fs/promises"
import { newScratch, startPostgres } from "../test/support/databases.ts"
import { secret } from "../test/support/secret.ts"
import { bundle, serviceArguments } from "./bundle.ts"

/** A service of its own process, as `npm start` runs it, on the PostgreSQL of a measurement. */
export interface Service {
  readonly url: string
  /** Ends it as its operator would, and answers its exit code. */
  stop(): Promise<number | null>
}

/** PostgreSQL 18 for as long as a measurement takes, and services on it. */
export interface Deployment {
  readonly postgresUrl: string
  /** Starts one on `port`, and waits until it is ready. */
  start(port: number, variables?: Readonly<Record<string, string>>): Promise<Service>
}

/** Runs a measurement; whatever becomes of it, everything that it started is stopped. */
export const deploy = async (measure: (deployment: Deployment) => Promise<void>) => {
  await bundle()
  const scratch = await newScratch()
  const postgres = await startPostgres(scratch)
  const running: Array<() => Promise<void>> = [() => postgres.stop()]
  const start: Deployment["start"] = async (port, variables = {}) => {
    const { HOME, PATH } = process.env
    const service = spawn(process.execPath, serviceArguments, {
      cwd: scratch,
      env: {
        HOME,
        PATH,
        PORT: String(port),
        UV_THREADPOOL_SIZE: "16",
        LOG_LEVEL: "Warn",
        PUBLIC_URL: "http://localhost",
        BETTER_AUTH_SECRET: secret,
        DATABASE_URL: postgres.url,
        ...variables
      },
      stdio: ["ignore", "ignore", "inherit"]
    })
    const ended = once(service, "exit")
    const stop = async () => {
      service.kill()
      await ended
      return service.exitCode
    }
    running.unshift(async () => {
      await stop()
    })
    const url = `http://127.0.0.1:${port}`
    while ((await fetch(`${url}/health/ready`).catch(() => undefined))?.status !== 200) {
      if (service.exitCode !== null) throw new Error("The service has ended")
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return { url, stop }
  }
  try {
    await measure({ postgresUrl: postgres.url, start })
  } finally {
    for (const stop of running) await stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

/** The value below which the share `part` of some numbers is. */
export const quantile = (numbers: ReadonlyArray<number>, part: number): number =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? Number.NaN

/** Signs somebody new up, and answers the session token and a JWT. */
export const signUp = async ({ url }: Service) => {
  const email = `measured-${crypto.randomUUID()}@example.com`
  const password = "correct horse battery"
  const post = await fetch(`${url}/api/auth/sign-up/email`, {
    method: "POST",
    headers: { "content-type": "application/json", "origin": url },
    body: JSON.stringify({ name: "Pat", email, password })
  })
  const { token, user } = await post.json() as { readonly token: string; readonly user: { readonly id: string } }
  const exchange = await fetch(`${url}/api/auth/token`, { headers: { authorization: `Bearer ${token}`, origin: url } })
  const { token: jwt } = await exchange.json() as { readonly token: string }
  return { id: user.id, email, password, session: token, jwt }
}
