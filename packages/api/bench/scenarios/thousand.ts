import type { Load } from "../load/Load.ts"
import { describe, type Row } from "./describe.ts"
import type { Bench, Scenario } from "./Scenario.ts"

type Shape = Pick<Load, "connections" | "rate">

const measureBoth = async ({ options, pair }: Bench, title: string, shape: Shape) => {
  const load = { work: "mix", seconds: options.longSeconds, warmUpSeconds: 5, ...shape } as const
  const runs: Array<Row> = []
  for (const side of await pair()) runs.push({ name: side.name, run: await side.measure(load) })
  return { data: runs, tables: [describe(`${title}, mixed work, ${options.longSeconds} s`, runs)] }
}

/** A thousand connections that never pause. */
export const thousand: Scenario = (bench) => measureBoth(bench, "1,000 connections, closed loop", { connections: 1000 })

/** A thousand people with a request each second, whatever the answers do. */
export const people: Scenario = (bench) =>
  measureBoth(bench, "1,000 people with a request each second, open loop", { connections: 1000, rate: 1000 })
