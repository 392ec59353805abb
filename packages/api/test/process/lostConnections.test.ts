import { assert, it } from "@effect/vitest"
import { lockTasks } from "../support/lockTasks.ts"
import { newDatabase, runSql } from "../support/newDatabase.ts"
import { Proxy } from "../support/Proxy.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const secret = { BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody" }

it("nobody who reads notices that every connection is ended, again and again", async () => {
  const database = await newDatabase()
  const service = await ServiceProcess.start({ DATABASE_URL: database.href, ...secret })
  const client = await new Client(service.url).signUp()
  await client.json("POST", "/api/v1/tasks", { title: "Kept" })
  const statuses = new Set<number>()
  const over = new AbortController()
  const readers = Array.from({ length: 8 }, async () => {
    while (!over.signal.aborted) statuses.add((await client.json("GET", "/api/v1/tasks")).status)
  })
  const name = database.pathname.slice(1)
  for (let i = 0; i < 10; i++) {
    await runSql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
  }
  over.abort()
  await Promise.all(readers)
  assert.deepStrictEqual([...statuses], [200], service.stderr)
  assert.deepStrictEqual(await client.titles(), ["Kept"])
  await service.stop()
})

it("a read whose connection is cut is asked again; a write is answered with 503", async () => {
  const database = await newDatabase()
  const proxy = await Proxy.start(Number(database.port))
  const url = new URL(database)
  url.port = String(proxy.port)
  const service = await ServiceProcess.start({ DATABASE_URL: url.href, ...secret })
  const client = await new Client(service.url).signUp()
  const release = await lockTasks(database)
  const read = client.json("GET", "/api/v1/tasks")
  const write = client.json("POST", "/api/v1/tasks", { title: "Perhaps" })
  await new Promise((resolve) => setTimeout(resolve, 300))
  proxy.cut()
  assert.strictEqual((await write).status, 503)
  await release()
  assert.strictEqual((await read).status, 200, service.stderr)
  // Nothing is there twice.
  assert.isAtMost((await client.titles()).length, 1)
  await service.stop()
  await proxy.stop()
})

it("waits for a database that is waking up, and tries again meanwhile", async () => {
  const database = await newDatabase()
  const target = Number(database.port)
  const proxy = await Proxy.start(target)
  database.port = String(proxy.port)
  const service = await ServiceProcess.start({ DATABASE_URL: database.href, ...secret })
  const client = await new Client(service.url).signUp()
  await proxy.stop()
  const [read, write] = [client.json("GET", "/api/v1/tasks"), client.json("POST", "/api/v1/tasks", { title: "Early" })]
  await new Promise((resolve) => setTimeout(resolve, 800))
  const awake = await Proxy.start(target, proxy.port)
  assert.deepStrictEqual([(await read).status, (await write).status], [200, 201])
  assert.deepStrictEqual(await client.titles(), ["Early"])
  await service.stop()
  await awake.stop()
})

it("replaces a connection that never answers", async () => {
  const database = await newDatabase()
  const proxy = await Proxy.start(Number(database.port))
  database.port = String(proxy.port)
  const service = await ServiceProcess.start({
    DATABASE_URL: database.href,
    STATEMENT_TIMEOUT: "200 millis",
    REQUEST_TIMEOUT: "2 seconds",
    ...secret
  })
  const client = await new Client(service.url).signUp()
  proxy.stall()
  assert.strictEqual((await client.json("GET", "/api/v1/tasks")).status, 503)
  // Reads find out about some connections, and writes about that which makes them durable.
  while ((await client.json("GET", "/api/v1/tasks")).status === 503) assert.isNull(service.process.exitCode)
  const title = { title: "Again" }
  while ((await client.json("POST", "/api/v1/tasks", title)).status === 503) assert.isNull(service.process.exitCode)
  assert.strictEqual((await client.json("POST", "/api/v1/tasks", title)).status, 201)
  assert.strictEqual((await client.json("GET", "/health/ready")).status, 200)
  assert.strictEqual(await service.stop(), 0)
  await proxy.stop()
})
