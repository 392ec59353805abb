import { assert, it } from "@effect/vitest"
import { setTimeout } from "node:timers/promises"
import { Cluster } from "../../checker/Cluster.ts"
import { EventSource } from "../support/EventSource.ts"
import { newLog } from "../support/Logs.ts"
import { newDatabase, runSql } from "../support/newDatabase.ts"
import { Proxy } from "../support/Proxy.ts"
import { secret as ownSecret } from "../support/secret.ts"
import { recordRequests } from "../support/Secrets.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const secret = { BETTER_AUTH_SECRET: ownSecret }

/** PostgreSQL waits for a standby that there is not, as it would for a disk that is slow. */
const stallFlushes = async (cluster: Cluster, stalled: boolean) => {
  await cluster.query(`ALTER SYSTEM SET synchronous_standby_names = '${stalled ? "nobody" : ""}'`)
  await cluster.query("SELECT pg_reload_conf()")
  if (stalled) await setTimeout(500)
}

/** Runs a test on a PostgreSQL and a service of its own, which end with it, also when it fails. */
const onCluster = async (test: (cluster: Cluster) => Promise<void>) => {
  recordRequests()
  const cluster = await Cluster.start(newLog())
  try {
    await test(cluster)
  } finally {
    await cluster.stop()
  }
}

/** Resolves with false when the promise is pending after a while. */
const isSettled = (promise: Promise<unknown>) => Promise.race([promise.then(() => true), setTimeout(500, false)])

it("answers a write, and who reads what it wrote, when PostgreSQL has it safe", () =>
  onCluster(async (cluster) => {
    const [mine, theirs] = [await new Client(cluster.url).signUp(), await new Client(cluster.url).signUp()]
    await stallFlushes(cluster, true)
    const write = mine.json("POST", "/api/v1/tasks", { title: "Safe" })
    while ((await cluster.query("SELECT FROM todo.tasks")).length === 0) await setTimeout(10)
    const read = mine.titles()
    assert.isFalse(await isSettled(write))
    assert.isFalse(await isSettled(read))
    assert.deepStrictEqual(await theirs.titles(), [])

    await stallFlushes(cluster, false)
    assert.strictEqual((await write).status, 201)
    assert.deepStrictEqual(await read, ["Safe"])
  }))

it("tells what has happened when PostgreSQL has it safe, whichever replica has written it", () =>
  onCluster(async (cluster) => {
    const client = await new Client(cluster.url).signUp()
    const settings = {
      DATABASE_URL: cluster.databaseUrl,
      ...secret,
      PUBLIC_URL: "http://localhost"
    }
    const others = [
      await ServiceProcess.start(settings),
      await ServiceProcess.start({ ...settings, GROUP_COMMIT: "off" })
    ]
    const ask = async (url: string, path: string) => {
      const answer = await new Client(url).json("GET", `/api/v1/changes${path}`, undefined, client.jwt)
      return await answer.json() as { cursor: string; items: ReadonlyArray<unknown> }
    }
    const { cursor } = await ask(cluster.url, "")
    const urls = [cluster.url, ...others.map(({ url }) => url)]
    const streams = await Promise.all(urls.map((url) => EventSource.open(url, client.jwt)))
    for (const stream of streams) await stream.take(1)

    await stallFlushes(cluster, true)
    const write = client.json("POST", "/api/v1/tasks", { title: "Safe" })
    while ((await cluster.query("SELECT FROM todo.tasks")).length === 0) await setTimeout(10)
    const asked = urls.flatMap((url) => [ask(url, `?cursor=${cursor}`), ask(url, "")])
    // By now each replica has looked.
    await setTimeout(1000)
    assert.deepStrictEqual(await Promise.all(asked.map(isSettled)), asked.map(() => false))
    for (const { events } of streams) assert.deepStrictEqual(events, [])

    await stallFlushes(cluster, false)
    assert.strictEqual((await write).status, 201)
    for (const { items } of await Promise.all(asked)) assert.lengthOf(items, 1)
    for (const stream of streams) {
      await stream.take(1)
      stream.close()
    }
    for (const other of others) await other.stop()
  }))

it("answers 503 where nobody knows whether a write is safe, and goes on with a new connection", () =>
  onCluster(async (cluster) => {
    const client = await new Client(cluster.url).signUp()
    await stallFlushes(cluster, true)
    const write = client.json("POST", "/api/v1/tasks", { title: "Perhaps" })
    while ((await cluster.query("SELECT FROM todo.tasks")).length === 0) await setTimeout(10)
    const terminate =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'todo group commit'"
    assert.lengthOf(await cluster.query(terminate), 1)
    assert.strictEqual((await write).status, 503)

    await stallFlushes(cluster, false)
    assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Next" })).status, 201)
    // Nobody waits for it: it is found to be gone before the next write.
    assert.lengthOf(await cluster.query(terminate), 1)
    await setTimeout(200)
    assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Last" })).status, 201)
  }))

it("commits each write by itself behind a pooler, and where the operator wants it", async () => {
  const database = await newDatabase()
  const pooler = await Proxy.start(Number(database.port), 0, nameAnother)
  const pooled = new URL(database)
  pooled.port = String(pooler.port)
  const connections = `SELECT FROM pg_stat_activity
    WHERE datname = '${database.pathname.slice(1)}' AND application_name = 'todo group commit'`
  for (
    const [environment, expected] of [
      [{ DATABASE_URL: database.href }, 1],
      [{ DATABASE_URL: pooled.href }, 0],
      [{ DATABASE_URL: database.href, GROUP_COMMIT: "off" }, 0],
      [{ DATABASE_URL: database.href, DATABASE_CONNECTIONS: "1" }, 0]
    ] as const
  ) {
    const service = await ServiceProcess.start({ ...environment, ...secret })
    const client = await new Client(service.url).signUp()
    assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Either way" })).status, 201)
    assert.lengthOf(await runSql(connections), expected, JSON.stringify(environment))
    await service.stop()
  }
  await pooler.stop()
})

/** What a pooler does: the process that it names when it is connected to is not that which answers. */
const nameAnother = (chunk: Buffer) => {
  // BackendKeyData, with a key of four bytes.
  const at = chunk.indexOf("K\0\0\0\x0c", 0, "latin1")
  if (at >= 0) chunk.writeInt32BE(chunk.readInt32BE(at + 5) + 1, at + 5)
}
