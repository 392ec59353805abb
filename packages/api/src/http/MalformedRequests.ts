import type { Server } from "node:http"
import { problemFor } from "./ProblemResponses.ts"

const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }

/** Answers what is no HTTP with a problem document too; it reaches no route. */
export const refuseMalformed = (server: Server): Server =>
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy()
      return
    }
    const status = statuses[error.code ?? ""] ?? 400
    const problem = problemFor(status)
    const body = problem.body._tag === "Uint8Array" ? Buffer.from(problem.body.body) : Buffer.alloc(0)
    socket.end(Buffer.concat([
      Buffer.from(
        `HTTP/1.1 ${status} Bad Request\r\nConnection: close\r\nContent-Type: application/problem+json\r\n`
          + `X-Request-Id: ${crypto.randomUUID()}\r\nContent-Length: ${body.length}\r\n\r\n`
      ),
      body
    ]))
  })
