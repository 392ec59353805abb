import type * as Http from "node:http"
import { createRequire } from "node:module"

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

const read = (message: Http.IncomingMessage, onEnd: (body: Uint8Array<ArrayBuffer>) => void): void => {
  const chunks: Array<Uint8Array> = []
  message.on("data", (chunk: Uint8Array) => chunks.push(chunk))
  message.on("end", () => onEnd(new Uint8Array(Buffer.concat(chunks))))
}

/** `fetch` over node:http, for requests and answers that fit in memory. It follows no redirect. */
export const nodeFetch = (
  input: string | URL | Request,
  init: RequestInit = {}
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const url = new URL(input instanceof URL ? input.href : String(input))
    const { request }: typeof Http = require(url.protocol === "https:" ? "node:https" : "node:http")
    const outgoing = request(url, {
      method: init.method ?? "GET",
      headers: { ...init.headers as Record<string, string> },
      agent: false,
      ...(init.signal ? { signal: init.signal } : {})
    }, (message) => {
      message.on("error", reject)
      read(message, (body) => {
        const response: ReadResponse = {
          status: message.statusCode ?? 0,
          url: url.href,
          headers: message.headers,
          body: null,
          arrayBuffer: () => Promise.resolve(body.buffer)
        }
        resolve(response as unknown as Response)
      })
    })
    outgoing.on("error", reject)
    outgoing.end(init.body)
  })
