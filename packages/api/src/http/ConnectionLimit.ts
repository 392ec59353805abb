import type { Server } from "node:http"
import type { Socket } from "node:net"
import { blockOf, normalAddress } from "./ClientAddress.ts"
import { EdgeRequest } from "./EdgeRequest.ts"
import { responseOn } from "./ResponseOnSocket.ts"

/** The connections of each network, the oldest first. */
type Networks = Map<string, Set<Socket>>

/**
 * Lets a server have no more connections than `max`. Where there are as many, a new one pushes out one that does no
 * work, so that nobody holds all places by doing nothing; only where there is none the new one is cut.
 */
export const limitConnections = (server: Server, max: number, cut: (socket: Socket) => void) => {
  const networks: Networks = new Map()
  let open = 0
  const leave = (network: string, socket: Socket) => {
    const sockets = networks.get(network)
    if (sockets?.delete(socket) !== true) return
    open--
    if (sockets.size === 0) networks.delete(network)
  }
  server.on("connection", (socket: Socket) => {
    if (open >= max) {
      const other = mostExpendable(networks)
      if (other === undefined) return cut(socket)
      // Its `close` comes later, and the place is needed now.
      leave(other.network, other.socket)
      cut(other.socket)
    }
    const network = blockOf(normalAddress(socket.remoteAddress ?? "") ?? "")
    const sockets = networks.get(network)
    if (sockets === undefined) networks.set(network, new Set([socket]))
    else sockets.add(socket)
    open++
    socket.once("close", () => leave(network, socket))
  })
}

/**
 * Of the network that has most connections, as far as it has one: the oldest without a request, half a head perhaps, or
 * else the oldest that waits for its client in the midst of a request. Who comes through a proxy has the proxy's network.
 */
const mostExpendable = (networks: Networks) => {
  let found: { readonly network: string; readonly socket: Socket } | undefined = undefined
  let most = 0
  for (const [network, sockets] of networks) {
    if (sockets.size <= most) continue
    const socket = oldest(sockets, isIdle) ?? oldest(sockets, isKeptWaiting)
    if (socket === undefined) continue
    found = { network, socket }
    most = sockets.size
  }
  return found
}

const oldest = (sockets: Set<Socket>, is: (socket: Socket) => boolean) => {
  for (const socket of sockets) {
    if (is(socket)) return socket
  }
  return undefined
}

const isIdle = (socket: Socket) => responseOn(socket) === undefined

/** Whether the service waits for the client to send a body, or to take an answer. */
const isKeptWaiting = (socket: Socket) => {
  const response = responseOn(socket)
  return response !== undefined
    && (response.writableEnded || (response.req instanceof EdgeRequest && response.req.isAwaited))
}
