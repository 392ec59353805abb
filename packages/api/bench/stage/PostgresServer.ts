import { chmod, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { embeddedPostgres } from "../../test/support/embeddedPostgres.ts"
import { freePort } from "../../test/support/freePort.ts"

/** A PostgreSQL 18 of this run alone, which keeps what it has acknowledged: fsync and synchronous_commit are on. */
export interface PostgresServer {
  /** The administrator's URL of a database. */
  readonly url: (database: string) => string
  /** The postmaster's process id; its children do the work. */
  readonly pid: number
  /** A folder that goes away with the server. */
  readonly scratch: string
  readonly stop: () => Promise<void>
}

/** Settings that are not PostgreSQL's own defaults; `docs/performance.md` shows them. */
export const postgresSettings = ["shared_buffers=1GB", "max_wal_size=4GB", "max_connections=100"]

export const startPostgres = async (): Promise<PostgresServer> => {
  const scratch = await mkdtemp(join(tmpdir(), "todo-bench-"))
  // As root, PostgreSQL runs as a user of its own, who must get at its folder.
  await chmod(scratch, 0o755)
  const port = await freePort()
  const databaseDir = join(scratch, "postgres")
  const server = await embeddedPostgres({
    databaseDir,
    port,
    password: "postgres",
    persistent: false,
    settings: postgresSettings,
    ends: ["exit", "beforeExit", "SIGHUP", "SIGINT", "SIGTERM"]
  })
  await server.initialise()
  await server.start()
  const pid = Number.parseInt(await readFile(join(databaseDir, "postmaster.pid"), "utf8"), 10)
  return {
    pid,
    url: (database) => `postgres://postgres:postgres@127.0.0.1:${port}/${database}`,
    scratch,
    stop: async () => {
      await server.stop()
      await rm(scratch, { recursive: true, force: true })
    }
  }
}
