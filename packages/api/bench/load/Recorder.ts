import { createHistogram, type RecordableHistogram } from "node:perf_hooks"
import type { Figures, Latency, Load } from "./Load.ts"

/** Counts answers after the warm-up, and their latency. */
export class Recorder {
  readonly #from: number
  readonly #until: number
  readonly #seconds: number
  readonly #closed: boolean
  readonly #ok = createHistogram()
  readonly #refused = createHistogram()
  readonly #statuses: Record<string, number> = {}
  #succeeded = 0
  readonly #failures: Record<string, number> = {}

  constructor({ rate, seconds, warmUpSeconds }: Load) {
    this.#closed = rate === undefined
    this.#from = performance.now() + warmUpSeconds * 1000
    this.#until = this.#from + seconds * 1000
    this.#seconds = seconds
  }

  /** When to stop. */
  get until(): number {
    return this.#until
  }

  answer(status: number, millis: number): void {
    if (!this.#counts()) return
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1
    if (status < 300) this.#succeeded++
    // In a closed loop the first requests wait for their connections, which are all opened at once.
    if (this.#closed && performance.now() - millis < this.#from) return
    const histogram = status === 503 ? this.#refused : status < 300 ? this.#ok : undefined
    histogram?.record(Math.max(1, Math.round(millis * 1000)))
  }

  failure(reason: string): void {
    if (this.#counts()) this.#failures[reason] = (this.#failures[reason] ?? 0) + 1
  }

  figures(): Figures {
    return {
      throughput: this.#succeeded / this.#seconds,
      latency: latencyOf(this.#ok),
      refusal: latencyOf(this.#refused),
      statuses: this.#statuses,
      failures: this.#failures
    }
  }

  #counts(): boolean {
    const now = performance.now()
    return now >= this.#from && now < this.#until
  }
}

const latencyOf = (micros: RecordableHistogram): Latency => {
  const at = (percentile: number) => micros.count === 0 ? 0 : micros.percentile(percentile) / 1000
  return { p50: at(50), p95: at(95), p99: at(99), max: micros.count === 0 ? 0 : micros.max / 1000 }
}
