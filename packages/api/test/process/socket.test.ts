import { assert, it } from "@effect/vitest"
import { mkdtemp } from "node:fs/promises"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { newDatabase } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

it("serves from a PostgreSQL that listens on a socket in a folder, and commits in groups", async () => {
  const database = await newDatabase()
  // Short: the path of a socket has room for some 100 bytes.
  const folder = await mkdtemp(join(tmpdir(), "todo-"))
  let connections = 0
  const postgres = createServer((incoming) => {
    connections++
    const outgoing = connect(Number(database.port), database.hostname)
    incoming.pipe(outgoing)
    outgoing.pipe(incoming)
    incoming.on("error", () => outgoing.destroy())
    outgoing.on("error", () => incoming.destroy())
  })
  await new Promise<void>((resolve) => postgres.listen(join(folder, ".s.PGSQL.6432"), resolve))
  const { password, pathname, username } = database
  const service = await ServiceProcess.start({
    // As libpq takes it, without a host, which a URL would need.
    DATABASE_URL: `postgres://${username}:${password}@${pathname}?host=${folder}&port=6432`,
    BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody"
  })
  const client = await new Client(service.url).signUp()
  assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "By a socket" })).status, 201)
  assert.deepStrictEqual(await client.titles(), ["By a socket"])
  assert.notInclude(service.stderr, "A pooler is between")
  assert.include(service.stderr, `PostgreSQL at ${folder}/.s.PGSQL.6432, database ${pathname.slice(1)}`)
  // Requests are served as the role that the policies hold, and not as that of the URL.
  assert.isAtLeast(connections, 3)
  await service.stop()
  await new Promise((resolve) => postgres.close(resolve))
})
