import { createServer, type IncomingHttpHeaders, request as send, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

/** A request that came. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** What is answered to a request that is not passed on; where it is a problem, what the problem is besides. */
export interface Answer {
  readonly status: number
  /** Text is a page, as of something else than the service. */
  readonly body: object | string
}

/** What becomes of a request on a network that fails: it does not come to the service, its answer does not come back, or nothing is heard. */
export type Lost = "request" | "answer" | "all"

/**
 * Stands before the service, passes on what comes, and keeps which requests it was. What a service never answers a test
 * has it answer instead.
 */
export interface Recorder {
  readonly url: string
  readonly received: Array<Received>
  instead: (request: Received) => Answer | Lost | undefined
  close(): void
}

/** To the service it is a proxy that says where it was asked; `own` are the names that it goes by. */
const passedOn = (headers: IncomingHttpHeaders, own: ReadonlyArray<string>, service: URL): IncomingHttpHeaders => ({
  ...headers,
  host: service.host,
  ...own.includes(headers.origin ?? "") ? { origin: service.origin } : {}
})

const respond = (response: ServerResponse, { body, status }: Answer) => {
  if (typeof body === "string") return response.writeHead(status, { "content-type": "text/html" }).end(body)
  const [type, more] = status < 400
    ? ["application/json", {}]
    : ["application/problem+json", { type: "about:blank", title: "A problem", status }]
  return response.writeHead(status, { "content-type": type }).end(JSON.stringify({ ...more, ...body }))
}

/** Answers nothing itself. */
const passing: Recorder["instead"] = () => undefined

/** Listens on a free port for requests to the service at `target`. */
export const startRecorder = async (target: string): Promise<Recorder> => {
  const service = new URL(target)
  const own: Array<string> = []
  const recorder = { received: [] as Array<Received>, instead: passing }
  const server = createServer((incoming, response) => {
    const { headers, method = "", url = "" } = incoming
    const request = { method, url, headers: headers as Received["headers"] }
    recorder.received.push(request)
    const answer = recorder.instead(request)
    if (answer === "all") return
    if (answer === "request") {
      incoming.socket.destroy()
      return
    }
    if (answer !== undefined && answer !== "answer") {
      incoming.resume()
      respond(response, answer)
      return
    }
    // A connection of its own: one that was idle the service may be closing.
    const options = { method, headers: passedOn(headers, own, service), agent: false }
    const outgoing = send(new URL(url, service), options, (answered) => {
      if (answer === "answer") {
        answered.resume().on("end", () => incoming.socket.destroy())
        return
      }
      response.writeHead(answered.statusCode ?? 0, answered.headers)
      answered.pipe(response)
      answered.on("error", () => response.destroy())
    })
    outgoing.on("error", () => response.destroy())
    response.on("close", () => outgoing.destroy())
    incoming.pipe(outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  own.push(`http://127.0.0.1:${port}`, `http://localhost:${port}`)
  return Object.assign(recorder, {
    url: own[0]!,
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  })
}
