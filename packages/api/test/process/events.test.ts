import { assert, describe, it } from "@effect/vitest"
import { once } from "node:events"
import { connect } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { EventSource } from "../support/EventSource.ts"
import { newDatabase } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const secret = { BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody" }

const start = async (more: Record<string, string> = {}) => {
  const settings = { DATABASE_URL: (await newDatabase()).href, PUBLIC_URL: "http://localhost", ...secret, ...more }
  return { settings, one: await ServiceProcess.start(settings) }
}

/** Somebody's client of another replica, with the same session. */
const elsewhere = (client: Client, { url }: ServiceProcess) =>
  Object.assign(new Client(url, client.email), { session: client.session, jwt: client.jwt })

const add = async (client: Client, title: string) => {
  const answer = await client.json("POST", "/api/v1/tasks", { title })
  assert.strictEqual(answer.status, 201)
}

const titles = (events: Awaited<ReturnType<EventSource["take"]>>) =>
  events.map(({ data }) => (data as { value: { title: string } }).value.title)

describe("streams of events, on a PostgreSQL server", () => {
  it("hear within a second what another replica has written, and go on there", async () => {
    const { one, settings } = await start()
    const two = await ServiceProcess.start(settings)
    const client = await new Client(one.url).signUp()
    const other = elsewhere(client, two)
    const here = await EventSource.open(one.url, client.jwt)
    const there = await EventSource.open(two.url, client.jwt)
    for (const source of [here, there]) await source.take(1)
    const delays: Array<number> = []
    for (let i = 0; i < 10; i++) {
      await add(i % 2 === 0 ? client : other, `Task ${i}`)
      const writtenAt = performance.now()
      for (const source of [here, there]) assert.deepStrictEqual(titles(await source.take(1)), [`Task ${i}`])
      delays.push(performance.now() - writtenAt)
    }
    delays.sort((one, other) => one - other)
    console.info(`Heard by both replicas after ${delays.map((delay) => delay.toFixed(0)).join(", ")} ms`)
    // All but what a busy machine holds up.
    assert.isBelow(delays[7]!, 1000)
    await add(client, "Last here")
    const [last] = await here.take(1)
    const [, unheard] = [await add(other, "Not heard"), await here.take(1)]
    assert.deepStrictEqual(titles(unheard), ["Not heard"])
    await one.stop("SIGKILL")
    await here.ended()
    const resumed = await EventSource.open(two.url, client.jwt, "", { "last-event-id": last!.id })
    assert.deepStrictEqual(titles((await resumed.take(2)).slice(1)), ["Not heard"])
    for (const source of [there, resumed]) source.close()
    await two.stop()
  })

  it("end when their token is revoked on another replica", async () => {
    const { one, settings } = await start()
    const two = await ServiceProcess.start(settings)
    const client = await new Client(one.url).signUp()
    const body = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }
    const token = await (await client.json("POST", "/api/v1/tokens", body)).json() as { id: string; secret: string }
    const source = await EventSource.open(two.url, token.secret)
    await source.take(1)
    await client.json("DELETE", `/api/v1/tokens/${token.id}`)
    const revokedAt = performance.now()
    await source.ended()
    assert.isBelow(performance.now() - revokedAt, 30_000)
    assert.deepStrictEqual(source.events, [])
    await Promise.all([one.stop(), two.stop()])
  })

  it("end at SIGTERM, with the drain, and until then tell what happens", async () => {
    const { one } = await start({ DRAIN_DELAY: "2 seconds" })
    const people = await Promise.all(Array.from({ length: 4 }, () => new Client(one.url).signUp()))
    const sources = await Promise.all(people.map(({ jwt }) => EventSource.open(one.url, jwt)))
    for (const source of sources) await source.take(1)
    const stopped = one.stop("SIGTERM")
    for (const client of people) await add(client, "While it drains")
    for (const source of sources) assert.deepStrictEqual(titles(await source.take(1)), ["While it drains"])
    const endedAt = performance.now()
    assert.strictEqual(await stopped, 0)
    assert.isBelow(performance.now() - endedAt, 15_000)
    for (const source of sources) await source.ended()
  })

  it("are no requests at work, and are bounded in all", async () => {
    const { one } = await start({ MAX_REQUESTS: "2", MAX_EVENT_STREAMS: "4" })
    const client = await new Client(one.url).signUp()
    const sources = await Promise.all(Array.from({ length: 2 }, () => EventSource.open(one.url, client.jwt)))
    const more = [await EventSource.open(one.url, client.jwt), await EventSource.open(one.url, client.jwt)]
    const refused = await client.json("GET", "/api/v1/events")
    assert.strictEqual(refused.status, 503)
    assert.strictEqual(refused.headers.get("retry-after"), "1")
    await refused.arrayBuffer()
    await add(client, "Beside four streams")
    for (const source of [...sources, ...more]) {
      await source.take(2)
      source.close()
    }
    await one.stop()
  })

  it("are cut where nobody reads, and where somebody reads are not", async () => {
    const { one } = await start()
    const client = await new Client(one.url).signUp()
    const reading = await EventSource.open(one.url, client.jwt)
    const deaf = connect(Number(new URL(one.url).port), "127.0.0.1")
    await once(deaf, "connect")
    deaf.pause().on("error", () => {})
    deaf.write(`GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${client.jwt}\r\n\r\n`)
    await reading.take(1)
    const description = "x".repeat(20_000)
    const isCut = () => one.stderr.includes("Cut 1 connections")
    const startedAt = performance.now()
    let written = 0
    while (!isCut() && performance.now() - startedAt < 120_000) {
      const answer = await client.json("POST", "/api/v1/tasks", { title: `Long ${written++}`, description })
      await answer.arrayBuffer()
      // By now it is more than kernels take off a process.
      if (written > 1000) await sleep(100)
    }
    assert.isTrue(isCut())
    await reading.take(written)
    assert.isFalse(reading.isEnded)
    reading.close()
    deaf.destroy()
    await one.stop()
  })
})
