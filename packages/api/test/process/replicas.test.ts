import { assert, describe, it } from "@effect/vitest"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { freePort } from "../support/freePort.ts"
import { newDatabase, runSql } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const secret = { BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody" }

describe("on a PostgreSQL server", () => {
  it("two services that start at once on an empty database both come up, and serve the same people", async () => {
    const url = await newDatabase()
    const settings = { DATABASE_URL: url.href, PUBLIC_URL: "http://localhost", ...secret }
    const [first, second] = [
      ServiceProcess.launch(await freePort(), settings),
      ServiceProcess.launch(await freePort(), settings)
    ]
    await Promise.all([first.ready(), second.ready()])
    const client = await new Client(first.url).signUp()
    assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Shared" })).status, 201)
    const elsewhere = await new Client(second.url, client.email).signIn()
    assert.deepStrictEqual(await elsewhere.titles(), ["Shared"])
    // One made the first signing key, and both know it.
    const keys = await Promise.all([first, second].map(async ({ url }) => (await fetch(`${url}/api/auth/jwks`)).text()))
    assert.strictEqual(keys[0], keys[1])
    assert.lengthOf((JSON.parse(keys[0]!) as { keys: Array<unknown> }).keys, 1)
    // What one hands out the other takes.
    client.jwt = elsewhere.jwt
    assert.deepStrictEqual(await client.titles(), ["Shared"])
    await Promise.all([first.stop(), second.stop()])
  })

  it("what ends on one replica is dead on the other with the next request", async () => {
    const url = await newDatabase()
    const settings = { DATABASE_URL: url.href, PUBLIC_URL: "http://localhost", ...secret }
    const one = await ServiceProcess.start(settings)
    const two = await ServiceProcess.start(settings)
    const owner = await new Client(one.url).signUp()
    const sessionOf = (jwt: string) =>
      (JSON.parse(Buffer.from(jwt.split(".")[1]!, "base64url").toString()) as { sid: string }).sid
    const other = () => new Client(two.url, owner.email).signIn()
    const scripted = async () => {
      const body = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }
      const made = await (await owner.json("POST", "/api/v1/tokens", body)).json() as { id: string; secret: string }
      const client = new Client(two.url)
      const exchanged = await client.json("GET", "/api/auth/token", undefined, made.secret)
      client.jwt = (await exchanged.json() as { token: string }).token
      return { client, id: made.id, secret: made.secret }
    }

    const ended = await other()
    const outOfMany = await other()
    const signedOut = await other()
    const revoked = await scripted()
    const sentItself = await scripted()
    sentItself.client.jwt = sentItself.secret
    const password = "another horse, another battery"
    const changed = await new Client(two.url).signUp()
    const changedElsewhere = await new Client(two.url, changed.email).signIn()
    const deleted = await new Client(two.url).signUp()
    /** Says it on the first replica, as the session of somebody who is used to the second. */
    const ask = (client: Client, path: string, body: unknown) =>
      owner.json("POST", `/api/auth${path}`, body, client.session)
    const endings: ReadonlyArray<readonly [string, Client, () => Promise<Response>]> = [
      ["a session ended", ended, () => owner.json("DELETE", `/api/v1/sessions/${sessionOf(ended.jwt)}`)],
      ["a sign-out", signedOut, () => ask(signedOut, "/sign-out", {})],
      ["all others ended", outOfMany, () => owner.json("DELETE", "/api/v1/sessions")],
      ["a token revoked", revoked.client, () => owner.json("DELETE", `/api/v1/tokens/${revoked.id}`)],
      [
        "a token revoked that takes the place of a JWT",
        sentItself.client,
        () => owner.json("DELETE", `/api/v1/tokens/${sentItself.id}`)
      ],
      [
        "another password",
        changedElsewhere,
        () => ask(changed, "/change-password", { currentPassword: changed.password, newPassword: password })
      ],
      ["an account deleted", deleted, () => ask(deleted, "/delete-user", { password: deleted.password })]
    ]
    const delays: Array<string> = []
    for (const [what, client, end] of endings) {
      // Remembered by the replica that will have to refuse it.
      assert.strictEqual((await client.json("GET", "/api/v1/tasks")).status, 200, what)
      assert.isBelow((await end()).status, 300, what)
      const ended = performance.now()
      assert.strictEqual((await client.json("GET", "/api/v1/tasks")).status, 401, what)
      delays.push(`${what}: ${(performance.now() - ended).toFixed(1)} ms`)
    }
    console.info(`Refused by the other replica after\n  ${delays.join("\n  ")}`)
    assert.strictEqual((await changed.json("GET", "/api/v1/tasks")).status, 401)
    assert.strictEqual((await owner.json("GET", "/api/v1/tasks")).status, 200)
    await Promise.all([one.stop(), two.stop()])
  })

  it("takes a role such as Neon makes: owner of the database, BYPASSRLS and CREATEROLE, and no superuser", async () => {
    const url = await newDatabase()
    const owner = `neon_${crypto.randomUUID().replaceAll("-", "")}`
    await runSql(
      `CREATE ROLE ${owner} LOGIN PASSWORD 'neon' CREATEROLE CREATEDB BYPASSRLS`,
      `ALTER DATABASE "${url.pathname.slice(1)}" OWNER TO ${owner}`
    )
    url.username = owner
    url.password = "neon"
    for (const title of ["First start", "Second start"]) {
      const service = await ServiceProcess.start({ DATABASE_URL: url.href, ...secret })
      const client = await new Client(service.url).signUp()
      assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title })).status, 201)
      assert.deepStrictEqual(await client.titles(), [title])
      await service.stop()
    }
  })

  it("takes the role of compose.yaml: owner of the database and CREATEROLE, held by the policies", async () => {
    const url = await newDatabase()
    const owner = `compose_${crypto.randomUUID().replaceAll("-", "")}`
    const script = await readFile(join(import.meta.dirname, "../../../../compose/owner.sql"), "utf8")
    // As psql runs it, but for the names, and for the superuser's password, which the tests need.
    const statements = script.split("\n").filter((line) => /^(CREATE ROLE|ALTER DATABASE) /.test(line))
    assert.lengthOf(statements, 2)
    await runSql(
      ...statements.map((line) =>
        line.replace("ROLE todo", `ROLE ${owner}`).replace(
          "DATABASE todo OWNER TO todo",
          `DATABASE "${url.pathname.slice(1)}" OWNER TO ${owner}`
        )
          .replace(":'password'", "'compose'")
      )
    )
    const [role] = await runSql(`SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = '${owner}'`)
    assert.deepStrictEqual(role, { rolsuper: false, rolbypassrls: false })
    url.username = owner
    url.password = "compose"
    const client = { email: "" }
    for (const start of ["First", "Second"]) {
      const service = await ServiceProcess.start({ DATABASE_URL: url.href, ...secret })
      const person = start === "First"
        ? await new Client(service.url).signUp()
        : await new Client(service.url, client.email).signIn()
      client.email = person.email
      assert.strictEqual((await person.json("POST", "/api/v1/tasks", { title: start })).status, 201)
      assert.deepStrictEqual(await person.titles(), start === "First" ? ["First"] : ["Second", "First"])
      await service.stop()
    }
  })

  it("says what to run when it may not make a role that the policies hold", async () => {
    const url = await newDatabase()
    const owner = `owner_${crypto.randomUUID().replaceAll("-", "")}`
    await runSql(
      `CREATE ROLE ${owner} LOGIN PASSWORD 'owner'`,
      `ALTER DATABASE "${url.pathname.slice(1)}" OWNER TO ${owner}`
    )
    url.username = owner
    url.password = "owner"
    const service = ServiceProcess.launch(await freePort(), { DATABASE_URL: url.href, ...secret })
    assert.strictEqual(await service.ended, 1)
    assert.match(
      service.said,
      /^todo: The database role owner_\w+ could bypass [^\n]*ALTER ROLE owner_\w+ CREATEROLE[^\n]+\n$/
    )
  })

  it("uses a role of the operator's own when that one is held by the policies", async () => {
    const url = await newDatabase()
    const role = `operator_${crypto.randomUUID().replaceAll("-", "")}`
    await runSql(`CREATE ROLE ${role} LOGIN PASSWORD 'operator'`)
    const runtime = new URL(url)
    runtime.username = role
    runtime.password = "operator"
    const service = await ServiceProcess.start({
      DATABASE_URL: runtime.href,
      DATABASE_URL_UNPOOLED: url.href,
      ...secret
    })
    const client = await new Client(service.url).signUp()
    assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Mine" })).status, 201)
    await service.stop()
  })

  it("leaves the password of its role as it is, which a pooler may have learnt, and puts a wrong one right", async () => {
    const url = await newDatabase()
    const settings = { DATABASE_URL: url.href, ...secret }
    const role = `todo_app_${url.pathname.slice(1)}`
    const password = () => runSql(`SELECT rolpassword FROM pg_authid WHERE rolname = '${role}'`)
    await (await ServiceProcess.start(settings)).stop()
    const first = await password()
    assert.lengthOf(first, 1)
    await (await ServiceProcess.start(settings)).stop()
    assert.deepStrictEqual(await password(), first)
    await runSql(`ALTER ROLE "${role}" PASSWORD 'another'`)
    const service = await ServiceProcess.start(settings)
    await new Client(service.url).signUp()
    await service.stop()
  })

  it("refuses, in one line, a secret that does not open the database's keys", async () => {
    const url = await newDatabase()
    const first = await ServiceProcess.start({ DATABASE_URL: url.href, ...secret })
    await new Client(first.url).signUp()
    const second = ServiceProcess.launch(await freePort(), {
      DATABASE_URL: url.href,
      BETTER_AUTH_SECRET: "another secret, which opens nothing at all"
    })
    assert.strictEqual(await second.ended, 1)
    assert.match(second.said, /^todo: BETTER_AUTH_SECRET is not the one [^\n]+\n$/)
    // Nothing has changed for the one that is right, also when it has to connect anew.
    await runSql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${url.pathname.slice(1)}'`)
    await first.ready()
    await new Client(first.url).signUp()
    await first.stop()
  })

  it("refuses, in one line, a role that could bypass the policies", async () => {
    const url = await newDatabase()
    const first = await ServiceProcess.start({ DATABASE_URL: url.href, ...secret })
    await first.stop()
    await runSql(`ALTER ROLE "todo_app_${url.pathname.slice(1)}" BYPASSRLS`)
    const second = ServiceProcess.launch(await freePort(), { DATABASE_URL: url.href, ...secret })
    assert.strictEqual(await second.ended, 1)
    assert.match(
      second.said,
      /^todo: The database role todo_app_\S+ could bypass row-level security\.[^\n]*ALTER ROLE [^\n]+\n$/
    )
  })
})
