import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { buildCli, type Cli } from "../support/Cli.ts"

const jwt = `e30.${Buffer.from(JSON.stringify({ exp: 9_999_999_999 })).toString("base64url")}.x`
const env = { TODO_TOKEN: jwt, TODO_TIMEOUT: "20" }

let cli: Cli
let server: Server
let answer: (request: IncomingMessage, response: ServerResponse) => void
let asked = 0

beforeAll(async () => {
  server = createServer((request, response) => {
    asked++
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  cli = await buildCli(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => {
  cli.remove()
  server.closeAllConnections()
  server.close()
})

const task = (number: number, title = "x") => ({
  id: `0198c0de-7a5c-7000-8000-${String(number).padStart(12, "0")}`,
  number,
  title,
  description: title,
  completed: false,
  completedAt: null,
  createdAt: "2026-11-23T10:00:00.000Z",
  updatedAt: "2026-11-23T10:00:00.000Z",
  version: 1
})

const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) =>
  response.writeHead(status, { "content-type": "application/json", etag: "\"1\"", ...headers }).end(
    JSON.stringify(body)
  )

/** Runs a command against what answers so. */
const run = (line: string, how: typeof answer) => {
  asked = 0
  answer = how
  return cli.run(line.split(" "), { env })
}

describe("a service that never comes to an end", () => {
  it.each([
    ["the same page and cursor", () => ({ items: [task(1)], nextCursor: "again" })],
    ["one cursor for new tasks", () => ({ items: [task(asked)], nextCursor: "again" })],
    ["ever new cursors for the same task", () => ({ items: [task(1)], nextCursor: `page-${asked}` })],
    ["ever new cursors for nothing", () => ({ items: [], nextCursor: `page-${asked}` })]
  ])("is left when it gives %s: exit code 1", async (_, page) => {
    for (const line of ["list --json", "done 0198c0de7a5c"]) {
      const outcome = await run(line, (_, response) => void json(response, 200, page()))
      expect([outcome.exitCode, outcome.stdout]).toEqual([1, ""])
      expect(outcome.stderr).toContain("gives the same page of tasks again and again")
      expect(asked).toBeLessThan(4)
    }
  })

  it("is left when it has ever more tokens, too", async () => {
    const page = () => ({ items: [], nextCursor: `page-${asked}` })
    const outcome = await run("token list --json", (_, response) => void json(response, 200, page()))
    expect([outcome.exitCode, outcome.stdout]).toEqual([1, ""])
    expect(outcome.stderr).toContain("gives the same page of tokens again and again")
    expect(asked).toBeLessThan(4)
  })

  it("is left in the middle of an answer, which is not asked for again", async () => {
    const chunk = Buffer.alloc(1024 * 1024, " ")
    const outcome = await run("list -q", (_, response) => {
      response.writeHead(200, { "content-type": "application/json" })
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on("drain", more)
      more()
    })
    expect([outcome.exitCode, asked]).toEqual([1, 1])
    expect(outcome.stderr).toContain("gives an answer without an end")
  })

  it.each(["1e9", "999999999999", "Wed, 21 Oct 2065 07:28:00 GMT", "soon", "-1", ""])(
    "is left soon when it says Retry-After: %s",
    async (retryAfter) => {
      const outcome = await run(
        "list --json",
        (_, response) =>
          void json(response, 503, { type: "urn:x", title: "T", status: 503, code: "service_unavailable" }, {
            "content-type": "application/problem+json",
            "retry-after": retryAfter
          })
      )
      expect([outcome.exitCode, JSON.parse(outcome.stderr).error.code]).toEqual([7, "service_unavailable"])
      expect(asked).toBeLessThanOrEqual(4)
    }
  )

  it("is not followed to where it redirects", async () => {
    const outcome = await run("list", (request, response) => void json(response, 302, {}, { location: request.url! }))
    expect([outcome.exitCode, asked]).toEqual([1, 1])
  })
})

describe("what acts upon a terminal", () => {
  const hostile = "\u001b[2J\u009d52;c;eA==\u009c\u202egnp.exe\u2066\u2028\u007f\ufeff"
  // oxlint-disable-next-line no-control-regex
  const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/

  it("is escaped in JSON, and so comes to programs as it is", async () => {
    const listed = await run(
      "list --json",
      (_, response) => void json(response, 200, { items: [task(7, hostile)], nextCursor: null })
    )
    expect(listed.stdout).not.toMatch(acting)
    expect(JSON.parse(listed.stdout)[0].title).toBe(hostile)

    const id = task(7).id
    const shown = await run(
      `show ${id} --json`,
      ({ url }, response) =>
        void json(response, 200, url?.includes("/comments") ? { items: [], nextCursor: null } : task(7, hostile))
    )
    expect(shown.stdout).not.toMatch(acting)
    expect(JSON.parse(shown.stdout).description).toBe(hostile)
  })

  it("is escaped in failures, also in what TODO_DEBUG shows", async () => {
    const problem = { type: "urn:x", title: hostile, status: 409, code: hostile, detail: hostile }
    asked = 0
    answer = (_, response) => void json(response, 409, problem, { "content-type": "application/problem+json" })
    for (const options of [["--json"], []]) {
      for (const debug of ["0", "1"]) {
        const outcome = await cli.run(["list", ...options], { env: { ...env, TODO_DEBUG: debug } })
        expect(outcome.exitCode).toBe(5)
        expect(outcome.stderr).not.toMatch(acting)
        expect(outcome.stderr).toContain("52;c;eA==")
        if (debug === "0" && options.length > 0) expect(JSON.parse(outcome.stderr).error.message).toBe(hostile)
      }
    }
  })
})
