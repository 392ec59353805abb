import { problemKinds } from "@todo/domain/http/ProblemKinds"
import type { IncomingMessage, ServerResponse } from "node:http"
import { problemAddress } from "./ProblemAddress.ts"
import { requestIdOf } from "./RequestId.ts"
import { securityHeadersFor } from "./SecurityHeaders.ts"

/** Answers a request with 503. */
export type Refuse = (request: IncomingMessage, response: ServerResponse) => void

const membersOf = (publicUrl: string) =>
  JSON.stringify({
    type: problemAddress(publicUrl, "service_unavailable"),
    ...problemKinds.service_unavailable,
    detail: "There are more requests than can be served",
    code: "service_unavailable"
  }).slice(0, -1)

/**
 * Whether all that the client waits for on its connection is this one answer, with its body, after which it may send
 * more; and it is no page, which needs to be told more. A client that has not taken what it was sent before may not
 * have it either: what is written past the response is in no budget.
 */
const isPlain = ({ headers, httpVersion, method }: IncomingMessage, { shouldKeepAlive, socket }: ServerResponse) =>
  socket !== null && socket.writableLength === 0 && shouldKeepAlive && httpVersion === "1.1" && method !== "HEAD"
  && headers.origin === undefined && headers.expect === undefined

/**
 * Refuses on Node's own request, without a fiber: at twice the load that the
 * service can carry every other request ends here, and each one served pays for it.
 */
export const makeRefuse = (publicUrl: string, corsOrigins: ReadonlyArray<string>): Refuse => {
  const members = membersOf(publicUrl)
  const always = {
    ...securityHeadersFor(publicUrl),
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "retry-after": "1"
  }
  const head = [
    "HTTP/1.1 503 Service Unavailable",
    ...Object.entries(always).map(([name, value]) => `${name}: ${value}`),
    ""
  ].join("\r\n")
  return (request, response) => {
    const requestId = requestIdOf(request.headers["x-request-id"] as string | undefined)
    const text = `${members},"requestId":"${requestId}"}`
    if (isPlain(request, response)) {
      // Past Node's response, which puts the headers together anew and writes in the next tick: under twice the
      // load more are served so (docs/adr/0013). Node goes on with the connection when it hears that the response is finished.
      const own = `content-length: ${text.length}\r\nx-request-id: ${requestId}\r\n`
      response.socket!.write(`${head}${own}\r\n${text}`, "latin1")
      response.emit("finish")
      return
    }
    const { origin } = request.headers
    response.writeHead(503, {
      ...always,
      "content-length": text.length,
      "x-request-id": requestId,
      ...(origin !== undefined && corsOrigins.includes(origin)
        ? {
          "access-control-allow-origin": origin,
          "access-control-allow-credentials": "true",
          "access-control-expose-headers": "Retry-After,X-Request-Id,Todo-Version",
          "vary": "Origin"
        }
        : {})
    }).end(text)
  }
}
