import { assert, describe, it } from "@effect/vitest"
import { once } from "node:events"
import { connect } from "node:net"
import { text } from "node:stream/consumers"
import { setTimeout } from "node:timers/promises"
import { lockTasks } from "../support/lockTasks.ts"
import { newDatabase } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const start = async (variables: Record<string, string>) => {
  const database = await newDatabase()
  const service = await ServiceProcess.start({
    DATABASE_URL: database.href,
    BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
    ...variables
  })
  return { database, service, client: await new Client(service.url).signUp() }
}

const assertUnavailable = async (answer: Response, detail: RegExp) => {
  assert.strictEqual(answer.status, 503)
  assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
  assert.strictEqual(answer.headers.get("retry-after"), "1")
  const problem = await answer.json() as { code: string; detail: string; requestId: string }
  assert.strictEqual(problem.code, "service_unavailable")
  assert.match(problem.detail, detail)
  assert.strictEqual(problem.requestId, answer.headers.get("x-request-id"))
}

/** Waits until so many of them are refused. */
const refusedOf = async (count: number, answers: ReadonlyArray<Promise<Response>>) => {
  const refused: Array<Response> = []
  await new Promise<void>((resolve, reject) => {
    for (const promise of answers) {
      promise.then((answer) => {
        if (answer.status === 503) refused.push(answer)
        if (refused.length === count) resolve()
      }, reject)
    }
  })
  return { answers, refused }
}

const statuses = (answers: ReadonlyArray<Response>, status: number) =>
  answers.filter((answer) => answer.status === status).length

describe("more than it can do", () => {
  it("refuses requests beyond MAX_REQUESTS at once, and answers those inside and health", async () => {
    const { client, database, service } = await start({ MAX_REQUESTS: "3", CORS_ORIGINS: "http://app.test" })
    const release = await lockTasks(database)
    const { answers, refused } = await refusedOf(
      7,
      Array.from({ length: 10 }, () => client.json("GET", "/api/v1/tasks"))
    )
    for (const answer of refused) await assertUnavailable(answer, /more requests/)
    assert.strictEqual((await client.json("GET", "/health/live")).status, 200)
    // A page of another origin is told, too.
    const page = await fetch(`${service.url}/api/v1/tasks`, { headers: { origin: "http://app.test" } })
    assert.strictEqual(page.headers.get("access-control-allow-origin"), "http://app.test")
    assert.include(page.headers.get("access-control-expose-headers")!, "Retry-After")
    await assertUnavailable(page, /more requests/)
    await release()
    assert.strictEqual(statuses(await Promise.all(answers), 200), 3)
    assert.strictEqual((await client.json("GET", "/api/v1/tasks")).status, 200)
    await service.stop()
  })

  it("refuses one request after the other on a connection, and all that come at once", async () => {
    const { client, database, service } = await start({ MAX_REQUESTS: "1" })
    const release = await lockTasks(database)
    const { answers } = await refusedOf(1, [1, 2].map(() => client.json("GET", "/api/v1/tasks")))
    const socket = connect(Number(new URL(service.url).port), "localhost")
    const request = (line: string, ...rest: ReadonlyArray<string>) =>
      [`${line} /api/v1/tasks HTTP/1.1`, "host: localhost", `authorization: Bearer ${client.jwt}`, ...rest].join("\r\n")
    const body = ["content-type: application/json", "content-length: 15", "", "{\"title\":\"Tea\"}"]
    const requests = [request("GET", "", ""), request("POST", ...body), request("HEAD", "", "")]
    for (const one of requests) {
      socket.write(one)
      const [answer] = await once(socket, "data") as [Buffer]
      assert.match(answer.toString(), /^HTTP\/1.1 503 Service Unavailable\r\n/)
      assert.strictEqual(answer.includes("\"code\":\"service_unavailable\""), !one.startsWith("HEAD"))
    }
    socket.write([...requests, request("GET", "connection: close", "", "")].join(""))
    const all = (await text(socket)).split("HTTP/1.1 503 Service Unavailable\r\n").slice(1)
    assert.strictEqual(all.length, 4)
    const ids = all.map((one) => /^x-request-id: (.*)\r$/im.exec(one)![1]!)
    assert.strictEqual(new Set(ids).size, 4)
    for (const i of [0, 1, 3]) assert.include(all[i], `"requestId":"${ids[i]}"}`)
    assert.notInclude(all[2], "requestId")
    await release()
    assert.strictEqual(statuses(await Promise.all(answers), 200), 1)
    assert.deepStrictEqual(await (await client.json("GET", "/api/v1/tasks")).json(), { items: [], nextCursor: null })
    await service.stop()
  })

  it("tells those who have no turn in time, while 256 are at work", async () => {
    const { database, service } = await start({})
    const people = await Promise.all(Array.from({ length: 35 }, () => new Client(service.url).signUp()))
    // Known to have short answers, each may have 8 at work beside the others.
    for (const somebody of people) await somebody.json("GET", "/api/v1/tasks")
    const release = await lockTasks(database)
    const { answers, refused } = await refusedOf(
      24,
      Array.from({ length: 280 }, (_, i) => people[i % people.length]!.json("GET", "/api/v1/tasks"))
    )
    for (const answer of refused) await assertUnavailable(answer, /more requests/)
    await release()
    assert.strictEqual(statuses(await Promise.all(answers), 200), 256)
    await service.stop()
  })

  it("leaves the places of those who wait for their user's others to somebody else, and refuses users, not all", async () => {
    const { client, database, service } = await start({})
    const people = await Promise.all(Array.from({ length: 3 }, () => new Client(service.url).signUp()))
    const release = await lockTasks(database)
    // Of each 8 are at work and 128 wait: 408, and the others may have 256.
    const answers = people.flatMap((somebody) =>
      Array.from({ length: 140 }, () => somebody.json("GET", "/api/v1/tasks"))
    )
    const refused = (await Promise.all(answers.map((answer) => Promise.race([answer, setTimeout(3000, undefined)]))))
      .filter((answer) => answer !== undefined)
    assert.deepStrictEqual(refused.map((answer) => answer.status), Array.from({ length: 12 }, () => 429))
    assert.strictEqual(refused[0]!.headers.get("retry-after"), "1")
    assert.strictEqual((await refused[0]!.json() as { code: string }).code, "rate_limited")
    // It needs a place among those at work, and no connection to the database.
    assert.strictEqual((await client.json("GET", "/nope")).status, 404)
    await release()
    assert.strictEqual(statuses(await Promise.all(answers), 200), 408)
    await service.stop()
  })

  it("keeps nobody out for a client that sends its body slowly", async () => {
    const { client, service } = await start({ MAX_REQUESTS: "1" })
    let finish: () => void = () => {}
    const slow = fetch(`${service.url}/api/v1/tasks`, {
      method: "POST",
      headers: { "authorization": `Bearer ${client.jwt}`, "content-type": "application/json" },
      duplex: "half",
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode("{\"title\":"))
          finish = () => {
            controller.enqueue(new TextEncoder().encode("\"Slow\"}"))
            controller.close()
          }
        }
      })
    })
    for (let i = 0; i < 5; i++) assert.deepStrictEqual(await client.titles(), [])
    finish()
    assert.strictEqual((await slow).status, 201)
    assert.deepStrictEqual(await client.titles(), ["Slow"])
    await service.stop()
  })

  it("gives a request up after REQUEST_TIMEOUT, and a statement after STATEMENT_TIMEOUT", async () => {
    for (
      const [variables, detail] of [
        [{ REQUEST_TIMEOUT: "500 millis" }, /took too long/],
        [{ STATEMENT_TIMEOUT: "500 millis" }, /database does not answer/]
      ] as const
    ) {
      const { client, database, service } = await start(variables)
      const release = await lockTasks(database)
      await assertUnavailable(await client.json("GET", "/api/v1/tasks"), detail)
      await assertUnavailable(await client.json("POST", "/api/v1/tasks", { title: "Never" }), detail)
      await release()
      assert.strictEqual((await client.json("GET", "/api/v1/tasks")).status, 200)
      assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Then" })).status, 201)
      await service.stop()
    }
  })

  it("lets nobody wait for a connection longer than a second", async () => {
    const { client, database, service } = await start({ DATABASE_CONNECTIONS: "1", STATEMENT_TIMEOUT: "1 minute" })
    // Known to have short answers, somebody may have 64 at work.
    await client.json("GET", "/api/v1/tasks")
    const release = await lockTasks(database)
    // A connection is shared by 16 statements.
    const { answers } = await refusedOf(8, Array.from({ length: 24 }, () => client.json("GET", "/api/v1/tasks")))
    await release()
    const all = await Promise.all(answers)
    assert.deepStrictEqual([statuses(all, 503), statuses(all, 200)], [8, 16])
    await service.stop()
  })

  it("tells some who sign in all at once to come back, and lets the others in", async () => {
    const { client, service } = await start({ REQUEST_TIMEOUT: "1 minute" })
    const { email, password } = client
    const { answers, refused } = await refusedOf(
      1,
      Array.from({ length: 120 }, () => client.json("POST", "/api/auth/sign-in/email", { email, password }, ""))
    )
    await assertUnavailable(refused[0]!, /passwords/)
    const all = await Promise.all(answers)
    assert.isAtLeast(statuses(all, 200), 40)
    assert.strictEqual(statuses(all, 200) + statuses(all, 503), 120)
    await client.signIn()
    await service.stop()
  })
})
