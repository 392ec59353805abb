import { Effect, Layer } from "effect"
import { performance } from "node:perf_hooks"

/** How long there must have been next to nothing to do. */
const quietMillis = 5000
/** Which part of that time the event loop may have been at work. */
const quietUtilization = 0.05
/** For how much, over what was left the last time, it is worth the pause of a collection. */
const worthBytes = 16 * 1024 * 1024

/**
 * Gives memory back to the machine when the service has nothing to do: V8
 * keeps what a burst of load took (docs/adr/0016). Does nothing where Node runs without `--expose-gc`.
 */
export const MemoryReturn = Layer.effectDiscard(Effect.suspend(() => {
  const { gc } = globalThis
  if (gc === undefined) return Effect.void
  let kept = 0
  let before = performance.eventLoopUtilization()
  const look = () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    if (utilization > quietUtilization || process.memoryUsage.rss() < kept + worthBytes) return
    // "Last resort" is what V8 does before it runs out of memory: the only collection that lets go of empty pages.
    gc({ type: "major", execution: "sync", flavor: "last-resort" })
    kept = process.memoryUsage.rss()
  }
  return Effect.acquireRelease(
    Effect.sync(() => setInterval(look, quietMillis)),
    (timer) => Effect.sync(() => clearInterval(timer))
  )
}))
