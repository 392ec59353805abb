import { assert, it } from "@effect/vitest"
import { connect, createServer, type Server } from "node:net"
import { setTimeout } from "node:timers/promises"
import { Cluster } from "../../checker/Cluster.ts"
import { newLog } from "../support/Logs.ts"
import { newDatabase, runSql } from "../support/newDatabase.ts"
import { recordRequests } from "../support/Secrets.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const secret = { BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody" }

/** PostgreSQL waits for a standby that there is not, as it would for a disk that is slow. */
const stallFlushes = async (cluster: Cluster, stalled: boolean) => {
  await cluster.query(`ALTER SYSTEM SET synchronous_standby_names = '${stalled ? "nobody" : ""}'`)
  await cluster.query("SELECT pg_reload_conf()")
}

/** Resolves with false when the promise is pending after a while. */
const isSettled = (promise: Promise<unknown>) => Promise.race([promise.then(() => true), setTimeout(500, false)])

it("answers a write, and who reads what it wrote, when PostgreSQL has it safe", async () => {
  recordRequests()
  const cluster = await Cluster.start(newLog())
  const [mine, theirs] = [await new Client(cluster.url).signUp(), await new Client(cluster.url).signUp()]
  await stallFlushes(cluster, true)
  await setTimeout(500)
  const write = mine.json("POST", "/api/v1/tasks", { title: "Safe" })
  while ((await cluster.query("SELECT FROM todo.tasks")).length === 0) await setTimeout(10)
  const read = mine.titles()
  assert.isFalse(await isSettled(write))
  assert.isFalse(await isSettled(read))
  assert.deepStrictEqual(await theirs.titles(), [])

  await stallFlushes(cluster, false)
  assert.strictEqual((await write).status, 201)
  assert.deepStrictEqual(await read, ["Safe"])
  await cluster.stop()
})

it("answers 503 where nobody knows whether a write is safe, and goes on with a new connection", async () => {
  recordRequests()
  const cluster = await Cluster.start(newLog())
  const client = await new Client(cluster.url).signUp()
  await stallFlushes(cluster, true)
  await setTimeout(500)
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
  await cluster.stop()
})

it("commits each write by itself behind a pooler, and where the operator wants it", async () => {
  const database = await newDatabase()
  const pooler = await startPooler(Number(database.port))
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
  await new Promise((resolve) => pooler.server.close(resolve))
})

/** What a pooler is to its clients: the process that it names when they connect is not that of the server. */
const startPooler = async (target: number) => {
  const server: Server = createServer((incoming) => {
    const outgoing = connect(target, "127.0.0.1")
    incoming.pipe(outgoing)
    outgoing.on("data", (chunk: Buffer) => {
      // BackendKeyData, with a key of four bytes.
      const at = chunk.indexOf("K\0\0\0\x0c", 0, "latin1")
      if (at >= 0) chunk.writeInt32BE(chunk.readInt32BE(at + 5) + 1, at + 5)
      incoming.write(chunk)
    })
    for (const [from, to] of [[incoming, outgoing], [outgoing, incoming]] as const) {
      from.on("error", () => {}).on("close", () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 }
}
