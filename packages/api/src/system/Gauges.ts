import { Effect, Layer, Metric } from "effect"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { PoolUse } from "../database/connections/PoolUse.ts"
import { Admission } from "../http/Admission.ts"
import { BodyBudget } from "../http/BodyBudget.ts"
import { FairShare } from "../http/FairShare.ts"
import { OpenStreams } from "../http/OpenStreams.ts"
import { UnsentAnswers } from "../http/UnsentAnswers.ts"

/** Of what time the event loop's delay is told. */
const windowMillis = 10_000

/** Registers what is not counted as it happens but read when somebody asks. */
export const Gauges = Layer.effectDiscard(Effect.gen(function*() {
  const admission = yield* Admission
  const shares = yield* FairShare
  const pool = yield* PoolUse
  const unsent = yield* UnsentAnswers
  const bodies = yield* BodyBudget
  const streams = yield* OpenStreams
  const delay = yield* eventLoopDelay
  const context = yield* Effect.context<never>()

  const gauge = (name: string, description: string, read: () => number, attributes: Record<string, string> = {}) =>
    Effect.acquireRelease(
      Effect.sync(() =>
        Metric.registerUnsafe(Metric.gauge(name, { description, attributes }), context, {
          get: () => ({ value: read() }),
          update: () => {},
          modify: () => {}
        })
      ),
      (registration) => Effect.sync(registration.remove)
    )

  const memory = process.memoryUsage
  yield* gauge("http_server_active_requests", "Requests at work", () => admission.working)
  yield* gauge("todo_requests_waiting", "Requests that wait for others of their user", () => shares.waiting)
  yield* gauge("todo_event_streams", "Streams of events", () => streams.open)
  yield* gauge("todo_unsent_answers_bytes", "Answers that clients have not taken yet", () => unsent.bytes)
  yield* gauge("todo_partial_bodies_bytes", "Bodies of which a part has come", () => bodies.bytes)
  yield* gauge("db_client_connection_count", "Connections in use", () => pool.connectionsInUse, { state: "used" })
  yield* gauge("db_client_connection_pending_requests", "Statements that wait for a connection", () => pool.waiting)
  yield* gauge("todo_statements_active", "Statements at work", () => pool.statements)
  for (const quantile of ["0.5", "0.99", "1"] as const) {
    yield* gauge(
      "nodejs_eventloop_delay_seconds",
      "How late timers were in the last ten seconds",
      () => delay()[quantile],
      { quantile }
    )
  }
  yield* gauge("process_resident_memory_bytes", "Memory of the process", () => memory.rss())
  yield* gauge("nodejs_heap_size_used_bytes", "Memory that JavaScript uses", () => memory().heapUsed)
  yield* gauge("process_cpu_seconds", "Processor time since the start", () => {
    const { system, user } = process.cpuUsage()
    return (system + user) / 1e6
  })
}))

/** Measures for ten seconds at a time, so that a bad moment is seen by every scrape, and then forgotten. */
const eventLoopDelay = Effect.gen(function*() {
  const histogram = monitorEventLoopDelay({ resolution: 10 })
  const resolutionNanos = 10e6
  const read = () => {
    const seconds = (nanos: number) => Math.max(0, nanos - resolutionNanos) / 1e9
    return {
      "0.5": seconds(histogram.percentile(50)),
      "0.99": seconds(histogram.percentile(99)),
      "1": seconds(histogram.max)
    }
  }
  let last: ReturnType<typeof read> | undefined
  yield* Effect.acquireRelease(
    Effect.sync(() => {
      histogram.enable()
      return setInterval(() => {
        last = read()
        histogram.reset()
      }, windowMillis)
    }),
    (timer) =>
      Effect.sync(() => {
        clearInterval(timer)
        histogram.disable()
      })
  )
  return () => last ?? read()
})
