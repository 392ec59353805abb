import { setTimeout } from "node:timers/promises"
import { figure, type Table } from "../report/Table.ts"
import { residentMegabytes } from "../stage/ProcessUse.ts"
import { describe } from "./describe.ts"
import type { Scenario } from "./Scenario.ts"

interface Sample {
  readonly seconds: number
  readonly megabytes: number
}

const everySeconds = 5
/** How long it has nothing to do after the load. */
const idleSeconds = 20

/** Megabytes a minute, by least squares. */
const slopeOf = (samples: ReadonlyArray<Sample>): number => {
  const mean = (of: (sample: Sample) => number) => samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length
  const [x, y] = [mean(({ seconds }) => seconds), mean(({ megabytes }) => megabytes)]
  const covariance = mean(({ megabytes, seconds }) => (seconds - x) * (megabytes - y))
  return 60 * covariance / mean(({ seconds }) => (seconds - x) ** 2)
}

/** How much memory the service holds under 1,000 connections and after them, and whether that grows. */
export const memory: Scenario = async ({ options, pair, say }) => {
  const [service] = await pair()
  const { memorySeconds } = options
  const samples: Array<Sample> = []
  const sample = async (seconds: number) =>
    samples.push({ seconds, megabytes: await residentMegabytes(service.server.pid) })
  await sample(0)
  say(`mix, 1,000 connections, ${memorySeconds} s`)
  const stop = new AbortController()
  const watch = async () => {
    for (let seconds = everySeconds; !stop.signal.aborted; seconds += everySeconds) {
      await setTimeout(everySeconds * 1000)
      await sample(seconds)
    }
  }
  const watching = watch()
  const run = await service.measure({ work: "mix", connections: 1000, seconds: memorySeconds, warmUpSeconds: 1 })
  const loaded = samples.slice()
  await setTimeout(idleSeconds * 1000)
  stop.abort()
  await watching

  const secondHalf = loaded.slice(loaded.length >> 1)
  const table: Table = {
    title: `Resident memory of the service, 1,000 connections, mixed work, ${memorySeconds} s`,
    columns: ["", "MB"],
    rows: [
      ["before", figure(samples[0]!.megabytes)],
      ["most", figure(Math.max(...samples.map(({ megabytes }) => megabytes)))],
      ["at the end of the load", figure(loaded.at(-1)!.megabytes)],
      [`after it, ${idleSeconds} s later`, figure(samples.at(-1)!.megabytes)],
      ["growth in the second half of the load, a minute", figure(slopeOf(secondHalf), 2)]
    ]
  }
  return {
    data: { run, samples },
    charts: [{
      name: "memory",
      title: "Resident memory of the service, 1,000 connections",
      unit: "MB",
      xTitle: "seconds",
      series: [{ name: "service", points: samples.map(({ megabytes, seconds }) => [seconds, megabytes] as const) }]
    }],
    tables: [table, describe("The load meanwhile", [{ name: "service", run }])]
  }
}
