import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { createServer as createHttpServer, type RequestListener } from "node:http"
import { createServer as createHttpsServer } from "node:https"
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net"
import { join } from "node:path"
import { buildCli, type Cli } from "../support/Cli.ts"

/** Certificates that sign themselves, from 2020 to 2120; the expired one to 2021. */
const certificate = (name: "here" | "elsewhere" | "expired") =>
  join(import.meta.dirname, "../support/certificates", `${name}.pem`)

const jwt = `e30.${Buffer.from(JSON.stringify({ exp: 9_999_999_999 })).toString("base64url")}.x`
const env = { TODO_TOKEN: jwt }

const answer: RequestListener = (_, response) =>
  response.writeHead(200, { "content-type": "application/json" }).end("{\"items\":[],\"nextCursor\":null}")

let connections = 0

const https = (name: Parameters<typeof certificate>[0]) => {
  const pem = readFileSync(certificate(name))
  return createHttpsServer({ key: pem, cert: pem }, answer)
}

const servers = {
  http: createHttpServer(answer),
  here: https("here"),
  elsewhere: https("elsewhere"),
  expired: https("expired"),
  mail: createTcpServer((socket) => socket.on("error", () => {}).end("220 mail.example ESMTP\r\n"))
} satisfies Record<string, Server>

/** The address of one of them, without the scheme. */
const at = (name: keyof typeof servers) => `localhost:${(servers[name].address() as AddressInfo).port}`

let cli: Cli
beforeAll(async () => {
  for (const server of Object.values(servers)) {
    server.on("connection", () => connections++)
    await new Promise<void>((resolve) => server.listen(0, "localhost", resolve))
  }
  cli = await buildCli("http://localhost:9")
})
afterAll(() => {
  cli.remove()
  for (const server of Object.values(servers)) server.close()
})
beforeEach(() => {
  connections = 0
})

/** A line that makes one request. */
const run = async (url: string, line = "list -q", more: Record<string, string> = {}) => {
  const { exitCode, stderr } = await cli.run(line.split(" "), { env: { ...env, TODO_API_URL: url, ...more } })
  return { exitCode, stderr }
}

const codeOf = (stderr: string) => (JSON.parse(stderr) as { error: { code: string } }).error.code

describe("an address that cannot be right is no service that is away", () => {
  it("https where http is spoken", async () => {
    const url = `https://${at("http")}`
    expect(await run(url)).toEqual({
      exitCode: 1,
      stderr: `error: ${url} does not speak https\nTry http://${at("http")}.\n`
    })
    expect(connections).toBe(1)
    expect(codeOf((await run(url, "list --json")).stderr)).toBe("not_https")
  })

  it("http where https is spoken", async () => {
    const url = `http://${at("here")}`
    expect(await run(url)).toEqual({
      exitCode: 1,
      stderr: `error: ${url} speaks https\nTry https://${at("here")}.\n`
    })
    expect(codeOf((await run(url, "add x --json")).stderr)).toBe("not_http")
  })

  it("the port of a mail server", async () => {
    const { exitCode, stderr } = await run(`http://${at("mail")}`, "list --json")
    expect([exitCode, codeOf(stderr)]).toEqual([1, "unexpected_answer"])
    expect(connections).toBe(1)
  })
})

describe("certificates", () => {
  const trusting = (name: Parameters<typeof certificate>[0]) => ({ NODE_EXTRA_CA_CERTS: certificate(name) })

  it("that nobody here trusts: exit code 1, and what to set", async () => {
    const url = `https://${at("here")}`
    const { exitCode, stderr } = await run(url)
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^error: The certificate of .* is signed by nobody who is trusted here\nNODE_EXTRA_CA_CERTS/)
    expect(stderr).not.toContain("running")
    expect(connections).toBe(1)
    expect(codeOf((await run(url, "list --json")).stderr)).toBe("certificate_untrusted")
    expect(await run(url, "list --json", trusting("here"))).toEqual({ exitCode: 0, stderr: "" })
  })

  it("that have expired: exit code 1", async () => {
    const { exitCode, stderr } = await run(`https://${at("expired")}`, "list --json", trusting("expired"))
    expect([exitCode, codeOf(stderr)]).toEqual([1, "certificate_expired"])
  })

  it("of another host: exit code 1", async () => {
    const { exitCode, stderr } = await run(`https://${at("elsewhere")}`, "list", trusting("elsewhere"))
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /^error: The certificate of .* is for another host\nIt is for elsewhere\.test\. Check the address\.\n$/
    )
  })

  it("are told once, and not for each task", async () => {
    const { stderr } = await run(`https://${at("here")}`, "done 1 2 3")
    expect(stderr.match(/^error:/gm)).toHaveLength(1)
  })
})

describe("TODO_TOKEN", () => {
  it.each([`${jwt}\n`, `${jwt}\r\n`, ` ${jwt} `, `\ufeff${jwt}`])(
    "is taken without what is around it",
    async (token) => {
      expect(await run(`http://${at("http")}`, "list --json", { TODO_TOKEN: token })).toEqual({
        exitCode: 0,
        stderr: ""
      })
    }
  )

  it.each(["xyz\nabc", "xyz abc", "xyzä", "xyz\u0007"])(
    "with other characters than tokens have is named and never shown: exit code 2 (%j)",
    async (token) => {
      const { exitCode, stderr } = await run(`http://${at("http")}`, "list --json", { TODO_TOKEN: token })
      expect([exitCode, codeOf(stderr)]).toEqual([2, "malformed_token"])
      expect(stderr).toContain("TODO_TOKEN")
      expect(stderr).not.toContain("xyz")
      expect(connections).toBe(0)
    }
  )

  it("of white space is none: exit code 4", async () => {
    expect(await run(`http://${at("http")}`, "list", { TODO_TOKEN: "\n" })).toMatchObject({ exitCode: 4 })
  })
})
