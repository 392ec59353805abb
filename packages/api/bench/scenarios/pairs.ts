import { errorsOf } from "../load/Load.ts"
import { figure, median, millis } from "../report/Table.ts"
import type { Measurement } from "../stage/Side.ts"
import { interleave } from "./interleave.ts"
import type { Scenario } from "./Scenario.ts"

/** What a request costs the server's process: of all figures the one that the rest of the machine disturbs least. */
const cpuMicros = (run: Measurement) => 1e6 * run.cores.server / run.throughput

/** The same work for the service and for the peer in turn: is the service as fast? */
export const pairs: Scenario = async ({ options, pair, say }) => {
  const [service, peer] = await pair()
  const results = []
  for (const connections of options.quick ? [64] : [64, 1000]) {
    for (const work of options.works) {
      say(`${work}, ${connections} connections`)
      const load = { work, connections, seconds: options.seconds, warmUpSeconds: 1 }
      const runs = await interleave(options.pairs, () => service.measure(load), () => peer.measure(load))
      results.push({ work, connections, runs })
    }
  }
  const tables = Map.groupBy(results, ({ connections }) => connections)
  return {
    data: results,
    tables: Array.from(tables, ([connections, results]) => ({
      title: `${connections} connections, closed loop, medians of ${options.pairs} pairs of ${options.seconds} s`,
      columns: [
        "work",
        "service/s",
        "peer/s",
        "ratio",
        "from",
        "to",
        "service p95 ms",
        "peer p95 ms",
        "service CPU µs",
        "peer CPU µs",
        "errors"
      ],
      rows: results.map(({ runs, work }) => {
        const ratios = runs.map(([ours, theirs]) => ours.throughput / theirs.throughput)
        return [
          work,
          figure(median(runs.map(([ours]) => ours.throughput))),
          figure(median(runs.map(([, theirs]) => theirs.throughput))),
          figure(median(ratios), 2),
          figure(Math.min(...ratios), 2),
          figure(Math.max(...ratios), 2),
          millis(median(runs.map(([ours]) => ours.latency.p95))),
          millis(median(runs.map(([, theirs]) => theirs.latency.p95))),
          figure(median(runs.map(([ours]) => cpuMicros(ours)))),
          figure(median(runs.map(([, theirs]) => cpuMicros(theirs)))),
          figure(runs.flat().reduce((sum, run) => sum + errorsOf(run), 0))
        ]
      })
    }))
  }
}
