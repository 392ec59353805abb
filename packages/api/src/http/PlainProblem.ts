import { asProblem, problemFor } from "./ProblemResponses.ts"
import { securityHeadersFor } from "./SecurityHeaders.ts"

/** The headers and the problem document for what reaches no route, after which the connection is closed. */
export const makePlainProblem = (publicUrl: string) => (status: number) => {
  const requestId = crypto.randomUUID()
  const { body } = asProblem(problemFor(status), requestId, publicUrl)
  const text = body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : ""
  const headers = {
    ...securityHeadersFor(publicUrl),
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(text),
    "x-request-id": requestId,
    "connection": "close"
  }
  return { headers, text }
}
