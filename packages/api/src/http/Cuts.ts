import { Context, Effect, Layer } from "effect"
import type { Socket } from "node:net"
import { connectionCuts } from "../observability/Metrics.ts"
import { makeOccasionalWarning } from "../OccasionalWarning.ts"

/**
 * Why a connection is cut: its answer was not taken in time (`stalled`), the answers that wait are more than
 * `ANSWER_BUDGET` (`evicted`), it sent too many requests ahead (`pipelined`), or there are `MAX_CONNECTIONS` (`full`).
 */
export type CutReason = "stalled" | "evicted" | "pipelined" | "full"

/** Cuts connections that take more than their share, and tells operators. */
export class Cuts extends Context.Service<Cuts, {
  cut(socket: Socket, reason: CutReason): void
}>()("todo/api/http/Cuts") {
  static readonly layer = Layer.effect(
    Cuts,
    Effect.gen(function*() {
      const context = yield* Effect.context<never>()
      const warn = yield* makeOccasionalWarning((count) => `Cut ${count} connections: see todo_connections_cut_total`)
      return Cuts.of({
        cut: (socket, reason) => {
          // With a reset: otherwise the kernel would keep what it has to send, megabytes of it, for minutes.
          socket.resetAndDestroy()
          connectionCuts(reason).updateUnsafe(1, context)
          warn()
        }
      })
    })
  )
}
