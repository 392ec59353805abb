import type { Server } from "node:http"
import type { Socket } from "node:net"

/** How often at most those that ask for nothing are closed: Node looks at each connection for that. */
const intervalMillis = 1000

/**
 * Lets a server have no more connections than `max`. Where there are nearly as many, those are closed that wait for
 * nothing, so that new ones need not be refused; `refused` hears of each that is.
 */
export const limitConnections = (server: Server, max: number, refused: () => void) => {
  const crowded = Math.ceil(max * 0.9)
  let open = 0
  let closedAt = Number.NEGATIVE_INFINITY
  server.maxConnections = max
  server.on("drop", refused)
  server.on("connection", (socket: Socket) => {
    open++
    socket.once("close", () => open--)
    if (open < crowded || performance.now() - closedAt < intervalMillis) return
    closedAt = performance.now()
    server.closeIdleConnections()
  })
}
