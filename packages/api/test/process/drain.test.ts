import { assert, describe, it } from "@effect/vitest"
import { inject } from "vitest"
import { Balancer } from "../support/Balancer.ts"
import { freePort } from "../support/freePort.ts"
import { usedDataDirectory } from "../support/preparedData.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const settings = () => ({
  DATABASE_URL: inject("postgresUrl"),
  BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
  PUBLIC_URL: "http://localhost",
  DRAIN_DELAY: "1 second"
})

describe("SIGTERM", () => {
  it("goes on serving while it says that it is not ready, and closes the connections of its answers", async () => {
    const service = await ServiceProcess.start(settings())
    const client = await new Client(service.url).signUp()
    const ended = service.stop("SIGTERM")
    let ready: Response
    do ready = await client.json("GET", "/health/ready")
    while (ready.status === 200)
    assert.strictEqual(ready.status, 503)
    assert.strictEqual((await ready.json() as { detail: string }).detail, "The service is stopping")
    const answer = await client.json("GET", "/api/v1/tasks")
    assert.strictEqual(answer.status, 200)
    assert.strictEqual(answer.headers.get("connection"), "close")
    assert.strictEqual(await ended, 0)
    assert.isUndefined(await fetch(service.url).catch(() => undefined))
  })

  it("fails no request of a service of two replicas behind a balancer, under load, reads or writes", async () => {
    const port = await freePort()
    const known = { ...settings(), PUBLIC_URL: `http://localhost:${port}` }
    const replicas = await Promise.all([ServiceProcess.start(known), ServiceProcess.start(known)])
    const balancer = await Balancer.start(replicas.map(({ url }) => url), port)
    const client = await new Client(balancer.url).signUp()
    const answers = new Map<string, number>()
    const served = async (count: number) => {
      const before = [...answers.values()].reduce((sum, each) => sum + each, 0)
      while ([...answers.values()].reduce((sum, each) => sum + each, 0) < before + count) {
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    const over = new AbortController()
    let created = 0
    const load = Array.from({ length: 16 }, async (_, index) => {
      while (!over.signal.aborted) {
        const answer = index % 4 === 0
          ? await client.json("POST", "/api/v1/tasks", { title: "Under load" })
          : await client.json("GET", "/api/v1/tasks?limit=1")
        await answer.arrayBuffer()
        if (answer.status === 201) created++
        const outcome = `${answer.status} ${answer.headers.get("x-error") ?? ""}`.trim()
        answers.set(outcome, (answers.get(outcome) ?? 0) + 1)
      }
    })
    await served(300)
    assert.strictEqual(await replicas[0]!.stop("SIGTERM"), 0)
    await served(300)
    over.abort()
    await Promise.all(load)
    assert.deepStrictEqual([...answers.keys()].sort(), ["200", "201"])
    assert.lengthOf(await client.titles(), created)
    await balancer.stop()
    await replicas[1]!.stop()
  })
})

it("Ctrl-C does not wait for balancers", async () => {
  const service = await ServiceProcess.start({ TODO_DATA_DIR: usedDataDirectory(), DRAIN_DELAY: "5 minutes" })
  assert.strictEqual(await service.stop("SIGINT"), 0)
})
