/*
 * Runs all tests of the service that need a PostgreSQL on the oldest that it supports, which Debian 12 has.
 *
 *   apt-get install postgresql-15
 *   node packages/api/scripts/debian-postgres.ts [release, 15] [arguments of vitest]
 */
import { spawn } from "node:child_process"
import { rmSync } from "node:fs"
import { newScratch } from "../test/support/databases.ts"
import { hasDebianPostgres, startDebianPostgres } from "../test/support/debianPostgres.ts"

const [release = "15", ...more] = process.argv.slice(2)
if (!await hasDebianPostgres(release)) throw new Error(`Not installed: apt-get install postgresql-${release}`)

const scratch = await newScratch()
const server = await startDebianPostgres(release, scratch)
try {
  server.createDatabase("todo_test")
  const tests = spawn("npx", ["vitest", "run", "--project", "PostgreSQL 18", "--project", "process", ...more], {
    env: { ...process.env, TEST_DATABASE_URL: server.url("postgres", "todo_test") },
    stdio: "inherit"
  })
  process.exitCode = await new Promise<number>((resolve) => tests.once("close", (code) => resolve(code ?? 1)))
} finally {
  await server.stop()
  rmSync(scratch, { recursive: true, force: true })
}
