import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { buildCli, type Cli } from "../support/Cli.ts"
import { Running } from "../support/Running.ts"

/** A change of the number of its cursor. */
const changeOf = (number: number) => ({
  noun: "task",
  id: `0198c0de-7a5c-7000-8000-${String(number).padStart(12, "0")}`,
  operationId: null,
  at: "2026-01-02T03:04:05.000Z",
  value: null
})

type Answer = (response: ServerResponse, cursor: string | null) => void

let cli: Cli
let server: Server
let asked: Array<string>
/** What the requests for events are answered, the last for all that come then. */
let streams: Array<Answer>
let pages: Answer
const running: Array<Running> = []

const problem = (status: number, code: string): Answer => (response) => {
  response.writeHead(status, { "content-type": "application/problem+json" })
  response.end(JSON.stringify({ type: "about:blank", title: "A problem", detail: "What happened", status, code }))
}

const event = (name: string, id: number, data: object) => `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`
const begin = (response: ServerResponse, id: number) => {
  response.writeHead(200, { "content-type": "text/event-stream" })
  response.write(`retry: 1\n\n${event("start", id, { cursor: String(id) })}`)
}
const happen = (response: ServerResponse, id: number) => response.write(event("message", id, changeOf(id)))

const page = (items: ReadonlyArray<object>, cursor: number, more: boolean) => (response: ServerResponse) => {
  response.writeHead(200, { "content-type": "application/json" })
  response.end(JSON.stringify({ items, cursor: String(cursor), more }))
}

const watch = (...args: ReadonlyArray<string>) => {
  const one = new Running(cli, ["watch", "--json", ...args], { TODO_TOKEN: "a.b.c", TODO_TIMEOUT: "1" })
  running.push(one)
  return one
}
const cursors = async (one: Running, count: number) =>
  (await one.lines(count)).map((line) => Number(JSON.parse(line).cursor))

beforeAll(async () => {
  server = createServer((request: IncomingMessage, response) => {
    const url = new URL(request.url ?? "", "http://localhost")
    const cursor = url.searchParams.get("cursor")
    asked.push(`${url.pathname.slice("/api/v1/".length)} ${cursor}`)
    const answer = url.pathname.endsWith("/events") ? streams.length > 1 ? streams.shift() : streams[0] : pages
    answer?.(response, cursor)
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
  asked = []
  pages = problem(404, "not_found")
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop("SIGKILL")
})

describe("a stream that breaks", () => {
  it("goes on from the last change that came whole", async () => {
    streams = [
      (response) => {
        begin(response, 1)
        happen(response, 2)
        happen(response, 3)
        response.write("id: 4\ndata: {\"noun\"", () => response.destroy())
      },
      (response) => {
        begin(response, 3)
        happen(response, 4)
        response.end()
      },
      (response) => {
        begin(response, 4)
        happen(response, 5)
      }
    ]
    const one = watch()
    expect(await cursors(one, 4)).toEqual([2, 3, 4, 5])
    expect(asked).toEqual(["events null", "events 3", "events 4"])
    expect(one.stderr).toBe("")
  })

  it("goes on from its beginning where nothing came", async () => {
    streams = [
      (response) => {
        begin(response, 7)
        response.end()
      },
      (response, cursor) => {
        begin(response, Number(cursor))
        happen(response, Number(cursor) + 1)
      }
    ]
    expect(await cursors(watch(), 1)).toEqual([8])
  })

  it("is waited for while the service is away, however long that takes", async () => {
    streams = [
      (response) => {
        begin(response, 1)
        happen(response, 2)
        response.end()
      },
      ...Array.from({ length: 6 }, () => problem(503, "service_unavailable")),
      (response) => {
        begin(response, 2)
        happen(response, 3)
      }
    ]
    pages = problem(503, "service_unavailable")
    expect(await cursors(watch(), 2)).toEqual([2, 3])
  })

  it("ends where an event has no end: exit code 1", async () => {
    streams = [(response) => {
      begin(response, 1)
      response.write(`data: ${"x".repeat(11 * 1024 * 1024)}`)
    }]
    expect(await watch().ended).toBe(1)
  })

  it.each([
    ["a session that has ended", 401, "token_invalid", 4],
    ["a token that lacks the scope", 403, "insufficient_scope", 4],
    ["a cursor that is not on record any more", 410, "cursor_expired", 5]
  ])("ends with %s", async (_what, status, code, exitCode) => {
    streams = [
      (response) => {
        begin(response, 1)
        response.end()
      },
      problem(status, code)
    ]
    const one = watch()
    expect(await one.ended).toBe(exitCode)
    expect(JSON.parse(one.stderr).error).toMatchObject({ code, status })
    // For 401 a new JWT would be tried, if there were a session.
    expect(asked).toEqual(["events null", "events 1"])
  })
})

describe("where no stream gets through", () => {
  const polled: Answer = (response, cursor) => {
    if (cursor === null) return page([changeOf(1), changeOf(2)], 2, true)(response)
    const now = Number(cursor)
    if (now < 4) return page([], 4, false)(response)
    return (now < 7 ? page([changeOf(now + 1)], now + 1, now < 6) : page([], now, false))(response)
  }

  it.each<readonly [string, Answer]>([
    ["another answer", (response) => response.end("<html>")],
    ["a path that a proxy does not know", problem(404, "not_found")],
    ["too many streams", problem(429, "rate_limited")],
    ["an answer that a proxy keeps until it ends", (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" })
      response.flushHeaders()
    }]
  ])("changes are asked for, from now on: %s", { timeout: 40_000 }, async (_what, answer) => {
    streams = [answer]
    pages = polled
    const one = watch()
    expect(await cursors(one, 3)).toEqual([5, 6, 7])
    expect(asked.filter((path) => path.startsWith("changes")).slice(0, 2)).toEqual(["changes null", "changes 2"])
  })

  it("a service that is none is told: exit code 1", async () => {
    streams = [(response) => void response.end("<html>")]
    pages = (response) => void response.end("<html>")
    expect(await watch().ended).toBe(1)
  })

  it("a service that is away at the first try is told: exit code 7", async () => {
    streams = [problem(503, "service_unavailable")]
    pages = problem(503, "service_unavailable")
    expect(await watch().ended).toBe(7)
  })
})

describe("what a later release has more", () => {
  it("is passed on: another noun, other members, events of another name", async () => {
    const other = { ...changeOf(2), noun: "project", color: "red", value: { name: "Work" } }
    streams = [(response) => {
      begin(response, 1)
      response.write(event("hello", 1, { x: 1 }))
      response.write(event("message", 2, other))
    }]
    expect(JSON.parse((await watch().lines(1))[0]!)).toEqual({ ...other, cursor: "2" })
  })
})
