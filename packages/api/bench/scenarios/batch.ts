import { errorsOf } from "../load/Load.ts"
import { batchLength } from "../load/Script.ts"
import { figure, median } from "../report/Table.ts"
import type { Measurement } from "../stage/Side.ts"
import { interleave } from "./interleave.ts"
import type { Scenario } from "./Scenario.ts"

/** By how much is a task cheaper that is made with 99 others? */
export const batch: Scenario = async ({ options, say, stage }) => {
  const { pairs, seconds, tasksEach, users } = options
  const service = await stage.service({ users, tasksEach })
  say("single creates and batches of them, 64 connections")
  const load = { connections: 64, seconds, warmUpSeconds: 1 }
  const runs = await interleave(
    pairs,
    () => service.measure({ ...load, work: "create" }),
    () => service.measure({ ...load, work: "batch" })
  )
  await service.server.stop()
  const tasksOf = (run: Measurement, i: number) => run.throughput * (i === 0 ? 1 : batchLength)
  const medianOf = (i: 0 | 1, of: (run: Measurement) => number) => median(runs.map((pair) => of(pair[i])))
  return {
    data: runs,
    tables: [{
      title: `Tasks made, 64 connections, closed loop, medians of ${pairs} pairs of ${seconds} s`,
      columns: ["", "tasks/s", "service CPU µs", "PostgreSQL CPU µs", "errors"],
      rows: (["one by one", `batches of ${batchLength}`] as const).map((name, i) => [
        name,
        figure(medianOf(i as 0 | 1, (run) => tasksOf(run, i))),
        figure(medianOf(i as 0 | 1, (run) => 1e6 * run.cores.server / tasksOf(run, i)), 1),
        figure(medianOf(i as 0 | 1, (run) => 1e6 * run.cores.postgres / tasksOf(run, i)), 1),
        figure(runs.reduce((sum, pair) => sum + errorsOf(pair[i as 0 | 1]), 0))
      ])
    }]
  }
}
