import type * as Http from "node:http"
import { createRequire } from "node:module"
import type * as Stream from "node:stream"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { ProxyError, proxyFor, refusedByProxy } from "./Proxy.ts"
import { type Route, routeThrough } from "./ProxyTunnel.ts"

/*
 * `import` of node:http evaluates its lazy WebSocket export, and the built-in
 * fetch is undici: either costs more time than all the rest of a command.
 * `require` takes the module as it is.
 */
const require = createRequire(import.meta.url)

/** The part of a `Response` that `FetchHttpClient` reads. */
type ReadResponse = Pick<Response, "status" | "url" | "body" | "arrayBuffer"> & {
  readonly headers: Http.IncomingHttpHeaders
}

/** The longest answer that is read, in bytes: far more than a page of tasks can have. */
const longestAnswer = 64 * 1024 * 1024

const endless = ({ origin }: URL): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "unexpected_answer",
    message: `${origin} gives an answer without an end`,
    status: null,
    hints: ["Check the address in --api-url or TODO_API_URL."]
  })

const read = (message: Http.IncomingMessage, url: URL, onEnd: (body: Uint8Array<ArrayBuffer>) => void): void => {
  const chunks: Array<Uint8Array> = []
  let length = 0
  message.on("data", (chunk: Uint8Array) => {
    length += chunk.length
    if (length > longestAnswer) message.destroy(endless(url))
    else chunks.push(chunk)
  })
  message.on("end", () => onEnd(new Uint8Array(Buffer.concat(chunks))))
}

const routeTo = async (url: URL, signal: AbortSignal | undefined): Promise<Route> => {
  const proxy = proxyFor(url, process.env)
  return proxy === undefined ? { options: { agent: false, protocol: url.protocol } } : routeThrough(proxy, url, signal)
}

const isEventStream = ({ headers, statusCode }: Http.IncomingMessage): boolean =>
  statusCode === 200 && /^text\/event-stream\b/i.test(headers["content-type"] ?? "")

/** An answer that goes on and is read as it comes; what nobody reads waits at the service. */
const streamed = (message: Http.IncomingMessage): Response["body"] => {
  const { Readable }: typeof Stream = require("node:stream")
  return Readable.toWeb(message) as Response["body"]
}

/**
 * `fetch` over node:http, for requests and answers that fit in memory, and for streams of events. It follows no redirect.
 */
export const nodeFetch = async (
  input: string | URL | Request,
  init: RequestInit = {}
): Promise<Response> => {
  const url = new URL(input instanceof URL ? input.href : String(input))
  const signal = init.signal ?? undefined
  const { options, proxy } = await routeTo(url, signal)
  const { request }: typeof Http = require(options.protocol === "https:" ? "node:https" : "node:http")
  return new Promise((resolve, reject) => {
    const failed = (error: Error) =>
      reject(proxy === undefined || error instanceof Failure ? error : new ProxyError(proxy, error))
    const outgoing = request(url, {
      ...options,
      method: init.method ?? "GET",
      headers: { ...init.headers as Record<string, string>, ...options.headers },
      ...(signal === undefined ? {} : { signal })
    }, (message) => {
      message.on("error", failed)
      if (proxy !== undefined && message.statusCode === 407) {
        message.destroy(refusedByProxy(proxy, url.host, message.statusCode))
        return
      }
      const answer = (body: ReadResponse["body"], bytes = new Uint8Array()) => {
        const response: ReadResponse = {
          status: message.statusCode ?? 0,
          url: url.href,
          headers: message.headers,
          body,
          arrayBuffer: () => Promise.resolve(bytes.buffer)
        }
        resolve(response as unknown as Response)
      }
      if (isEventStream(message)) answer(streamed(message))
      else read(message, url, (bytes) => answer(null, bytes))
    })
    outgoing.on("error", failed)
    outgoing.end(init.body)
  })
}
