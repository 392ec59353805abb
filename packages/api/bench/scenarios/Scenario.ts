import type { Options } from "../Options.ts"
import type { Chart } from "../report/Chart.ts"
import type { Table } from "../report/Table.ts"
import type { Side } from "../stage/Side.ts"
import type { Stage } from "../stage/Stage.ts"

/** What a scenario runs on. */
export interface Bench {
  readonly options: Options
  readonly stage: Stage
  /** The service and the peer with the data of `options`, warm; made when first asked for. */
  readonly pair: () => Promise<readonly [service: Side, peer: Side]>
  readonly say: (progress: string) => void
}

export interface Finding {
  readonly tables: ReadonlyArray<Table>
  readonly charts?: ReadonlyArray<Chart>
  /** Every figure, for the JSON file. */
  readonly data: unknown
}

/** One question that the benchmark answers. */
export type Scenario = (bench: Bench) => Promise<Finding>
