import type { IncomingMessage, ServerResponse } from "node:http"
import type { Socket } from "node:net"

/** How many requests may wait for the answers before them, on one connection. */
const maxWaiting = 32
/** How many bytes a connection may send ahead beyond what came with the first of them. */
const maxBytesAhead = 64 * 1024

/** The requests of a connection that wait for the answers before them. */
interface Ahead {
  waiting: number
  /** What the connection had sent when the request that is being answered had come. */
  bytesBefore: number
}

const ahead = Symbol("ahead")

interface Connection extends Socket {
  [ahead]?: Ahead
}

/** Whether the answer to another request of the connection has not left yet. */
export const isPipelined = (response: ServerResponse): boolean => response.socket === null

/**
 * Runs `go` for a pipelined request when the answers before its own have left: a connection has one answer in memory at
 * a time, however many it asks for. Runs `cut` where it sends too many ahead.
 */
export const inTurn = (
  request: IncomingMessage,
  response: ServerResponse,
  go: () => void,
  cut: (socket: Socket) => void
) => {
  const socket: Connection = request.socket
  const { bytesRead } = socket
  const queue = socket[ahead] ??= { waiting: 0, bytesBefore: bytesRead }
  if (++queue.waiting > maxWaiting || bytesRead - queue.bytesBefore > maxBytesAhead) return cut(socket)
  // Node gives it the socket when it is its turn.
  response.once("socket", () => {
    queue.bytesBefore = bytesRead
    if (--queue.waiting === 0) delete socket[ahead]
    // Not while Node is still busy with the end of the answer before.
    process.nextTick(() => {
      if (!socket.destroyed) go()
    })
  })
}
