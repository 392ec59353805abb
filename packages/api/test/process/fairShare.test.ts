import { assert, describe, it } from "@effect/vitest"
import { setTimeout } from "node:timers/promises"
import { newDatabase } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

/** Asks for a list again and again on so many connections until told to stop. */
const listing = (client: Client, query: string, connections: number) => {
  const millis: Array<number> = []
  const statuses: Record<number, number> = {}
  let longest = 0
  const over = new AbortController()
  const each = async () => {
    while (!over.signal.aborted) {
      const startedAt = performance.now()
      const answer = await client.json("GET", `/api/v1/tasks?${query}`)
      longest = Math.max(longest, (await answer.arrayBuffer()).byteLength)
      millis.push(performance.now() - startedAt)
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    }
  }
  const all = Promise.all(Array.from({ length: connections }, each))
  return async () => {
    over.abort()
    await all
    millis.sort((a, b) => a - b)
    return { count: millis.length, p95: millis[Math.floor(millis.length * 0.95)]!, statuses, longest }
  }
}

describe("one user against all", () => {
  it("leaves the others their time, who lists the longest pages over 64 connections, and gets them", async () => {
    const service = await ServiceProcess.start({
      DATABASE_URL: (await newDatabase()).href,
      BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody"
    })
    const [heavy, other] = await Promise.all([1, 2].map(() => new Client(service.url).signUp()))
    const longest = { title: "Long", description: "\u0001".repeat(20_000) }
    for (let i = 0; i < 10; i++) assert.strictEqual((await heavy!.json("POST", "/api/v1/tasks", longest)).status, 201)
    for (let i = 0; i < 20; i++) await other!.json("POST", "/api/v1/tasks", { title: `Short ${i}` })

    // Until the service and the clients are warm.
    const warming = listing(other!, "limit=20", 1)
    await setTimeout(1500)
    await warming()
    const alone = listing(other!, "limit=20", 1)
    await setTimeout(2000)
    const quiet = await alone()
    const stop = listing(heavy!, "limit=200", 64)
    await setTimeout(1000)
    const accompanied = listing(other!, "limit=20", 1)
    await setTimeout(4000)
    const beside = await accompanied()
    const ofHeavy = await stop()

    assert.deepStrictEqual(Object.keys(beside.statuses), ["200"])
    assert.deepStrictEqual(Object.keys(ofHeavy.statuses), ["200"])
    assert.isAbove(ofHeavy.longest, 900_000)
    assert.isAbove(ofHeavy.count, 64)
    // Five times is the aim, on a machine of its own. Without a share it is a hundred times and more.
    assert.isBelow(beside.p95, Math.max(10 * quiet.p95, 100))
    await service.stop()
  })
})
