import { errorsOf } from "../load/Load.ts"
import { figure, millis, type Table } from "../report/Table.ts"
import type { Measurement } from "../stage/Side.ts"

export interface Row {
  readonly name: string
  readonly run: Measurement
}

/** A table of single runs, with the cores that each part of the machine used. */
export const describe = (title: string, rows: ReadonlyArray<Row>): Table => ({
  title,
  columns: [
    "",
    "answers/s",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "max ms",
    "errors",
    "cores: server",
    "PostgreSQL",
    "generator"
  ],
  rows: rows.map(({ name, run }) => [
    name,
    figure(run.throughput),
    millis(run.latency.p50),
    millis(run.latency.p95),
    millis(run.latency.p99),
    millis(run.latency.max),
    figure(errorsOf(run)),
    figure(run.cores.server, 2),
    figure(run.cores.postgres, 2),
    figure(run.cores.generator, 2)
  ])
})
