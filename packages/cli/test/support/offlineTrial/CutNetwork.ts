import { once } from "node:events"
import { type AddressInfo, connect, createServer, type Socket } from "node:net"

/** What a network does: it passes all on, lets nothing through, loses answers, or says nothing at all. */
export type Weather = "good" | "cut" | "answersLost" | "silent"

/** Stands between clients and the service, and does what its weather says. */
export class CutNetwork {
  weather: Weather = "good"
  cuts = 0
  readonly url: string
  readonly #server = createServer()
  readonly #sockets = new Set<Socket>()

  private constructor(port: number) {
    this.url = `http://127.0.0.1:${port}`
  }

  /** Listens on a port of its own, and passes on to another port of this machine. */
  static async start(target: number): Promise<CutNetwork> {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const network = new CutNetwork(port)
    network.#server.on("connection", (incoming) => network.#pass(incoming, target))
    network.#server.listen(port, "127.0.0.1")
    await once(network.#server, "listening")
    return network
  }

  /** Changes the weather; what is on its way is cut by bad weather. */
  change(weather: Weather): void {
    this.weather = weather
    if (weather === "cut") {
      this.cuts++
      for (const socket of this.#sockets) socket.destroy()
    }
  }

  stop(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #pass(incoming: Socket, target: number): void {
    this.#keep(incoming)
    incoming.on("error", () => {})
    if (this.weather === "cut") return void incoming.destroy()
    if (this.weather === "silent") return
    const outgoing = connect(target, "127.0.0.1")
    this.#keep(outgoing)
    outgoing.on("error", () => incoming.destroy())
    outgoing.on("close", () => incoming.destroy())
    incoming.on("close", () => outgoing.destroy())
    incoming.pipe(outgoing)
    outgoing.on("data", (chunk: Buffer) => {
      if (this.weather === "answersLost") incoming.destroy()
      else incoming.write(chunk)
    })
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on("close", () => this.#sockets.delete(socket))
  }
}
