import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { buildCli, type Cli } from "../support/Cli.ts"

const idOf = (number: number) => `0198c0de-7a5c-7000-8000-${String(number).padStart(12, "0")}`
const at = "2026-01-02T03:04:05.000Z"
const taskOf = (number: number) => ({
  id: idOf(number),
  number,
  title: `Task ${number}`,
  description: null,
  completed: false,
  completedAt: null,
  createdAt: at,
  updatedAt: at,
  version: 1
})

interface Sent {
  readonly key: unknown
  readonly ids: ReadonlyArray<string>
}
type Answer = (sent: Sent, response: ServerResponse) => void

let cli: Cli
let server: Server
let batches: Array<Sent>
let answer: Answer

const json = (response: ServerResponse, status: number, body: object, headers = {}) => {
  response.writeHead(status, {
    "content-type": status < 400 ? "application/json" : "application/problem+json",
    ...headers
  })
  response.end(JSON.stringify(status < 400 ? body : { type: "about:blank", title: "A problem", status, ...body }))
}

const handle = async (request: IncomingMessage, response: ServerResponse) => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk)
  const url = new URL(request.url ?? "", "http://localhost")
  if (url.pathname !== "/api/v1/batch") {
    const number = Number(url.searchParams.get("number"))
    return json(response, 200, { items: [taskOf(number)], nextCursor: null }, { etag: "W/\"1\"" })
  }
  const { operations } = JSON.parse(Buffer.concat(chunks).toString()) as {
    readonly operations: ReadonlyArray<{ readonly id: string }>
  }
  const sent = { key: request.headers["idempotency-key"], ids: operations.map(({ id }) => id) }
  batches.push(sent)
  answer(sent, response)
}

const done: Answer = ({ ids }, response) =>
  json(response, 200, { results: ids.map((id) => ({ status: 200, id, number: 1, version: 2 })) })

/** No test verifies it: it is a JWT by its form. */
const env = { TODO_TOKEN: "a.b.c", TODO_TIMEOUT: "5" }

beforeAll(async () => {
  server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  cli = await buildCli(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => {
  cli.remove()
  server.close()
})
beforeEach(() => {
  batches = []
  answer = done
})

describe("a batch that is refused", () => {
  it("for one of its tasks is done without it, as another request", async () => {
    const gone = (response: ServerResponse, index: number) =>
      json(response, 404, { code: "task_not_found", detail: "There is no such task", index })
    answer = (sent, response) => {
      const index = sent.ids.findIndex((id) => id === idOf(2) || id === idOf(4))
      return index < 0 ? done(sent, response) : gone(response, index)
    }
    expect(await cli.run(["rm", "1", "2", "3", "4"], { env })).toEqual({
      stdout: "Deleted 1  Task 1\nDeleted 3  Task 3\n",
      stderr: "error: 2  Task 2: There is no such task\nerror: 4  Task 4: There is no such task\n",
      exitCode: 3
    })
    expect(batches.map(({ ids }) => ids.length)).toEqual([4, 3, 2])
    expect(new Set(batches.map(({ key }) => key)).size).toBe(3)
  })

  it.each([
    [503, "service_unavailable", 7],
    [409, "limit_reached", 5],
    [401, "token_invalid", 4]
  ])("as a whole (%i) is told once, and nothing else is tried", async (status, code, exitCode) => {
    answer = (_sent, response) => json(response, status, { code, detail: "No", limit: "changes", max: 1 })
    const refs = Array.from({ length: 501 }, (_, index) => String(index + 1))
    const outcome = await cli.run(["done", ...refs], { env })
    expect(outcome).toMatchObject({ stdout: "", exitCode })
    expect(outcome.stderr.match(/^error: /gm)).toHaveLength(1)
    expect(new Set(batches.map(({ ids }) => ids.length))).toEqual(new Set([500]))
  })
})

describe("a batch whose answer was lost", () => {
  it("is sent again with the same key", async () => {
    answer = (sent, response) => {
      if (batches.length === 1) response.destroy()
      else done(sent, response)
    }
    expect(await cli.run(["done", "1", "2"], { env })).toEqual({
      stdout: "Done 1  Task 1\nDone 2  Task 2\n",
      stderr: "",
      exitCode: 0
    })
    expect(batches).toHaveLength(2)
    expect(batches[0]?.key).toEqual(expect.stringMatching(/^[0-9a-f-]{36}$/))
    expect(batches[1]?.key).toBe(batches[0]?.key)
  })
})

describe("what would stop the rest while tasks are looked up", () => {
  it("stops all, and nothing is sent", async () => {
    expect(await cli.run(["done", "1", "2"], { env: { ...env, TODO_API_URL: "http://127.0.0.1:1" } })).toMatchObject({
      stdout: "",
      exitCode: 7
    })
    expect(batches).toEqual([])
  })
})
