import { problemType } from "@todo/domain/http/Problem"
import type { IncomingMessage, ServerResponse } from "node:http"
import { requestIdOf } from "./RequestId.ts"
import { securityHeaders } from "./SecurityHeaders.ts"

/** Answers a request with 503. */
export type Refuse = (request: IncomingMessage, response: ServerResponse) => void

const members = JSON.stringify({
  type: problemType("service_unavailable"),
  title: "The service is not available",
  status: 503,
  detail: "There are more requests than can be served",
  code: "service_unavailable"
}).slice(0, -1)

/**
 * Refuses on Node's own request, without a fiber: at twice the load that the
 * service can carry every other request ends here, and each one served pays for it.
 */
export const makeRefuse = (corsOrigins: ReadonlyArray<string>): Refuse => (request, response) => {
  const requestId = requestIdOf(request.headers["x-request-id"] as string | undefined)
  const text = `${members},"requestId":"${requestId}"}`
  const { origin } = request.headers
  response.writeHead(503, {
    ...securityHeaders,
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(text),
    "retry-after": "1",
    "x-request-id": requestId,
    ...(origin !== undefined && corsOrigins.includes(origin)
      ? {
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": "Retry-After,X-Request-Id",
        "vary": "Origin"
      }
      : {})
  }).end(text)
}
