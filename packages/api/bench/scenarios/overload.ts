import { setTimeout } from "node:timers/promises"
import { errorsOf } from "../load/Load.ts"
import { figure, millis } from "../report/Table.ts"
import type { Scenario } from "./Scenario.ts"

/** So many that each may wait a second for its answer, at several thousand requests a second. */
const connections = 4000

/** Twice the load that the service can carry, and then a load that it can: what do clients get? */
export const overload: Scenario = async ({ options, pair, say }) => {
  const [service] = await pair()
  const { longSeconds: seconds } = options
  say("mix, 64 connections: the best throughput")
  const best = await service.measure({ work: "mix", connections: 64, seconds: options.seconds, warmUpSeconds: 2 })
  const rate = Math.round(2 * best.throughput)
  say(`mix, ${figure(rate)} requests a second`)
  const over = await service.measure({ work: "mix", connections, rate, seconds, warmUpSeconds: 5 })
  await setTimeout(5000)
  say(`mix, ${figure(rate / 4)} requests a second`)
  const after = await service.measure({
    work: "mix",
    connections: 1000,
    rate: rate / 4,
    seconds: options.seconds,
    warmUpSeconds: 0
  })
  const rows = [
    { name: "best: 64 connections, closed loop", run: best },
    { name: `twice that: ${figure(rate)}/s`, run: over },
    { name: `5 s later: half of the best, ${figure(rate / 4)}/s`, run: after }
  ]
  return {
    data: { best, rate, over, after },
    tables: [{
      title: `Overload, mixed work, open loop, ${seconds} s`,
      columns: [
        "",
        "answers/s",
        "of best",
        "p50 ms",
        "p95 ms",
        "503",
        "503 p95 ms",
        "503 max ms",
        "other errors",
        "cores: server",
        "generator"
      ],
      rows: rows.map(({ name, run }) => [
        name,
        figure(run.throughput),
        figure(run.throughput / best.throughput, 2),
        millis(run.latency.p50),
        millis(run.latency.p95),
        figure(run.statuses["503"] ?? 0),
        millis(run.refusal.p95),
        millis(run.refusal.max),
        figure(errorsOf(run) - (run.statuses["503"] ?? 0)),
        figure(run.cores.server, 2),
        figure(run.cores.generator, 2)
      ])
    }]
  }
}
