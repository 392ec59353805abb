import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { createServer, type RequestListener } from "node:http"
import { createServer as createHttpsServer } from "node:https"
import { type AddressInfo, connect, type Server } from "node:net"
import { join } from "node:path"
import type { Duplex } from "node:stream"
import { proxyFor } from "../../src/client/Proxy.ts"
import { buildCli, type Cli } from "../support/Cli.ts"

const certificate = join(import.meta.dirname, "../support/certificates/here.pem")
const pem = { key: readFileSync(certificate), cert: readFileSync(certificate) }
const jwt = `e30.${Buffer.from(JSON.stringify({ exp: 9_999_999_999 })).toString("base64url")}.x`

const portOf = (server: Server) => (server.address() as AddressInfo).port

/** What proxies were asked for, and by whom. */
const asked: Array<{ readonly line: string; readonly user: string | undefined }> = []
let demanded: string | undefined
let refusal: number | undefined

const service: RequestListener = (_, response) =>
  response.writeHead(200, { "content-type": "application/json" }).end("{\"items\":[],\"nextCursor\":null}")

const note = (line: string, authorization: string | undefined): number | undefined => {
  const user = authorization?.replace(/^Basic /, "")
  asked.push({ line, user: user === undefined ? undefined : Buffer.from(user, "base64").toString() })
  if (demanded !== undefined && asked.at(-1)?.user !== demanded) return 407
  return refusal
}

/** A proxy that answers for every host of http itself, and leads to the service of https for every other. */
const serveProxy = (server: Server) =>
  server.on(
    "request",
    ((request, response) => {
      const status = note(`${request.method} ${request.url}`, request.headers["proxy-authorization"])
      if (status === undefined) service(request, response)
      else response.writeHead(status).end("<p>")
    }) satisfies RequestListener
  ).on("connect", (request, socket: Duplex) => {
    const status = note(`CONNECT ${request.url}`, request.headers["proxy-authorization"])
    socket.on("error", () => {})
    if (status !== undefined) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const onward = connect(portOf(secureService), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Yes\r\n\r\n")
      onward.pipe(socket)
      socket.pipe(onward)
    }).on("error", () => socket.destroy())
    return undefined
  })

const secureService = createHttpsServer(pem, service)
const proxy = serveProxy(createServer())
const secureProxy = serveProxy(createHttpsServer(pem))
const servers = [secureService, proxy, secureProxy]

let cli: Cli
let http: string
let https: string
beforeAll(async () => {
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  cli = await buildCli("http://todo.internal.test")
  http = `http://127.0.0.1:${portOf(proxy)}`
  https = `https://127.0.0.1:${portOf(secureProxy)}`
})
afterAll(() => {
  cli.remove()
  for (const server of servers) server.close()
})
beforeEach(() => {
  asked.length = 0
  demanded = undefined
  refusal = undefined
})

const run = (env: Record<string, string>, line = "list --json") =>
  cli.run(line.split(" "), { env: { TODO_TOKEN: jwt, TODO_TIMEOUT: "20", ...env } })

const listed = { exitCode: 0, stdout: "[]\n", stderr: "" }
const plain = "GET http://todo.internal.test/api/v1/tasks?completed=false&limit=200"
const tunnelled = { TODO_API_URL: "https://todo.internal.test", NODE_EXTRA_CA_CERTS: certificate }

describe("through a proxy", () => {
  it.each(["HTTP_PROXY", "http_proxy", "ALL_PROXY"])("http, named by %s", async (variable) => {
    expect(await run({ [variable]: http })).toEqual(listed)
    expect(asked).toEqual([{ line: plain, user: undefined }])
  })

  it.each(["HTTPS_PROXY", "https_proxy", "all_proxy"])("https, named by %s", async (variable) => {
    expect(await run({ ...tunnelled, [variable]: http })).toEqual(listed)
    expect(asked).toEqual([{ line: "CONNECT todo.internal.test:443", user: undefined }])
  })

  it("to which https is spoken", async () => {
    const env = { NODE_EXTRA_CA_CERTS: certificate, HTTP_PROXY: https, HTTPS_PROXY: https }
    expect(await run(env)).toEqual(listed)
    expect(await run({ ...env, ...tunnelled })).toEqual(listed)
    expect(asked.map(({ line }) => line)).toEqual([plain, "CONNECT todo.internal.test:443"])
  })

  it("without a scheme, and with a user and a password", async () => {
    const address = http.replace("http://", "us%40er:pass@")
    demanded = "us@er:pass"
    expect(await run({ HTTP_PROXY: address })).toEqual(listed)
    expect(await run({ ...tunnelled, HTTPS_PROXY: address })).toEqual(listed)
    expect(asked.map(({ user }) => user)).toEqual([demanded, demanded])
  })

  it("and around it, to the hosts of NO_PROXY", async () => {
    const { exitCode, stderr } = await run({ HTTP_PROXY: http, NO_PROXY: "example.com,.internal.test" }, "list")
    expect([exitCode, asked.length]).toEqual([7, 0])
    expect(stderr).toMatch(/^error: Cannot reach http:\/\/todo\.internal\.test: /)
  })
})

describe("what goes wrong with a proxy is said of the proxy", () => {
  it.each([{}, tunnelled])("it wants a user: exit code 4 (%j)", async (env) => {
    demanded = "somebody:else"
    const { exitCode, stderr } = await run({ ...env, HTTP_PROXY: http, HTTPS_PROXY: http }, "done 1 2")
    expect([exitCode, asked.length]).toEqual([4, 1])
    expect(stderr).toMatch(/^error: The proxy http:.* wants a user and a password\nPut them into HTTPS?_PROXY: /)
  })

  it("it gives no way: exit code 1, or 7 where that may change", async () => {
    for (const [status, expected] of [[403, 1], [502, 7]] as const) {
      refusal = status
      const { exitCode, stderr } = await run({ ...tunnelled, HTTPS_PROXY: http })
      expect([exitCode, JSON.parse(stderr).error]).toEqual([expected, {
        code: "proxy_refused",
        message: `The proxy ${http} (HTTPS_PROXY) gives no way to todo.internal.test: it answered ${status}`,
        status
      }])
    }
  })

  it("it is away: exit code 7, and no question about the service", async () => {
    for (const env of [{}, tunnelled]) {
      const { exitCode, stderr } = await run({ ...env, ALL_PROXY: "http://user:secret@127.0.0.1:9" }, "list")
      expect([exitCode, stderr]).toEqual([
        7,
        "error: Cannot reach the proxy http://127.0.0.1:9 (ALL_PROXY): the connection was refused\n" +
        "Is ALL_PROXY right? NO_PROXY lists the hosts that are reached without it.\n"
      ])
    }
  })

  it.each(["socks5://user:secret@127.0.0.1:1080", "http://secret:secret"])(
    "it is of another kind: exit code 2, and it is not gone around (%s)",
    async (address) => {
      const { exitCode, stderr } = await run({ ALL_PROXY: address })
      expect([exitCode, JSON.parse(stderr).error.code]).toEqual([2, "proxy_unusable"])
      expect(stderr).not.toContain("secret")
    }
  )
})

describe("which proxy", () => {
  const env = { HTTP_PROXY: "http://plain", HTTPS_PROXY: "http://secure" }

  it.each([
    ["http://a.example", {}, undefined],
    ["http://a.example", env, "plain"],
    ["https://a.example", env, "secure"],
    ["https://a.example", { HTTP_PROXY: "http://plain" }, undefined],
    ["https://a.example", { ALL_PROXY: "http://any" }, "any"],
    ["https://a.example", { ...env, ALL_PROXY: "http://any" }, "secure"],
    ["https://a.example", { ...env, https_proxy: "http://lower" }, "lower"],
    ["https://a.example", { ...env, https_proxy: "" }, "secure"],
    ["http://a.example", { ...env, REQUEST_METHOD: "GET" }, undefined],
    ["http://a.example", { http_proxy: "http://lower", REQUEST_METHOD: "GET" }, "lower"],
    ["http://localhost:4000", env, undefined],
    ["http://todo.localhost", env, undefined],
    ["http://127.9.9.9:4000", env, undefined],
    ["http://[::1]:4000", env, undefined]
  ])("%s with %j: %s", (url, variables, expected) => {
    expect(proxyFor(new URL(url), variables)?.url.host).toBe(expected)
  })

  it.each([
    ["a.example", "*", false],
    ["a.example", "a.example", false],
    ["a.example", "A.Example", false],
    ["b.a.example", "a.example", false],
    ["b.a.example", ".a.example", false],
    ["b.a.example", "*.a.example", false],
    ["ba.example", "a.example", true],
    ["a.example.", "a.example", false],
    ["a.example:8080", "x, a.example:8080", false],
    ["a.example:8080", "a.example:80", true],
    ["a.example", "x y\ta.example", false],
    ["10.1.2.3", "10.1.2.3", false],
    ["10.1.2.3", "10.0.0.0/8", false],
    ["11.1.2.3", "10.0.0.0/8", true],
    ["10.1.2.3", "10.1.2.1-10.1.2.9", false],
    ["10.1.2.3:8080", "10.1.2.3:8080", false],
    ["10.1.2.3", "2.3", true],
    ["[fd00::7]", "fd00::7", false],
    ["[fd00::7]:8080", "[fd00::7]:8080", false],
    ["[fd00::7]", "fd00::/8", false],
    ["[fe80::7]", "fd00::/8", true],
    ["[fd00::7]", "10.0.0.0/8", true],
    ["a.example", ",. ,", true]
  ])("%s with NO_PROXY=%s goes through it: %s", (host, exceptions, expected) => {
    const found = proxyFor(new URL(`http://${host}`), { ...env, NO_PROXY: exceptions })
    expect(found !== undefined).toBe(expected)
  })
})
