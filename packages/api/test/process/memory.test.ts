import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { Agent, get } from "node:http"
import { connect, type Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { newDatabase } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

/** What the process may take; with 512 MiB of heap, a good part of it is not the heap's. */
const mostMegabytes = 600
/** An attack goes on for so long. */
const attackMillis = 8000

let service: ServiceProcess
let victim: Client
let attacker: Client
const sockets: Array<Socket> = []

beforeAll(async () => {
  service = await ServiceProcess.start({
    DATABASE_URL: (await newDatabase()).href,
    BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
    NODE_OPTIONS: "--max-old-space-size=512",
    LOG_LEVEL: "Warn"
  })
  victim = await new Client(service.url).signUp()
  attacker = await new Client(service.url).signUp()
  // A page of them is 1 MiB.
  const description = "\u0001".repeat(20_000)
  for (let i = 0; i < 8; i++) {
    const made = await attacker.json("POST", "/api/v1/tasks", { title: `${i}`, description })
    assert.strictEqual(made.status, 201)
  }
})

afterAll(() => service.stop())

/** A connection whose other side nobody reads, so that Node's own buffer and the kernel's fill up. */
const open = () => {
  const socket = connect(Number(new URL(service.url).port), "localhost").on("error", () => {})
  sockets.push(socket)
  return socket
}

const head = (line: string, ...headers: ReadonlyArray<string>) =>
  [`${line} HTTP/1.1`, "host: localhost", ...headers, "", ""].join("\r\n")

const authorized = () => `authorization: Bearer ${attacker.jwt}`

const residentMegabytes = () =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(service.process.pid)], { encoding: "utf8" })) / 1024

const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** How long somebody else waits for an answer. */
const ask = () =>
  new Promise<number>((resolve, reject) => {
    const startedAt = performance.now()
    get(`${service.url}/api/v1/me`, { agent, headers: { authorization: `Bearer ${victim.jwt}` } }, (answer) => {
      answer.resume().once("end", () => {
        if (answer.statusCode === 200) resolve(performance.now() - startedAt)
        else reject(new Error(`Answered ${answer.statusCode}`))
      })
    }).on("error", reject)
  })

/** Has an attack go on, and looks meanwhile at the memory of the process and at what somebody else gets. */
const under = async (name: string, attack: () => void | Promise<void>) => {
  const begun = attack()
  const millis: Array<number> = []
  let most = 0
  const until = performance.now() + attackMillis
  while (performance.now() < until) {
    millis.push(await ask())
    most = Math.max(most, residentMegabytes())
    await sleep(20)
  }
  await begun
  for (const socket of sockets.splice(0)) socket.destroy()
  millis.sort((a, b) => a - b)
  const at = (share: number) => Math.round(millis[Math.floor(millis.length * share)]!)
  process.stderr.write(
    `${name}: at most ${Math.round(most)} MB; others p50 ${at(0.5)} ms, p95 ${at(0.95)} ms of ${millis.length}\n`
  )
  assert.isBelow(most, mostMegabytes)
  // A fraction of this, unless the service does nothing but collect garbage.
  assert.isBelow(at(0.5), 1000)
  assert.strictEqual(service.process.exitCode, null)
}

/** Sends one-byte chunks for as long as the service takes them, and begins anew when it does not. */
const inTinyPieces = (request: string, until: number) => {
  const pieces = "1\r\nx\r\n".repeat(10_000)
  const socket = open()
  const send = () => {
    while (performance.now() < until && socket.write(pieces));
  }
  socket.on("drain", send).once("close", () => {
    if (performance.now() < until) setTimeout(inTinyPieces, 10, request, until)
  })
  socket.write(request)
  send()
}

describe("with a heap of 512 MiB the service outlives", () => {
  it.each([5, 50])(
    "%d connections that send bodies in chunks of one byte",
    (count) =>
      under(`${count} in tiny pieces`, () => {
        const chunked = ["content-type: application/json", "transfer-encoding: chunked"]
        const requests = [
          head("POST /nowhere", ...chunked),
          head("POST /api/v1/tasks", authorized(), ...chunked),
          head("POST /api/auth/sign-in/email", `origin: ${service.url}`, ...chunked)
        ]
        for (let i = 0; i < count; i++) inTinyPieces(requests[i % 3]!, performance.now() + attackMillis)
      })
  )

  it("100 connections that pipeline the largest pages and read nothing", () =>
    under("pipelines", () => {
      const page = head("GET /api/v1/tasks?limit=200", authorized())
      for (let i = 0; i < 100; i++) open().write(page.repeat(30))
    }))

  it("60 connections that ask for the largest pages again and again, and read a little now and then", () =>
    under("slow readers", async () => {
      const page = head("GET /api/v1/tasks?limit=200", authorized())
      const readers = Array.from({ length: 60 }, () => open())
      for (const reader of readers) reader.write(page)
      for (let i = 0; i < 10; i++) {
        await sleep(attackMillis / 12)
        for (const reader of readers) reader.read(100)
        for (const reader of readers) reader.write(page.repeat(2))
      }
    }))

  it("2,400 connections that begin the longest bodies and do not end them", () =>
    under("half bodies", async () => {
      for (let i = 0; i < 2400; i++) {
        if (i % 50 === 0) await sleep(20)
        open().write(
          head("POST /api/v1/tasks", authorized(), "content-type: application/json", "content-length: 262144")
            + "x".repeat(250_000)
        )
      }
    }))

  // The last: on one machine the kernel takes gigabytes for it, and everybody is slower for a while.
  it("2,000 connections that ask for the documentation and read nothing", () =>
    under("/docs", async () => {
      for (let i = 0; i < 2000; i++) {
        open().write(head("GET /docs", ...(i % 2 === 0 ? [] : ["accept-encoding: gzip"])).repeat(8))
        if (i % 50 === 0) await sleep(5)
      }
    }))
})
