import { Context, Duration, Effect, Layer } from "effect"
import { AppConfig } from "../Config.ts"

/** Whether the service is about to stop: it is not ready any more, and answers close their connections. */
export class Drain extends Context.Service<Drain, { begun: boolean }>()("todo/api/http/Drain") {
  static readonly layer = Layer.sync(Drain, () => ({ begun: false }))
}

/**
 * On SIGTERM, goes on serving for `DRAIN_DELAY` before the server closes, until
 * every balancer has seen that it is not ready. Ctrl-C does not wait: nobody
 * balances over a developer's machine.
 */
export const DrainOnStop = Layer.effectDiscard(Effect.gen(function*() {
  const { drainDelay } = yield* AppConfig
  const drain = yield* Drain
  let terminated = false
  const terminate = () => {
    terminated = true
  }
  yield* Effect.acquireRelease(
    // Before the listener that stops the service: it does so at once.
    Effect.sync(() => process.prependOnceListener("SIGTERM", terminate)),
    () =>
      Effect.suspend(() => {
        process.off("SIGTERM", terminate)
        drain.begun = true
        if (!terminated || Duration.isZero(drainDelay)) return Effect.void
        return Effect.andThen(
          Effect.logInfo(`Stopping in ${Duration.format(drainDelay)}: not ready any more`),
          Effect.sleep(drainDelay)
        )
      })
  )
}))
