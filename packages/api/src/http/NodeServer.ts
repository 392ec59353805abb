import { type IncomingMessage, Server, type ServerResponse } from "node:http"
import type { Admission } from "./Admission.ts"
import type { BodyBudget } from "./BodyBudget.ts"
import { limitConnections } from "./ConnectionLimit.ts"
import type { Cuts } from "./Cuts.ts"
import { type EdgeRequest, requestsWithin } from "./EdgeRequest.ts"
import { makeRefuseMalformed } from "./MalformedRequest.ts"
import type { OpenStreams } from "./OpenStreams.ts"
import { inTurn, isPipelined } from "./Pipelining.ts"
import { makePlainProblem } from "./PlainProblem.ts"
import type { Refuse } from "./Refusal.ts"
import type { UnsentAnswers } from "./UnsentAnswers.ts"

/** What the server is made of. */
interface Parts {
  readonly drain: { readonly begun: boolean }
  readonly admission: Pick<Admission["Service"], "enter">
  readonly unsent: Pick<UnsentAnswers["Service"], "Response">
  readonly bodies: BodyBudget["Service"]
  readonly cuts: Cuts["Service"]
  readonly streams: Pick<OpenStreams["Service"], "closeAll">
  readonly maxConnections: number
  readonly publicUrl: string
  readonly refuse: Refuse
}

/**
 * Node's server, which answers with problem documents also where no route of
 * ours is reached: before they are there (503), and to what is no HTTP (400).
 */
export const makeServer = (parts: Parts): Server => {
  const server = new EdgeServer(parts)
  const plainProblem = makePlainProblem(parts.publicUrl)
  limitConnections(server, parts.maxConnections, (socket) => parts.cuts.cut(socket, "full"))
  const refuseMalformed = makeRefuseMalformed(plainProblem)
  server.on("clientError", refuseMalformed)
  // Nobody gets a tunnel. Node would close the connection without a word.
  server.on("connect", (_request, socket) => refuseMalformed({ code: "CONNECT" }, socket))
  const closeOnDrain = (_request: IncomingMessage, response: ServerResponse) => {
    if (parts.drain.begun) response.setHeader("connection", "close")
  }
  server.on("request", closeOnDrain).on("checkContinue", closeOnDrain)
  const answerPlainly = (status: number, more = {}) => (_request: IncomingMessage, response: ServerResponse) => {
    const { headers, text } = plainProblem(status)
    response.writeHead(status, { ...headers, ...more }).end(text)
  }
  server.on("checkExpectation", answerPlainly(417))
  const answerStarting = answerPlainly(503, { "retry-after": "1" })
  // Node listens before the routes are built, and a request that meets no
  // listener would never be answered.
  server.on("request", answerStarting)
  server.on("newListener", function giveWay(event) {
    if (event === "request") server.off("request", answerStarting).off("newListener", giveWay)
  })
  return server
}

/** How Node tells of a request: as it is, with `Expect: 100-continue`, and with another `Expect`. */
type RequestEvent = "request" | "checkContinue" | "checkExpectation"

const isRequest = (event: string): event is RequestEvent =>
  event === "request" || event === "checkContinue" || event === "checkExpectation"

class EdgeServer extends Server {
  private readonly parts: Parts

  constructor(parts: Parts) {
    super({
      IncomingMessage: requestsWithin(parts.bodies),
      ServerResponse: parts.unsent.Response,
      requireHostHeader: false,
      // Of two lines of Host or Authorization Node would take the first, and a proxy perhaps the last. Joined they are
      // what neither may be.
      joinDuplicateHeaders: true,
      // Nothing here speaks another protocol: without this, Node takes the connection away from who asks for one.
      shouldUpgradeCallback: () => false,
      // Longer than balancers keep theirs, commonly a minute: whoever closes first must not cut the other's request.
      keepAliveTimeout: 65_000,
      requestTimeout: 30_000,
      headersTimeout: 15_000,
      connectionsCheckingInterval: 5000
    })
    this.parts = parts
  }

  /** Has a request wait, or refused, before anybody hears of it: it has to cost next to nothing. */
  override emit(event: string, ...parameters: Array<unknown>): boolean {
    if (!isRequest(event)) return super.emit(event, ...parameters)
    const [request, response] = parameters as [EdgeRequest, ServerResponse]
    // Node goes on with what it has read when the connection has been cut.
    if (request.socket.destroyed) return true
    if (isPipelined(response)) {
      inTurn(
        request,
        response,
        () => this.enter(event, request, response),
        (socket) => this.parts.cuts.cut(socket, "pipelined")
      )
    } else {
      this.enter(event, request, response)
    }
    return true
  }

  private enter(event: RequestEvent, request: EdgeRequest, response: ServerResponse) {
    // The client is told to go on when somebody wants the body (EdgeRequest.ts), and not when Node sees that it waits.
    if (event === "checkContinue") request.expecting = response
    this.parts.admission.enter({
      request,
      go: () => super.emit(event, request, response),
      refuse: () => this.parts.refuse(request, response)
    })
  }

  /** Closes a connection as soon as its request is answered, once it is to stop, and not when keep-alive or a stream ends. */
  override close(done?: (error?: Error) => void): this {
    this.parts.streams.closeAll()
    const timer = setInterval(() => this.closeIdleConnections(), 50)
    return super.close((error) => {
      clearInterval(timer)
      done?.(error)
    })
  }
}
