import { type Agent, request } from "node:http"

/** A request, as it goes over the wire. */
export interface Sent {
  readonly method: string
  /** The target: path and query. */
  readonly target: string
  /** Names and values, one after the other, as often as they are to be sent. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly body: Buffer | undefined
}

/** An answer, read to its end, or of a stream what comes first. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string>>>
  readonly body: Buffer
}

/**
 * Sends a request just as it is: what `fetch` would put right, refuse or add is what has to be tried. A service may
 * answer before it has read a body, and close: then the answer counts.
 */
export const exchange = (url: string, agent: Agent, sent: Sent): Promise<Answer> =>
  new Promise((settle, reject) => {
    const length = sent.body === undefined ? [] : [["content-length", String(sent.body.length)] as const]
    const outgoing = request(
      url,
      {
        method: sent.method,
        path: sent.target,
        agent,
        headers: [["host", new URL(url).host] as const, ...sent.headers, ...length]
          // A later Host is the one that is sent.
          .filter(([name], index, all) => name !== "host" || index === all.findLastIndex(([other]) => other === "host"))
          .flat()
      },
      (incoming) => {
        const chunks: Array<Buffer> = []
        const answer = () =>
          settle({
            status: incoming.statusCode!,
            headers: incoming.headers as Answer["headers"],
            body: Buffer.concat(chunks)
          })
        incoming
          .on("data", (chunk: Buffer) => {
            chunks.push(chunk)
            if (incoming.headers["content-type"] !== "text/event-stream") return
            answer()
            incoming.destroy()
          })
          .on("error", reject)
          .on("end", answer)
      }
    )
    outgoing.on("error", reject).end(sent.body)
  })
