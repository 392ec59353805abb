import { errorsOf } from "../load/Load.ts"
import type { Chart } from "../report/Chart.ts"
import { figure, millis } from "../report/Table.ts"
import type { Measurement } from "../stage/Side.ts"
import { interleave } from "./interleave.ts"
import type { Scenario } from "./Scenario.ts"

/** Throughput and latency of the mixed work against the number of connections. */
export const curve: Scenario = async ({ options, pair, say }) => {
  const [service, peer] = await pair()
  const points: Array<{ readonly connections: number; readonly service: Measurement; readonly peer: Measurement }> = []
  for (const connections of [1, 8, 64, 256, 1000]) {
    say(`mix, ${connections} connections`)
    const load = { work: "mix", connections, seconds: options.seconds, warmUpSeconds: 1 } as const
    const [pair] = await interleave(1, () => service.measure(load), () => peer.measure(load))
    points.push({ connections, service: pair![0], peer: pair![1] })
  }
  const chart = (name: string, title: string, unit: string, value: (run: Measurement) => number): Chart => ({
    name,
    title,
    unit,
    xTitle: "connections",
    series: (["service", "peer"] as const).map((side) => ({
      name: side,
      points: points.map((point) => [point.connections, value(point[side])] as const)
    }))
  })
  return {
    data: points,
    charts: [
      chart("throughput", "Throughput of the mixed work", "requests/s", (run) => run.throughput),
      chart("latency", "Latency of the mixed work, 95th percentile", "ms", (run) => run.latency.p95)
    ],
    tables: [{
      title: `Mixed work against connections, closed loop, ${options.seconds} s each`,
      columns: [
        "connections",
        "service/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "peer/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "errors"
      ],
      rows: points.map(({ connections, peer, service }) => [
        figure(connections),
        ...[service, peer].flatMap((run) => [
          figure(run.throughput),
          millis(run.latency.p50),
          millis(run.latency.p95),
          millis(run.latency.p99)
        ]),
        figure(errorsOf(service) + errorsOf(peer))
      ])
    }]
  }
}
