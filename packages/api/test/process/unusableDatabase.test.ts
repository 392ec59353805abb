import { assert, describe, it } from "@effect/vitest"
import { freePort } from "../support/freePort.ts"
import { newDatabase, runSql, runSqlIn } from "../support/newDatabase.ts"
import { Proxy } from "../support/Proxy.ts"
import { ServiceProcess } from "../support/ServiceProcess.ts"

const secret = { BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody" }

/** A new database, and a role that may do in it what anybody may, as PostgreSQL 15 and later have it. */
const strangerToDatabase = async () => {
  const administrator = await newDatabase()
  const role = `stranger_${crypto.randomUUID().replaceAll("-", "")}`
  await runSql(`CREATE ROLE ${role} LOGIN PASSWORD 'stranger'`)
  const url = new URL(administrator)
  url.username = role
  url.password = "stranger"
  return { administrator, database: url.pathname.slice(1), role, url }
}

/** Starts a service that is not to come up, and answers the one line that it ends with. */
const refusal = async (settings: Record<string, string>) => {
  const service = ServiceProcess.launch(await freePort(), { ...settings, ...secret })
  assert.strictEqual(await service.ended, 1, service.stderr)
  assert.match(service.said, /^todo: [^\n]+\n$/)
  assert.notInclude(service.said, "current transaction is aborted")
  return service.said
}

/** The statements that a line says to run. */
const toRun = (said: string) => / run[^:]*: (.*)\n$/.exec(said)?.[1] ?? /run "(ALTER ROLE [^"]+)"/.exec(said)?.[1]

describe("a database that cannot be used", () => {
  it("says which rights a role lacks; run as it is said, the service starts", async () => {
    const { administrator, role, url } = await strangerToDatabase()
    const said: Array<string> = []
    for (;;) {
      const service = ServiceProcess.launch(await freePort(), { DATABASE_URL: url.href, ...secret })
      const end = await Promise.race([service.ended, service.ready().then(() => "ready" as const, () => 1)])
      if (end === "ready") {
        await service.stop()
        break
      }
      said.push(service.said)
      assert.isAtMost(said.length, 2, said.join(""))
      for (const statement of toRun(service.said)!.split("; ")) await runSqlIn(administrator.href, statement)
    }
    assert.match(
      said[0]!,
      /^todo: The database cannot be used: permission denied for schema public\. As an administrator/
    )
    assert.include(said[0], `GRANT CREATE ON DATABASE "${url.pathname.slice(1)}" TO "${role}"`)
    assert.match(said[1]!, /CREATEROLE/)
  })

  it("a migration that fails says what PostgreSQL said", async () => {
    const { administrator, role, url } = await strangerToDatabase()
    await runSqlIn(administrator.href, `GRANT CREATE ON SCHEMA public TO ${role}`)
    assert.match(
      await refusal({ DATABASE_URL: url.href }),
      /^todo: [^\n]*Migration "1_auth" failed: permission denied for database [^\n]*GRANT CREATE ON DATABASE/
    )
  })

  it("a database that another role has made says whose it has to be", async () => {
    const { administrator, role, url } = await strangerToDatabase()
    const service = await ServiceProcess.start({ DATABASE_URL: administrator.href, ...secret })
    await service.stop()
    await runSqlIn(administrator.href, `GRANT CREATE, USAGE ON SCHEMA public, auth, todo TO ${role}`)
    assert.match(
      await refusal({ DATABASE_URL: url.href }),
      /permission denied for table todo_migrations\. An earlier start has made this as another role: [^\n]*UNPOOLED/
    )
  })

  for (
    const [setting, value, said] of [
      ["default_transaction_read_only", "on", /: cannot execute [^\n]* in a read-only transaction\. It is a standby/],
      ["search_path", "nowhere", /: no schema has been selected to create in\. The search_path names no schema/]
    ] as const
  ) {
    it(`${setting} = ${value} says so; run as it is said, the service starts`, async () => {
      const { administrator, database, role, url } = await strangerToDatabase()
      await runSqlIn(
        administrator.href,
        `ALTER DATABASE ${database} OWNER TO ${role}`,
        `ALTER ROLE ${role} CREATEROLE`,
        `ALTER ROLE ${role} SET ${setting} = ${value}`
      )
      const line = await refusal({ DATABASE_URL: url.href })
      assert.match(line, said)
      await runSqlIn(administrator.href, toRun(line)!)
      const service = await ServiceProcess.start({ DATABASE_URL: url.href, ...secret })
      await service.stop()
    })
  }

  it("row_security = off says so; run as it is said, the service starts", async () => {
    const url = await newDatabase()
    await runSql(`ALTER DATABASE ${url.pathname.slice(1)} SET row_security = off`)
    const line = await refusal({ DATABASE_URL: url.href })
    assert.match(line, /row_security is off for the database role todo_app_/)
    await runSql(toRun(line)!)
    const service = await ServiceProcess.start({ DATABASE_URL: url.href, ...secret })
    await service.stop()
  })

  it("a statement_timeout is for requests, and a start waits for another's", async () => {
    const { administrator, database, role, url } = await strangerToDatabase()
    await runSqlIn(
      administrator.href,
      `ALTER DATABASE ${database} OWNER TO ${role}`,
      `ALTER ROLE ${role} CREATEROLE`,
      `ALTER ROLE ${role} SET statement_timeout = 200`
    )
    // As another replica that migrates.
    const other = runSqlIn(administrator.href, "SELECT pg_advisory_xact_lock(7460311), pg_sleep(4)")
    const service = await ServiceProcess.start({ DATABASE_URL: url.href, ...secret })
    await other
    await service.stop()
  })

  it("a host of which no address answers is named", async () => {
    // It has two, ::1 and 127.0.0.1: Node says nothing of them itself.
    const line = await refusal({ DATABASE_URL: `postgres://todo:todo@localhost:${await freePort()}/todo` })
    assert.match(line, /^todo: The database cannot be used: [^\n]*ECONNREFUSED/)
  })

  it("a connection that is lost while it migrates says so in a line", async () => {
    const url = await newDatabase()
    let answers = 0
    const proxy = await Proxy.start(Number(url.port), 0, () => {
      // The first few are of signing in; then the transaction has begun.
      if (++answers === 8) void proxy.stop()
    })
    url.port = String(proxy.port)
    assert.match(await refusal({ DATABASE_URL: url.href }), /^todo: The database cannot be used: [^\n]+\n$/)
    assert.isAtLeast(answers, 8)
  })
})
