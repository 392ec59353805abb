import { Effect } from "effect"
import { connect, type Socket } from "node:net"
import { TestService } from "./TestService.ts"

/** A connection to the suite's service on which a test says byte by byte what it sends. */
export class RawConnection {
  readonly socket: Socket
  /** What has come. */
  text = ""

  constructor(port: number, localAddress = "127.0.0.1") {
    this.socket = connect({ port, host: "127.0.0.1", localAddress }).on("error", () => {})
    this.socket.on("data", (chunk) => this.text += chunk.toString("latin1"))
  }

  /** Sends a head, and what is given of a body. */
  send(line: string, headers: Readonly<Record<string, string | number>> = {}, body = ""): this {
    const lines = Object.entries({ host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    this.socket.write(`${line} HTTP/1.1\r\n${lines.join("")}\r\n${body}`)
    return this
  }

  /** Sends a piece of a chunked body. */
  chunk(bytes: Buffer | string): this {
    this.socket.write(`${Buffer.byteLength(bytes).toString(16)}\r\n`)
    this.socket.write(bytes)
    this.socket.write("\r\n")
    return this
  }

  /** Waits until what has come looks so. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.text)) {
      await new Promise<void>((resolve, reject) => {
        this.socket.once("data", () => resolve())
        this.socket.once("close", () => reject(new Error(`Closed after ${JSON.stringify(this.text)}`)))
      })
    }
    return this.text
  }

  /** Waits until the service has closed the connection. */
  async closed(): Promise<string> {
    if (!this.socket.closed) await new Promise((resolve) => this.socket.once("close", resolve))
    return this.text
  }
}

/** Opens a connection to the suite's service, from an address of this machine, which ends with the test. */
export const rawConnectionFrom = (localAddress?: string) =>
  Effect.gen(function*() {
    const { url } = yield* TestService
    return yield* Effect.acquireRelease(
      Effect.sync(() => new RawConnection(Number(new URL(url).port), localAddress)),
      ({ socket }) => Effect.sync(() => socket.destroy())
    )
  })

/** Opens a connection to the suite's service, which ends with the test. */
export const rawConnection = rawConnectionFrom()
