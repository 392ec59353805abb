import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** Where the service of the run listens. */
    readonly serviceUrl: string
  }
}

const repository = join(import.meta.dirname, "../../../..")

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts the service itself, on the embedded database, once for all files of the client that want it. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "todo-cli-service-"))
  chmodSync(folder, 0o700)
  const port = await freePort()
  const log = join(folder, "log")
  const out = openSync(log, "w")
  const service = spawn(process.execPath, [join(repository, "packages/api/src/main.ts")], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      TODO_DATA_DIR: join(folder, "data"),
      UV_THREADPOOL_SIZE: "16",
      DRAIN_DELAY: "0 seconds",
      // Everybody signs up from one address.
      RATE_LIMITS: "off"
    },
    stdio: ["ignore", out, out]
  })
  const ended = once(service, "exit")
  const url = `http://localhost:${port}`
  while ((await fetch(`${url}/health/ready`).catch(() => undefined))?.status !== 200) {
    if (service.exitCode !== null) throw new Error(`The service ended:\n${readFileSync(log, "utf8")}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  project.provide("serviceUrl", url)
  return async () => {
    service.kill("SIGTERM")
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}
