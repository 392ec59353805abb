import { ByteSize, Context, Effect, Layer } from "effect"
import { AppConfig } from "../Config.ts"
import { refusals } from "../observability/Metrics.ts"

/** What a body weighs at least of which a part is there: whoever waits for it is as large. */
const leastWeight = 16 * 1024

/** A request whose body is not there whole. */
export interface Receiving {
  /** Gives it up, so that others have room. */
  readonly giveWay: () => void
}

/**
 * The bodies of which a part is there. Together they take `BODY_BUDGET`; where there is more, the one that has been
 * coming for longest is given up, so that slow clients keep nobody out. A body that comes at once, as is the rule, is
 * never here.
 */
export class BodyBudget extends Context.Service<BodyBudget, {
  /** How many bytes they take. */
  readonly bytes: number
  /** Notes that one takes so many bytes. */
  take(request: Receiving, bytes: number): void
  /** Notes that one is whole, or gone. */
  leave(request: Receiving): void
}>()("todo/api/http/BodyBudget") {
  static readonly layer = Layer.effect(
    BodyBudget,
    Effect.gen(function*() {
      const budget = ByteSize.toNumberUnsafe((yield* AppConfig).bodyBudget)
      const context = yield* Effect.context<never>()
      // The one that has been coming for longest is the first.
      const receiving = new Map<Receiving, number>()
      let bytes = 0
      const leave = (request: Receiving) => {
        bytes -= receiving.get(request) ?? 0
        receiving.delete(request)
      }
      return BodyBudget.of({
        get bytes() {
          return bytes
        },
        leave,
        take: (request, taken) => {
          const weight = Math.max(taken, leastWeight)
          bytes += weight - (receiving.get(request) ?? 0)
          receiving.set(request, weight)
          for (const [oldest] of receiving) {
            if (bytes <= budget) break
            leave(oldest)
            refusals("busy").updateUnsafe(1, context)
            oldest.giveWay()
          }
        }
      })
    })
  )
}
