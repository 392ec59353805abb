import { spawn, spawnSync } from "node:child_process"
import { access, appendFile, chown, mkdtemp, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { freePort } from "./freePort.ts"

/** The release of the `pg_dump` that a shell finds, of the server of the same packages, or none. */
export const pgDumpRelease = (): string | undefined =>
  /\(PostgreSQL\) (\d+)/.exec(spawnSync("pg_dump", ["--version"], { encoding: "utf8" }).stdout ?? "")?.[1]

/** Where Debian's packages put the programs of a server. */
const programs = (release: string) => `/usr/lib/postgresql/${release}/bin`

/** Whether Debian's server of this release is installed. */
export const hasDebianPostgres = (release: string): Promise<boolean> =>
  access(join(programs(release), "initdb")).then(() => true, () => false)

/**
 * Starts Debian's server of this release on a port of its own, with its data in `scratch`. It lets in its superuser `postgres` as it comes, as the
 * image of PostgreSQL does from within its container, and others with their password.
 */
export const startDebianPostgres = async (release: string, scratch: string) => {
  const folder = await mkdtemp(join(scratch, `postgres-${release}-`))
  const data = join(folder, "data")
  const port = await freePort()
  // It refuses to run as root.
  const owner = process.getuid?.() === 0 ? await userOf("postgres") : undefined
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid)
  const initdb = spawnSync(
    join(programs(release), "initdb"),
    ["--pgdata", data, "--username=postgres", "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-sync"],
    { ...owner, cwd: folder, encoding: "utf8" }
  )
  if (initdb.status !== 0) throw new Error(initdb.stderr)
  await writeFile(
    join(data, "pg_hba.conf"),
    "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
  )
  await appendFile(
    join(data, "postgresql.conf"),
    `port = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\nmax_connections = 200\n`
  )
  const server = spawn(join(programs(release), "postgres"), ["-D", data], { ...owner, cwd: folder, stdio: "ignore" })
  const ended = new Promise<void>((resolve) => server.once("close", () => resolve()))
  while (spawnSync("pg_isready", ["--host=127.0.0.1", `--port=${port}`]).status !== 0) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ${release} ended with ${server.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const environment = { PGHOST: "127.0.0.1", PGPORT: String(port), PGUSER: "postgres" }
  return {
    /** What its programs, such as `psql`, are told where it is with. */
    environment,
    createDatabase: (name: string) => {
      const made = spawnSync("createdb", [name], { env: { ...process.env, ...environment }, encoding: "utf8" })
      if (made.status !== 0) throw new Error(made.stderr)
    },
    url: (role: string, database: string) => `postgres://${role}@127.0.0.1:${port}/${database}`,
    stop: () => {
      server.kill("SIGINT")
      return ended
    }
  }
}

/** The numbers of a user of this machine. */
const userOf = async (name: string) => {
  const line = (await readFile("/etc/passwd", "utf8")).split("\n").find((user) => user.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(":") ?? []
  if (uid === undefined) throw new Error(`There is no user ${name}`)
  return { uid: Number(uid), gid: Number(gid) }
}
