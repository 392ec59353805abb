import { afterAll, beforeAll, beforeEach, expect, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { buildCli, type Cli } from "../support/Cli.ts"

const jwt = `e30.${Buffer.from(JSON.stringify({ exp: 9_999_999_999 })).toString("base64url")}.x`
const env = { TODO_TOKEN: jwt }

/** What the service did with each key, as one that stores its answers. */
const made = new Map<string, object>()
const keys: Array<string | undefined> = []

const task = (number: number, title: string) => ({
  id: `0198c0de-7a5c-7000-8000-${String(number).padStart(12, "0")}`,
  number,
  title,
  description: null,
  completed: false,
  completedAt: null,
  createdAt: "2026-11-23T10:00:00.000Z",
  updatedAt: "2026-11-23T10:00:00.000Z",
  version: 1
})

/** The answer of a service that reads no words. */
const quick = (known: object) => ({
  tasks: [known],
  parsed: { spans: [], alternatives: [], unused: [] }
})

/** Adds a task, once for each key. */
const add = async (request: IncomingMessage) => {
  const key = request.headers["idempotency-key"] as string
  const { text } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { text: string }
  const known = made.get(key) ?? task(made.size + 1, text)
  made.set(key, known)
  return quick(known)
}

const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) =>
  response.writeHead(status, { "content-type": "application/json", etag: "\"1\"", location: "/", ...headers })
    .end(JSON.stringify(body))

const busy = (response: ServerResponse, status = 503, code = "service_unavailable") =>
  json(response, status, { type: "urn:x", title: "T", status, code, detail: "Later" }, {
    "content-type": "application/problem+json",
    "retry-after": "0"
  })

let cli: Cli
let server: Server
/** What happens to the request of this number, from 1. */
let answer: (request: IncomingMessage, response: ServerResponse, count: number) => Promise<void>

beforeAll(async () => {
  server = createServer((request, response) => {
    keys.push(request.headers["idempotency-key"] as string | undefined)
    void answer(request, response, keys.length)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  cli = await buildCli(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => {
  cli.remove()
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  keys.length = 0
  made.clear()
})

it("a task whose answer is lost is added once", async () => {
  answer = async (request, response, count) => {
    const added = await add(request)
    if (count < 3) response.destroy()
    else json(response, 201, added)
  }
  const outcome = await cli.run(["add", "Buy milk", "--quiet"], { env })
  expect([outcome.exitCode, outcome.stdout.trim(), outcome.stderr]).toEqual([0, "1", ""])
  expect(made.size).toBe(1)
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]).toMatch(/^[\da-f-]{36}$/)
})

it.each([[503, "service_unavailable"], [409, "idempotency_key_in_flight"]])(
  "a service that is busy (%i %s) is asked again",
  async (status, code) => {
    answer = async (request, response, count) => {
      if (count < 3) busy(response, status, code)
      else json(response, 201, await add(request))
    }
    const outcome = await cli.run(["add", "Buy milk", "--quiet"], { env })
    expect([outcome.exitCode, keys.length, made.size]).toEqual([0, 3, 1])
  }
)

const tooOften = (response: ServerResponse, retryAfter: number) =>
  json(response, 429, { type: "urn:x", title: "T", status: 429, code: "rate_limited", detail: "Later" }, {
    "content-type": "application/problem+json",
    "ratelimit-policy": "\"token\";q=120;w=60",
    "retry-after": String(retryAfter)
  })

it.each([
  ["add Buy milk --quiet", 201, quick(task(1, "Buy milk")), ""],
  ["list --quiet", 200, { items: [task(1, "Buy milk")], nextCursor: null }, ""],
  ["login --quiet --email ada@example.com --password-stdin", 200, {
    token: "t",
    user: { id: "0198c0de-7a5c-7000-8000-000000000001", name: "Ada", email: "ada@example.com" }
  }, "correct horse battery"]
])("a short Retry-After of a 429 is waited for: todo %s", async (line, status, body, stdin) => {
  answer = async (_request, response, count) => {
    if (count < 6) tooOften(response, count === 1 ? 1 : 0)
    else json(response, status, body)
  }
  const outcome = await cli.run(line.split(" "), { env: line.startsWith("login") ? {} : env, stdin })
  // Who has signed in reads the settings, and says where they are.
  const after = line.startsWith("login") ? 2 : 0
  expect([outcome.exitCode, outcome.stderr, keys.length]).toEqual([0, "", 6 + after])
  expect(new Set(keys).size).toBe(1)
})

it("a Retry-After that is longer than the time there is is not waited for: exit code 6, and what was too often", async () => {
  for (const [retryAfter, timeout] of [[3, "2"], [60, "30"]] as const) {
    keys.length = 0
    answer = async (_request, response) => void tooOften(response, retryAfter)
    const outcome = await cli.run(["list", "-q"], { env: { ...env, TODO_TIMEOUT: timeout } })
    expect([outcome.exitCode, keys.length, outcome.stderr]).toEqual([
      6,
      1,
      "error: Too often: commands with this session or token, 120 times in a minute\n" +
      `Try again in ${retryAfter} seconds.\n`
    ])
  }
})

it("too often ends in time, however short the waits are: exit code 6", async () => {
  answer = async (_request, response) => void tooOften(response, 0)
  const outcome = await cli.run(["list", "--json"], { env: { ...env, TODO_TIMEOUT: "2" } })
  expect([outcome.exitCode, JSON.parse(outcome.stderr).error.code]).toEqual([6, "rate_limited"])
  expect(keys.length).toBeGreaterThan(1)
})

it("a task that may be there all the same can be added again, with the key that is told", async () => {
  answer = async (request, response) => {
    await add(request)
    response.destroy()
  }
  const lost = await cli.run(["add", "Buy milk"], { env })
  expect(lost.exitCode).toBe(7)
  const [, key = ""] = /--idempotency-key (\S+)$/m.exec(lost.stderr) ?? []
  answer = async (request, response) => void json(response, 201, await add(request))
  const again = await cli.run(["add", "Buy milk", "--quiet", "--idempotency-key", key], { env })
  expect([again.exitCode, again.stdout, made.size]).toEqual([0, "1\n", 1])
  expect(new Set(keys)).toEqual(new Set([key]))
})

it("a script finds that key in the error, and none where it is certain that nothing was done", async () => {
  answer = async (_request, response) => void response.destroy()
  for (const line of [["add", "Buy milk"], ["add", "-"]]) {
    const lost = await cli.run([...line, "--json", "--idempotency-key", "k"], { env, stdin: "Buy milk\n" })
    expect([lost.exitCode, JSON.parse(lost.stderr).error.idempotencyKey]).toEqual([7, "k"])
  }
  answer = async (_request, response) => void json(response, 422, { status: 422, code: "idempotency_key_reused" })
  const reused = ["add", "Buy milk", "--idempotency-key", "k"]
  expect(JSON.parse((await cli.run([...reused, "--json"], { env })).stderr).error).not.toHaveProperty("idempotencyKey")
  expect((await cli.run(reused, { env })).stderr).toContain("Take a new key")
})

it.each(["add Buy milk", "add -"])("so it is after Ctrl-C, which says so: exit code 130 (todo %s)", async (line) => {
  const arrived = Promise.withResolvers<void>()
  answer = async (request) => {
    await add(request)
    arrived.resolve()
  }
  const child = spawn(process.execPath, [cli.binary, ...line.split(" ")], { env: { ...cli.env, ...env } })
  let stderr = ""
  child.stderr.on("data", (text: Buffer) => stderr += text.toString())
  child.stdin.end("Buy milk\n")
  await arrived.promise
  child.kill("SIGINT")
  const exitCode = await new Promise((resolve) => child.on("close", resolve))
  expect(exitCode).toBe(130)
  expect(stderr).toMatch(/^error: (Line 1: )?Cancelled\nIt may be done all the same\. .*--idempotency-key \S+\n/)
  const [, key = ""] = /--idempotency-key (\S+)$/m.exec(stderr) ?? []
  // A line goes by an id that is made from the key.
  expect([...made.keys()]).toEqual(line === "add -" ? [expect.any(String)] : [key])
})

it("a key of one's own is used, and one that no header can carry refused: exit code 2", async () => {
  answer = async (request, response) => void json(response, 201, await add(request))
  await cli.run(["add", "Deploy", "--idempotency-key", "deploy-7"], { env })
  expect(keys).toEqual(["deploy-7"])
  for (const key of ["", "with space", "ü", "x".repeat(256)]) {
    const outcome = await cli.run(["add", "Deploy", "--json", "--idempotency-key", key], { env })
    expect([outcome.exitCode, JSON.parse(outcome.stderr).error.code]).toEqual([2, "usage"])
  }
  expect(keys.length).toBe(1)
})

it("two commands have two keys", async () => {
  answer = async (request, response) => void json(response, 201, await add(request))
  for (const title of ["One", "Two"]) await cli.run(["add", title], { env })
  expect(new Set(keys).size).toBe(2)
})

it("a service that stays busy is given up after four tries: exit code 7", async () => {
  answer = async (_request, response) => void busy(response)
  const outcome = await cli.run(["add", "Buy milk", "--json"], { env })
  expect([outcome.exitCode, keys.length]).toEqual([7, 4])
})

it.each([502, 504])("a proxy that finds the service away for a moment is asked again: %i", async (status) => {
  answer = async (request, response, count) => {
    if (count % 2 === 1) response.writeHead(status, { "content-type": "text/html" }).end("<h1>Bad Gateway</h1>")
    else if (request.method === "GET") json(response, 200, { items: [], nextCursor: null })
    else json(response, 201, await add(request))
  }
  expect(await cli.run(["list", "--json"], { env })).toEqual({ stdout: "[]\n", stderr: "", exitCode: 0 })
  expect(await cli.run(["add", "One", "--quiet"], { env })).toEqual({ stdout: "1\n", stderr: "", exitCode: 0 })
  expect(keys.length).toBe(4)
})

it("a list whose answer is lost is asked for again", async () => {
  answer = async (_request, response, count) => {
    if (count === 1) response.destroy()
    else json(response, 200, { items: [], nextCursor: null })
  }
  const outcome = await cli.run(["list", "--json"], { env })
  expect([outcome.exitCode, outcome.stdout.trim(), keys]).toEqual([0, "[]", [undefined, undefined]])
})

it("a sign-in whose answer is lost is not sent again: it would be another", async () => {
  answer = async (_request, response) => void response.destroy()
  const login = ["login", "--email", "ada@example.com", "--password-stdin"]
  const outcome = await cli.run(login, { stdin: "correct horse battery\n" })
  expect([outcome.exitCode, keys.length]).toEqual([7, 1])
})

it.each([[404, "task_not_found"], [409, "limit_reached"], [500, "internal_error"]])(
  "what is answered (%i %s) is not asked again",
  async (status, code) => {
    answer = async (_request, response) =>
      void json(response, status, { type: "urn:x", title: "T", status, code, detail: "No" }, {
        "content-type": "application/problem+json"
      })
    await cli.run(["add", "Buy milk"], { env })
    expect(keys.length).toBe(1)
  }
)
