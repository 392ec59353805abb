import { ByteSize, Context, Effect, Layer } from "effect"
import { type IncomingMessage, ServerResponse } from "node:http"
import { AppConfig } from "../Config.ts"
import { Cuts } from "./Cuts.ts"
import { isShared } from "./SharedBytes.ts"

/** How long a client may take for an answer of any length: a train may go through a tunnel. */
const patienceMillis = 20_000
/** How many bytes a second it has to take beyond that, so that nothing is gained by taking one now and then. */
const bytesPerSecond = 16 * 1024
/** What an answer weighs that waits, its bytes apart: a response, a request, a fiber. */
const overhead = 4 * 1024
const tickMillis = 1000
/** An answer, or what there is of it, that its client has not taken yet. */
interface Unsent {
  /** What it takes of the budget. */
  weight: number
  /** By when it has to be taken, in milliseconds of `performance.now`. */
  deadline: number
}

/**
 * The answers between their making and their leaving. Node keeps all that a client does not take, for as long as it
 * likes: what there is together is bounded by `ANSWER_BUDGET`, and beyond it whoever has let the service wait for
 * longest is cut, not whoever asks next. Each answer has to be taken in time.
 *
 * An answer that the kernel has taken whole, as is the rule, is never here.
 */
export class UnsentAnswers extends Context.Service<UnsentAnswers, {
  /** How many bytes wait. */
  readonly bytes: number
  /** Responses whose bytes are counted, for Node's server. */
  readonly Response: typeof ServerResponse
}>()("todo/api/http/UnsentAnswers") {
  static readonly layer = Layer.effect(
    UnsentAnswers,
    Effect.gen(function*() {
      const budget = ByteSize.toNumberUnsafe((yield* AppConfig).answerBudget)
      const cuts = yield* Cuts
      // The one that has waited longest is the first.
      const unsent = new Map<ServerResponse, Unsent>()
      let bytes = 0

      const forget = (response: ServerResponse) => {
        bytes -= unsent.get(response)?.weight ?? 0
        unsent.delete(response)
      }
      const cut = (response: ServerResponse, reason: "stalled" | "evicted") => {
        forget(response)
        cuts.cut(response.req.socket, reason)
      }
      const add = (response: ServerResponse, chunk: unknown) => {
        const length = lengthOf(chunk)
        const weight = isShared(chunk) ? 0 : length
        const millis = length / bytesPerSecond * 1000
        const known = unsent.get(response)
        if (known === undefined) {
          unsent.set(response, { weight: overhead + weight, deadline: performance.now() + patienceMillis + millis })
          bytes += overhead
          response.once("close", () => forget(response))
          // All that was written has been taken. A long answer goes on, and is not late for being long.
          response.once("drain", () => forget(response))
        } else {
          known.weight += weight
          known.deadline += millis
        }
        bytes += weight
        for (const [oldest] of unsent) {
          if (bytes <= budget) break
          cut(oldest, "evicted")
        }
      }
      const tick = () => {
        const now = performance.now()
        for (const [response, { deadline }] of unsent) {
          if (deadline <= now) cut(response, "stalled")
        }
      }
      yield* Effect.acquireRelease(
        Effect.sync(() => setInterval(tick, tickMillis)),
        (timer) => Effect.sync(() => clearInterval(timer))
      )

      class Response<Request extends IncomingMessage> extends ServerResponse<Request> {
        override write(...chunk: Array<never>): boolean {
          const taken = super.write(...chunk as unknown as [never])
          if (!taken) add(this, chunk[0])
          return taken
        }

        override end(...chunk: Array<never>): this {
          super.end(...chunk as unknown as [never])
          // Undefined where the client is gone.
          if ((this.socket?.writableLength ?? 0) > 0) add(this, chunk[0])
          return this
        }
      }

      return UnsentAnswers.of({
        get bytes() {
          return bytes
        },
        Response
      })
    })
  )
}

const lengthOf = (chunk: unknown) =>
  typeof chunk === "string" ? Buffer.byteLength(chunk) : chunk instanceof Uint8Array ? chunk.byteLength : 0
