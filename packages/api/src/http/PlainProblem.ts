import { problemFor } from "./ProblemResponses.ts"
import { securityHeadersFor } from "./SecurityHeaders.ts"

/** The headers and the problem document for what reaches no route, after which the connection is closed. */
export const makePlainProblem = (publicUrl: string) => (status: number) => {
  const { body } = problemFor(status)
  const members = body._tag === "Uint8Array" ? JSON.parse(new TextDecoder().decode(body.body)) as object : {}
  const requestId = crypto.randomUUID()
  const text = JSON.stringify({ ...members, requestId })
  const headers = {
    ...securityHeadersFor(publicUrl),
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(text),
    "x-request-id": requestId,
    "connection": "close"
  }
  return { headers, text }
}
