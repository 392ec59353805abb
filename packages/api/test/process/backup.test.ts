import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { chmod, mkdir, mkdtemp, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { inject } from "vitest"
import { hasDebianPostgres, pgDumpRelease, startDebianPostgres } from "../support/debianPostgres.ts"
import { codeIn } from "../support/documents.ts"
import { newDatabase, runSql } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const repository = join(import.meta.dirname, "../../../..")
const secret = { BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody" }
const before = "the backup of yesterday"

/** Runs commands of the documents in a folder. Programs in its folder `bin` go before those of the machine. */
const run = (code: string, folder: string, environment: Record<string, string>) => {
  const { HOME, PATH } = process.env
  const env = { HOME, TZ: "UTC", ...environment, PATH: `${folder}/bin:${PATH}` }
  const { status, stderr } = spawnSync("sh", ["-c", code, "sh", folder], { cwd: folder, env, encoding: "utf8" })
  return { status, stderr }
}

const succeed = (...parameters: Parameters<typeof run>) => {
  const { status, stderr } = run(...parameters)
  assert.strictEqual(status, 0, stderr)
}

/** The commands of docs/operations.md, with `docker compose` and without. */
const commands = async (withCompose: boolean) => {
  const blocks = await codeIn("docs/operations.md", "Backup and restore", "sh")
  const find = (what: string) => {
    const found = blocks.filter((code) => code.includes(what) && code.includes("docker compose") === withCompose)
    assert.lengthOf(found, 1, what)
    return found[0]!
  }
  return { backup: find("pg_dump"), restore: find("createdb"), swap: find("RENAME") }
}

/** A folder with yesterday's backup in it, and these programs. */
const newFolder = async (programs: Record<string, string> = {}) => {
  const folder = await mkdtemp(join(inject("scratch"), "backup-"))
  await mkdir(join(folder, "bin"))
  await writeFile(join(folder, "todo.dump"), before)
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, "bin", name), `#!/bin/sh\n${text}\n`)
    await chmod(join(folder, "bin", name), 0o755)
  }
  return folder
}

const keptBackup = async (folder: string) =>
  assert.strictEqual(await readFile(join(folder, "todo.dump"), "utf8"), before)

/** Runs in the container what is to be run there, which is this machine. */
const docker = "case $2 in exec) shift 4; exec \"$@\" ;; stop | start) ;; *) exit 64 ;; esac"

/** A `pg_dump` that says that all is well, and has lost the end. */
const cut = `PATH=\${PATH#*:}
case "$*" in
  *--file=*)
    pg_dump "$@"
    for word in "$@"; do case $word in --file=*) truncate --size=-20 "\${word#--file=}" ;; esac; done ;;
  *) pg_dump "$@" | head --bytes=-20 ;;
esac`

const release = pgDumpRelease()
const isHere = release !== undefined && await hasDebianPostgres(release)

const [shared] = await runSql("SELECT current_setting('server_version_num')::integer / 10000 AS release")
const sharedRelease = (shared as { readonly release: number }).release

it.skipIf(release === undefined || Number(release) >= sharedRelease)(
  "a pg_dump that is older than the server leaves the backup of before as it was",
  async () => {
    const folder = await newFolder()
    const { backup } = await commands(false)
    const { status, stderr } = run(backup, folder, { DATABASE_URL: (await newDatabase()).href })
    assert.notStrictEqual(status, 0)
    assert.include(stderr, "server version mismatch")
    await keptBackup(folder)
  }
)

describe.skipIf(!isHere)("backup and restore, as docs/operations.md has them", { timeout: 120_000 }, () => {
  let server: Awaited<ReturnType<typeof startDebianPostgres>>
  let password: string
  beforeAll(async () => {
    server = await startDebianPostgres(release!, inject("scratch"))
    password = crypto.randomUUID()
    const sql = await readFile(join(repository, "compose/owner.sql"), "utf8")
    succeed(
      `createdb todo && psql --dbname=todo --set=ON_ERROR_STOP=1 --quiet <<'END'\n${sql}\nEND`,
      inject("scratch"),
      {
        ...server.environment,
        POSTGRES_PASSWORD: password
      }
    )
  }, 60_000)
  afterAll(() => server.stop())

  const urlOf = (role: string, database: string) => server.url(role, database).replace("todo@", `todo:${password}@`)

  for (
    const [name, withCompose, role] of [
      ["on a server, as a superuser", false, "postgres"],
      ["of compose, whose service is no superuser", true, "todo"]
    ] as const
  ) {
    it(name, async () => {
      const { backup, restore, swap } = await commands(withCompose)
      const settings = { DATABASE_URL: urlOf(role, "todo"), ...secret }
      const environment = { ...server.environment, ...settings }
      const folder = await newFolder({ docker })
      succeed("dropdb todo && createdb --owner=todo todo", folder, server.environment)
      const first = await ServiceProcess.start(settings)
      const client = await new Client(first.url).signUp()
      assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "In the backup" })).status, 201)
      succeed(backup, folder, environment)
      assert.deepStrictEqual((await readdir(folder)).sort(), ["bin", "todo.dump"])
      assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Too late" })).status, 201)
      await first.stop()

      const here = (code: string) => code.replace(/postgres:\/\/owner:password@host:5432\//, server.url("postgres", ""))
      succeed(here(restore), folder, environment)
      succeed(here(swap), folder, environment)
      const second = await ServiceProcess.start(settings, Number(new URL(first.url).port))
      // The JWT and the session of before are good still, and so is the password.
      assert.deepStrictEqual(await client.titles(), ["In the backup"])
      assert.deepStrictEqual(await (await client.signIn()).titles(), ["In the backup"])
      await second.stop()
      succeed("dropdb todo_before", folder, server.environment)
    })
  }

  for (const withCompose of [false, true]) {
    const where = withCompose ? " with compose" : ""

    it(`a dump that cannot be made leaves the one of before as it was${where}`, async () => {
      const { backup } = await commands(withCompose)
      const folder = await newFolder({ docker })
      const environment = { ...server.environment, PGPORT: "1", DATABASE_URL: "postgres://postgres@127.0.0.1:1/todo" }
      assert.notStrictEqual(run(backup, folder, environment).status, 0)
      await keptBackup(folder)
    })

    it(`a dump that is cut leaves the one of before as it was${where}`, async () => {
      const { backup } = await commands(withCompose)
      const folder = await newFolder({ docker, pg_dump: cut })
      const { status } = run(backup, folder, { ...server.environment, DATABASE_URL: urlOf("postgres", "todo") })
      assert.notStrictEqual(status, 0)
      await keptBackup(folder)
      // What is often said to be a check.
      succeed("pg_restore --list todo.dump.new", folder, {})
    })
  }

  it("of a small server: one file a day, made again without loss, and restored by its commands", async () => {
    const blocks = await codeIn("docs/operations.md", "A small server from nothing to HTTPS with backups", "sh")
    const script = blocks.find((code) => code.startsWith("#!/bin/sh"))!
    const restore = blocks.find((code) => code.includes("pg_restore --role=todo"))!
    const folder = await newFolder()
    const old = join(folder, "todo-2020-02-02.dump")
    await writeFile(old, before)
    await utimes(old, new Date("2020-02-02"), new Date("2020-02-02"))

    assert.notStrictEqual(run(script, folder, { ...server.environment, PGPORT: "1" }).status, 0)
    assert.strictEqual(await readFile(old, "utf8"), before)
    succeed(script, folder, server.environment)
    const today = new Date().toISOString().slice(0, 10)
    assert.deepStrictEqual((await readdir(folder)).sort(), ["bin", `todo-${today}.dump`, "todo.dump"])
    assert.strictEqual((await stat(join(folder, `todo-${today}.dump`))).mode & 0o777, 0o600)

    const dump = await readFile(join(folder, `todo-${today}.dump`))
    assert.notStrictEqual(run(script, folder, { ...server.environment, PGPORT: "1" }).status, 0)
    assert.isTrue(dump.equals(await readFile(join(folder, `todo-${today}.dump`))))
    succeed(restore, folder, server.environment)
    const service = await ServiceProcess.start({ DATABASE_URL: urlOf("todo", "todo_restored"), ...secret })
    await service.stop()
    succeed("dropdb todo_restored", folder, server.environment)
  })
})
