import { createServer, type IncomingHttpHeaders, request } from "node:http"
import type { AddressInfo } from "node:net"

/** A request that came. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** Stands before the service, passes on what comes, and keeps which requests it was. */
export interface Recorder {
  readonly url: string
  readonly received: Array<Received>
  close(): void
}

/** To the service it is a proxy that says where it was asked. */
const passedOn = (headers: IncomingHttpHeaders, own: string, service: URL): IncomingHttpHeaders => ({
  ...headers,
  host: service.host,
  ...headers.origin === own ? { origin: service.origin } : {}
})

/** Listens on a free port for requests to the service at `target`. */
export const startRecorder = async (target: string): Promise<Recorder> => {
  const service = new URL(target)
  const received: Array<Received> = []
  const server = createServer((incoming, response) => {
    const { headers, method = "", url = "" } = incoming
    received.push({ method, url, headers: headers as Received["headers"] })
    const outgoing = request(new URL(url, service), { method, headers: passedOn(headers, own, service) }, (answer) => {
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
  return {
    url: own,
    received,
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}
