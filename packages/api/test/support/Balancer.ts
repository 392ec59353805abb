import { Agent, createServer, request, type Server } from "node:http"

/**
 * A balancer as simple as they come: it asks each replica whether it is ready,
 * sends requests to those that are in turn, over connections that it keeps, and
 * never tries a second time.
 */
export class Balancer {
  readonly url: string
  private readonly server: Server
  private readonly close: () => void

  private constructor(url: string, server: Server, close: () => void) {
    this.url = url
    this.server = server
    this.close = close
  }

  static start(replicas: ReadonlyArray<string>, port: number): Promise<Balancer> {
    const agent = new Agent({ keepAlive: true })
    const ready = new Set(replicas)
    const check = () =>
      Promise.all(replicas.map(async (replica) => {
        const answer = await fetch(`${replica}/health/ready`).catch(() => undefined)
        if (answer?.status === 200) ready.add(replica)
        else ready.delete(replica)
      }))
    const timer = setInterval(() => void check(), 100)
    let turn = 0
    const server = createServer((incoming, outgoing) => {
      const replica = [...ready][turn++ % ready.size]
      if (replica === undefined) {
        outgoing.writeHead(502).end()
        return
      }
      const upstream = request(replica + incoming.url!, {
        agent,
        method: incoming.method!,
        headers: { ...incoming.headers, connection: "keep-alive" }
      })
      upstream.on("response", (response) => {
        const { connection: _, ...headers } = response.headers
        outgoing.writeHead(response.statusCode!, headers)
        response.pipe(outgoing)
      })
      upstream.on("error", (error) => outgoing.writeHead(502, { "x-error": error.message }).end())
      incoming.pipe(upstream)
    })
    return new Promise((resolve) => {
      server.listen(port, "127.0.0.1", () => {
        resolve(
          new Balancer(`http://127.0.0.1:${port}`, server, () => {
            clearInterval(timer)
            agent.destroy()
          })
        )
      })
    })
  }

  stop(): Promise<void> {
    this.close()
    return new Promise((resolve) => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }
}
