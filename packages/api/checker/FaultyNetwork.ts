import { connect, createServer, type Server, type Socket } from "node:net"
import { setTimeout } from "node:timers/promises"

/** What a network did to requests and answers. */
export interface Harm {
  /** Requests that never got to the service. */
  requestsLost: number
  /** Answers that were dropped, the connection cut. */
  answersDropped: number
  /** Answers that were cut in their middle. */
  answersTruncated: number
  /** Answers that were dropped, and all behind them, while the connection stayed. */
  answersSwallowed: number
}

/** How often each is done to a piece of data, and for how long any piece is held up at most. */
const odds = { requestLost: 0.02, answerDropped: 0.03, answerTruncated: 0.015, answerSwallowed: 0.005 }
const longestDelay = 25

/** Stands between clients and the service, and is as bad as networks are, until it is told to be good. */
export class FaultyNetwork {
  readonly url: string
  readonly harm: Harm = { requestsLost: 0, answersDropped: 0, answersTruncated: 0, answersSwallowed: 0 }
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #faulty = true

  private constructor(port: number, server: Server) {
    this.url = `http://127.0.0.1:${port}`
    this.#server = server
  }

  /** Passes what comes to a port of its own on to `target` on this machine. */
  static start(target: number): Promise<FaultyNetwork> {
    const server = createServer()
    return new Promise((resolve, reject) => {
      server.once("error", reject).listen(0, "127.0.0.1", () => {
        const address = server.address()
        const network = new FaultyNetwork(typeof address === "object" && address !== null ? address.port : 0, server)
        server.on("connection", (incoming) => network.#pass(incoming, connect(target, "127.0.0.1")))
        resolve(network)
      })
    })
  }

  /** From now on everything gets through, at once. */
  heal(): void {
    this.#faulty = false
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      for (const socket of this.#sockets) socket.destroy()
    })
  }

  #pass(incoming: Socket, outgoing: Socket) {
    const cut = () => {
      incoming.destroy()
      outgoing.destroy()
    }
    const { harm } = this
    this.#relay(incoming, outgoing, cut, () => {
      if (Math.random() >= odds.requestLost) return "pass"
      harm.requestsLost++
      return "cut"
    })
    this.#relay(outgoing, incoming, cut, () => {
      const dice = Math.random()
      if (dice < odds.answerDropped) {
        harm.answersDropped++
        return "cut"
      }
      if (dice < odds.answerDropped + odds.answerTruncated) {
        harm.answersTruncated++
        return "truncate"
      }
      if (dice < odds.answerDropped + odds.answerTruncated + odds.answerSwallowed) {
        harm.answersSwallowed++
        return "swallow"
      }
      return "pass"
    })
  }

  /** Piece by piece, in order: a request or an answer of the checker is one piece. */
  #relay(from: Socket, to: Socket, cut: () => void, fate: () => "pass" | "cut" | "truncate" | "swallow") {
    let before = Promise.resolve()
    // What is behind a piece that is lost does not come either: TCP has no holes.
    let isDeaf = false
    const relayed = async (piece: Buffer) => {
      if (isDeaf) return
      if (!this.#faulty) return void to.write(piece)
      await setTimeout(Math.random() * longestDelay)
      switch (fate()) {
        case "pass":
          return void to.write(piece)
        case "truncate":
          to.write(piece.subarray(0, Math.ceil(Math.random() * piece.length)), cut)
          return
        case "cut":
          return cut()
        case "swallow":
          isDeaf = true
          return
      }
    }
    this.#sockets.add(from)
    from
      .on("data", (piece: Buffer) => {
        before = before.then(() => relayed(piece))
      })
      .on("error", () => {})
      .on("close", () => {
        this.#sockets.delete(from)
        void before.then(cut)
      })
  }
}
