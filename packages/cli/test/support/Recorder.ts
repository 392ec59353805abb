import { createServer, type IncomingHttpHeaders, request as send } from "node:http"
import type { AddressInfo } from "node:net"

/** A request that came. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** What is answered to a request that is not passed on. */
export interface Answer {
  readonly status: number
  readonly body: object
}

/**
 * Stands before the service, passes on what comes, and keeps which requests it was. What a service never answers a test
 * has it answer instead.
 */
export interface Recorder {
  readonly url: string
  readonly received: Array<Received>
  instead: (request: Received) => Answer | undefined
  close(): void
}

/** To the service it is a proxy that says where it was asked. */
const passedOn = (headers: IncomingHttpHeaders, own: string, service: URL): IncomingHttpHeaders => ({
  ...headers,
  host: service.host,
  ...headers.origin === own ? { origin: service.origin } : {}
})

/** Answers nothing itself. */
const passing: Recorder["instead"] = () => undefined

/** Listens on a free port for requests to the service at `target`. */
export const startRecorder = async (target: string): Promise<Recorder> => {
  const service = new URL(target)
  const recorder = { received: [] as Array<Received>, instead: passing }
  const server = createServer((incoming, response) => {
    const { headers, method = "", url = "" } = incoming
    const request = { method, url, headers: headers as Received["headers"] }
    recorder.received.push(request)
    const answer = recorder.instead(request)
    if (answer !== undefined) {
      incoming.resume()
      const type = answer.status < 400 ? "application/json" : "application/problem+json"
      response.writeHead(answer.status, { "content-type": type }).end(JSON.stringify(answer.body))
      return
    }
    const outgoing = send(new URL(url, service), { method, headers: passedOn(headers, own, service) }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
      answer.on("error", () => response.destroy())
    })
    outgoing.on("error", () => response.destroy())
    response.on("close", () => outgoing.destroy())
    incoming.pipe(outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(recorder, {
    url: own,
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  })
}
