import { connect, createServer, type Server, type Socket } from "node:net"

/** Stands between the service and its database, and can be taken away. */
export class Proxy {
  readonly port: number
  private readonly server: Server
  private readonly sockets: Set<Socket>

  private constructor(port: number, server: Server, sockets: Set<Socket>) {
    this.port = port
    this.server = server
    this.sockets = sockets
  }

  /**
   * Listens on `port`, or on any that is free, and passes everything on to `target` on this machine; its answers once
   * `onAnswer` has seen them, which may change them.
   */
  static start(
    target: number,
    port = 0,
    onAnswer: (chunk: Buffer, connection: Socket) => void = () => {}
  ): Promise<Proxy> {
    const sockets = new Set<Socket>()
    const server = createServer((incoming) => {
      const outgoing = connect(target, "127.0.0.1")
      outgoing.on("data", (chunk: Buffer) => onAnswer(chunk, outgoing))
      for (const [from, to] of [[incoming, outgoing], [outgoing, incoming]] as const) {
        sockets.add(from)
        from.on("error", () => {}).on("close", () => {
          sockets.delete(from)
          to.destroy()
        })
        from.pipe(to)
      }
    })
    return new Promise((resolve, reject) => {
      server.once("error", reject).listen(port, "127.0.0.1", () => {
        const address = server.address()
        resolve(new Proxy(typeof address === "object" && address !== null ? address.port : 0, server, sockets))
      })
    })
  }

  /** Passes nothing on any more on the connections of now, and closes none, as a network that has lost them. */
  stall(): void {
    for (const socket of this.sockets) socket.unpipe().on("data", () => {})
  }

  /** Cuts every connection, and takes new ones. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  /** Cuts every connection and takes no new one. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve())
      this.cut()
    })
  }
}
