import { connect, type NetConnectOpts, type Socket } from "node:net"

/**
 * Connects a socket that sends at once what was written before the next tick:
 * the statements of all requests that were begun in a turn of the event loop.
 * The driver writes each statement by itself, and each write wakes a backend
 * (docs/adr/0017). It has no effect under TLS, which writes past the socket's
 * methods.
 */
export const connectBatching = (options: NetConnectOpts): Socket => {
  const socket = connect(options)
  const write = socket.write.bind(socket) as (...parameters: Array<unknown>) => boolean
  let corked = false
  const uncork = () => {
    corked = false
    socket.uncork()
  }
  socket.write = (...parameters: Array<unknown>) => {
    if (!corked) {
      corked = true
      socket.cork()
      process.nextTick(uncork)
    }
    return write(...parameters)
  }
  return socket
}
