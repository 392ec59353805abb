import type { Duplex } from "node:stream"
import { EdgeRequest } from "./EdgeRequest.ts"
import type { makePlainProblem } from "./PlainProblem.ts"
import { responseOn } from "./ResponseOnSocket.ts"

/** How long a client has to read why its connection is closed. */
const lingerMillis = 500

const statuses: Record<string, readonly [number, string]> = {
  HPE_HEADER_OVERFLOW: [431, "Request Header Fields Too Large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "Request Timeout"],
  CONNECT: [405, "Method Not Allowed"]
}

/**
 * Answers what is no HTTP, after the requests before it: whoever is told 400 takes it for the answer to what they have
 * asked, which may have been done.
 */
export const makeRefuseMalformed = (plainProblem: ReturnType<typeof makePlainProblem>) => {
  // Node tells it anew of each piece that comes after.
  const refused = new WeakSet<Duplex>()

  const refuse = (code: string, socket: Duplex) => {
    if (!socket.writable) {
      socket.destroy()
      return
    }
    const due = responseOn(socket)
    if (due !== undefined && !(due.req instanceof EdgeRequest && due.req.isAwaited)) {
      // What is no HTTP may be its body, which it may want or not.
      if (due.req instanceof EdgeRequest) due.req.abandon(code in statuses ? "NoRoom" : "Malformed")
      due.once("close", () => refuse(code, socket))
      return
    }
    const [status, phrase] = statuses[code] ?? [400, "Bad Request"]
    const { headers, text } = plainProblem(status)
    // A tunnel is what no target has: the list is empty (RFC 9110, 10.2.1).
    const head = Object.entries(status === 405 ? { ...headers, allow: "" } : headers)
    // Who neither reads nor goes would keep the connection for good.
    const timer = setTimeout(() => socket.destroy(), lingerMillis)
    socket.once("close", () => clearTimeout(timer))
    socket.end(
      `HTTP/1.1 ${status} ${phrase}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${text}`
    )
  }

  return ({ code = "" }: { readonly code?: string }, socket: Duplex) => {
    if (code === "ECONNRESET") socket.destroy()
    else if (!refused.has(socket)) {
      refused.add(socket)
      refuse(code, socket)
    }
  }
}
