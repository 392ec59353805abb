import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

const repository = join(import.meta.dirname, "../../../..")

/** Where a service listens, and the folder in which the mail is that it sends. */
export interface Served {
  readonly url: string
  readonly mail: string
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts the service itself, on the embedded database, with nothing in it; with further arguments for Node. */
export const startService = async (
  env: Readonly<Record<string, string>> = {},
  nodeArguments: ReadonlyArray<string> = []
): Promise<Served & { stop(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), "todo-cli-service-"))
  chmodSync(folder, 0o700)
  const port = await freePort()
  const data = join(folder, "data")
  const log = join(folder, "log")
  const out = openSync(log, "w")
  const service = spawn(process.execPath, [...nodeArguments, join(repository, "packages/api/src/main.ts")], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      TODO_DATA_DIR: data,
      UV_THREADPOOL_SIZE: "16",
      DRAIN_DELAY: "0 seconds",
      // Everybody signs up from one address.
      RATE_LIMITS: "off",
      ...env
    },
    stdio: ["ignore", out, out]
  })
  const ended = once(service, "exit")
  const url = `http://localhost:${port}`
  while ((await fetch(`${url}/health/ready`).catch(() => undefined))?.status !== 200) {
    if (service.exitCode !== null) throw new Error(`The service ended:\n${readFileSync(log, "utf8")}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    mail: join(data, "mail"),
    stop: async () => {
      service.kill("SIGTERM")
      await ended
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
