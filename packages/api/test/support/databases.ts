import { randomUUID } from "node:crypto"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { bundle } from "../../scripts/bundle.ts"
import { loadEmbeddedPostgres } from "./embeddedPostgres.ts"
import { freePort } from "./freePort.ts"
import { searchLogs } from "./LogSearch.ts"

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

/**
 * Makes the service ready to run, and starts PostgreSQL 18 once for all suites,
 * or takes `TEST_DATABASE_URL`. When they have run, fails if a log of theirs has a secret of theirs.
 */
export default async function setup(project: TestProject) {
  await bundle()
  const scratch = await newScratch()
  project.provide("scratch", scratch)
  const given = process.env["TEST_DATABASE_URL"]
  const server = given === undefined ? await startPostgres(scratch) : { url: given, stop: async () => {} }
  project.provide("postgresUrl", server.url)
  return async () => {
    await server.stop()
    const { found, lines, secrets } = await searchLogs(scratch)
    await rm(scratch, { recursive: true, force: true })
    if (found.length > 0) {
      throw new Error(`Secrets in ${found.length} of ${lines} lines of the logs:\n${found.slice(0, 20).join("\n")}`)
    }
    console.log(`None of ${secrets} secrets is in ${lines} lines of the logs.`)
  }
}

/** A folder that PostgreSQL can get at, too: started by root, it runs as a user of its own. */
export const newScratch = async () => {
  const scratch = await mkdtemp(join(tmpdir(), "todo-test-"))
  await chmod(scratch, 0o755)
  return scratch
}

/** Starts a PostgreSQL 18 in `scratch`, with a database `todo_test`, and answers an administrator's URL of it. */
export const startPostgres = async (scratch: string) => {
  const port = await freePort()
  const password = randomUUID()
  const EmbeddedPostgres = await loadEmbeddedPostgres("exit", "beforeExit")
  const server = new EmbeddedPostgres({
    databaseDir: join(scratch, "postgres-18"),
    port,
    user: "postgres",
    password,
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
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/todo_test`, stop: () => server.stop() }
}
