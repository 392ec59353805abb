import { randomUUID } from "node:crypto"
import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"
import { bundle } from "../../scripts/bundle.ts"
import { embeddedPostgres } from "./embeddedPostgres.ts"
import { freePort } from "./freePort.ts"
import { searchLogs } from "./LogSearch.ts"
import { makePartitioned } from "./partitions.ts"
import { prepareData } from "./preparedData.ts"

declare module "vitest" {
  interface ProvidedContext {
    /** Which database the suite runs on. */
    readonly database: "PGlite" | "PostgreSQL 18"
    /** An administrator's URL of a PostgreSQL server that the suites share; its database is theirs. */
    readonly postgresUrl: string
    /** A folder that goes away when all tests have run. */
    readonly scratch: string
    /** The data directory of a service that has started once; copied, never used itself. */
    readonly preparedData: string
  }
}

/** What the projects of a run share. */
interface Run {
  readonly scratch: string
  server?: Promise<{ readonly url: string; readonly stop: () => Promise<void> }>
  bundled?: Promise<void>
  preparedData?: Promise<string>
  /** How many projects have not ended. */
  projects: number
}

/** Each project loads this module for itself: what they share is kept where all of them find it. */
const runs = globalThis as typeof globalThis & { todoTestRun?: Promise<Run> }

/**
 * Gives a project of the service what it needs, once for all of them: a bundle that is the source's where processes are
 * started, a used embedded database but where there is none, PostgreSQL 18 but where all is embedded, or
 * `TEST_DATABASE_URL`. When the last has run, fails if a log of theirs has a secret of theirs. A run of the client's
 * tests has none of it.
 */
export default async function setup(project: TestProject) {
  runs.todoTestRun ??= newScratch().then((scratch) => ({ scratch, projects: 0 }))
  const run = await runs.todoTestRun
  run.projects++
  project.provide("scratch", run.scratch)
  if (project.name !== "PGlite") {
    run.server ??= serverOf(run.scratch)
    project.provide("postgresUrl", (await run.server).url)
  }
  if (project.name !== "PostgreSQL 18") {
    run.preparedData ??= prepareData(run.scratch)
    project.provide("preparedData", await run.preparedData)
  }
  if (project.name === "process") await (run.bundled ??= bundle())
  return async () => {
    if (--run.projects > 0) return
    await (await run.server)?.stop()
    const { found, lines, secrets } = await searchLogs(run.scratch)
    await rm(run.scratch, { recursive: true, force: true })
    if (found.length > 0) {
      throw new Error(`Secrets in ${found.length} of ${lines} lines of the logs:\n${found.slice(0, 20).join("\n")}`)
    }
    console.log(`None of ${secrets} secrets is in ${lines} lines of the logs.`)
  }
}

const serverOf = async (scratch: string) => {
  const given = process.env["TEST_DATABASE_URL"]
  const server = given === undefined ? await startPostgres(scratch) : { url: given, stop: async () => {} }
  if (process.env["TEST_PARTITIONED"] !== undefined) await makePartitioned(server.url)
  return server
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
  const server = await embeddedPostgres({
    databaseDir: join(scratch, "postgres-18"),
    port,
    password,
    persistent: false,
    // Nobody needs these rows after a power cut.
    settings: ["fsync=off", "max_connections=200"],
    ends: ["exit", "beforeExit"]
  })
  await server.initialise()
  await server.start()
  await server.createDatabase("todo_test")
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/todo_test`, stop: () => server.stop() }
}
