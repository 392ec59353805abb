import { connect, type NetConnectOpts, type Socket } from "node:net"

/** Where a PostgreSQL of this URL listens; undefined where the driver is to find out: a socket in the file system. */
export const addressOf = ({ hostname, port }: URL): NetConnectOpts | undefined =>
  hostname === "" || hostname.startsWith("%2F") ? undefined : {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? 5432 : Number(port),
    noDelay: true,
    // Finds out that an idle connection is dead, behind a NAT or a proxy that has forgotten it.
    keepAlive: true,
    keepAliveInitialDelay: 30_000
  }

/**
 * Connects a socket that sends at once what was written before the next tick:
 * the statements of all requests that were begun in a turn of the event loop.
 * The driver writes each statement by itself, and each write wakes a backend:
 * with 64 clients that was a quarter of what a read cost the service, and 40 %
 * of what it cost PostgreSQL. It has no effect under TLS, which writes past the
 * socket's methods.
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
