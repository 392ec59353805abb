import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { buildCli, type Cli } from "../support/Cli.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const jwt = `e30.${Buffer.from(JSON.stringify({ exp: 9_999_999_999 })).toString("base64url")}.x`
const env = { TODO_TOKEN: jwt }

let cli: Cli
let server: Server
let url: string
let delay = 0

beforeAll(async () => {
  server = createServer((_, response) =>
    setTimeout(() => {
      response.writeHead(200, { "content-type": "application/json" })
      response.end(JSON.stringify({ items: [], nextCursor: null }))
    }, delay)
  )
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  cli = await buildCli(url)
})
afterAll(() => {
  cli.remove()
  server.closeAllConnections()
  server.close()
})

const wipe = "\r\u001b[2K"

describe.skipIf(!hasTerminals)("while an answer is waited for", () => {
  it("a terminal says so, dimly, and forgets it when the answer comes", async () => {
    delay = 2000
    const { exitCode, screen } = await onTerminal(cli, "list", { env })
    expect(exitCode).toBe(0)
    expect(screen).toContain(`\u001b[2mWaiting for ${url} (Ctrl-C ends it)\u001b[22m${wipe}`)
    expect(screen.split(wipe)[1]).toMatch(/^Nothing to do/)
    const colorless = await onTerminal(cli, "list", { env: { ...env, NO_COLOR: "1" } })
    expect(colorless.screen).toContain(`Waiting for ${url} (Ctrl-C ends it)${wipe}`)
    expect(colorless.screen).not.toContain("\u001b[2m")
  })

  it("what takes no more than a line of the terminal can be wiped", async () => {
    delay = 2000
    const { screen } = await onTerminal(cli, "list", { env: { ...env, TODO_API_URL: `${url}/${"x".repeat(300)}` } })
    const line = screen.slice(screen.indexOf("Waiting for"), screen.indexOf("\u001b[22m"))
    expect(line.length).toBeLessThan(80)
    expect(line).toMatch(/…$/)
  })

  it("nothing is said where the answer comes at once", async () => {
    delay = 0
    // On a busy machine an answer may take its time.
    const screens: Array<string> = []
    while (screens.length < 5 && screens.every((screen) => screen.includes("Waiting"))) {
      screens.push((await onTerminal(cli, "list", { env })).screen)
    }
    expect(screens.at(-1)).not.toContain("Waiting")
  })

  it.each([
    ["list --json", "", {}],
    ["list --quiet", "", {}],
    ["list", "2>/dev/null", {}],
    ["list", "", { TERM: "dumb" }]
  ])("nothing is said to nobody, nor to a program: todo %s %s %j", async (line, redirection, more) => {
    delay = 1500
    const { exitCode, screen } = await onTerminal(cli, line, { env: { ...env, ...more }, redirection })
    expect(exitCode).toBe(0)
    expect(screen).not.toContain("Waiting")
    expect(screen).not.toContain(wipe)
  })
})

it("nothing is said where stderr is no terminal", async () => {
  delay = 1500
  expect((await cli.run(["list"], { env })).stderr).toMatch(/^Nothing to do/)
})
