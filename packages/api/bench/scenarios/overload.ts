import { setTimeout } from "node:timers/promises"
import { errorsOf } from "../load/Load.ts"
import { figure, millis } from "../report/Table.ts"
import type { Scenario } from "./Scenario.ts"

/** So many that each may wait a second for its answer, at several thousand requests a second. */
const connections = 4000

/**
 * Twice the load that the service can carry, and then a load that it can: what do clients get? What it can carry is
 * measured as the overload is, with the same driver and over as many connections: those cost the machine, too.
 */
export const overload: Scenario = async ({ options, pair, say }) => {
  const [service] = await pair()
  const { longSeconds: seconds } = options
  say("mix, 64 connections, closed loop")
  const closed = await service.measure({ work: "mix", connections: 64, seconds: options.seconds, warmUpSeconds: 2 })
  const open = (rate: number, seconds: number, warmUpSeconds: number) => {
    say(`mix, ${figure(rate)} requests a second`)
    return service.measure({ work: "mix", connections, rate: Math.round(rate), seconds, warmUpSeconds })
  }
  const best = await open(closed.throughput, seconds, 5)
  const rate = 2 * best.throughput
  const over = await open(rate, seconds, 5)
  await setTimeout(5000)
  const after = await open(best.throughput / 2, options.seconds, 0)
  const rows = [
    { name: "64 connections, closed loop", run: closed },
    { name: `as many a second, ${figure(closed.throughput)}: what it can carry`, run: best },
    { name: `twice what it can carry: ${figure(rate)}/s`, run: over },
    { name: `5 s later, half of it: ${figure(best.throughput / 2)}/s`, run: after }
  ]
  return {
    data: { closed, best, rate, over, after },
    tables: [{
      title: `Overload, mixed work, open loop, ${figure(connections)} connections, ${seconds} s`,
      columns: [
        "",
        "answers/s",
        "ratio",
        "p50 ms",
        "p95 ms",
        "503",
        "503 p95 ms",
        "503 max ms",
        "other errors",
        "cores: server",
        "PostgreSQL",
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
        figure(run.cores.postgres, 2),
        figure(run.cores.generator, 2)
      ])
    }]
  }
}
