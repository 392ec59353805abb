import { Effect } from "effect"
import { connect } from "node:net"
import { TestService } from "./TestService.ts"

/** What came back, as text. */
export interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends the lines of a request's head just as they are, and reads until the service closes the connection. */
export const rawRequest = (...lines: ReadonlyArray<string>) => rawRequestWith("", ...lines)

/** The same, with a body. */
export const rawRequestWith = (
  body: string,
  ...lines: ReadonlyArray<string>
): Effect.Effect<RawAnswer, never, TestService> => {
  const length = body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const text = [...lines, ...length, "Connection: close", "", body].join("\r\n")
  return Effect.flatMap(TestService, ({ url }) =>
    Effect.promise(() =>
      new Promise((resolve, reject) => {
        let received = ""
        const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(text))
        socket
          .setEncoding("utf8")
          .on("data", (chunk: string) => received += chunk)
          .on("error", reject)
          .on("end", () => {
            const [head = "", rest = ""] = received.split("\r\n\r\n", 2)
            resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body: rest })
          })
      })
    ))
}
