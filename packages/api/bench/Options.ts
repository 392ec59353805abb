import { resolve } from "node:path"
import { parseArgs } from "node:util"
import type { Work } from "./load/Load.ts"
import { scenarios } from "./scenarios/scenarios.ts"

const works: ReadonlyArray<Work> = ["list", "get", "create", "complete", "mix"]

const isWork = (name: string): name is Work => works.some((work) => work === name)

export interface Options {
  readonly quick: boolean
  readonly help: boolean
  /** The scenarios to run. */
  readonly only: ReadonlyArray<string>
  /** What the pairs of runs do. */
  readonly works: ReadonlyArray<Work>
  readonly pairs: number
  /** Measured seconds of a short run. */
  readonly seconds: number
  /** Of the runs that are to show an even load. */
  readonly longSeconds: number
  readonly memorySeconds: number
  readonly users: number
  readonly tasksEach: number
  /** Whether the tasks of the service have all members that there are; the peer's have a title and a description. */
  readonly members: boolean
  /** Another checkout, whose service is the peer. */
  readonly against: string | undefined
  /** Whether to bring docs/performance.md up to date. */
  readonly write: boolean
}

export const usage = `npm run bench -- [options]

  --quick        one pair, 64 connections, 1,000 users: a figure in under a minute
  --only NAMES   of ${Object.keys(scenarios).join(", ")}; separated by commas
  --works NAMES  of ${works.join(", ")}: what the pairs of runs do
  --pairs N      pairs of runs, service and peer in turn (5)
  --seconds S    measured seconds of each run (5; the long ones 60, memory 600)
  --users N      users with 100 tasks each (10,000)
  --members      the service's tasks have all members that there are, those of the peer a title and a description
  --against DIR  the service of another checkout, set up, in place of the peer: it may be of an earlier release
  --write        brings docs/performance.md, its charts and its JSON up to date
`

/** Reads the command line; throws with a message for people. */
export const readOptions = (args: ReadonlyArray<string>): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      works: { type: "string" },
      pairs: { type: "string" },
      seconds: { type: "string" },
      users: { type: "string" },
      members: { type: "boolean", default: false },
      against: { type: "string" },
      write: { type: "boolean", default: false }
    }
  })
  const number = (name: "pairs" | "seconds" | "users", otherwise: number) => {
    const value = values[name] === undefined ? otherwise : Number(values[name])
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a number, 1 or more`)
    return value
  }
  if (values.write && (values.members || values.against !== undefined)) {
    throw new Error("--write is for plain tasks and the peer alone")
  }
  const only = values.only?.split(",") ?? (values.quick ? ["pairs"] : Object.keys(scenarios))
  const unknown = only.find((name) => !Object.hasOwn(scenarios, name))
  if (unknown !== undefined) throw new Error(`There is no scenario ${unknown}`)
  const chosen = values.works?.split(",") ?? works.slice(0, values.quick ? 4 : undefined)
  if (!chosen.every(isWork)) throw new Error(`--works takes some of ${works.join(", ")}`)
  return {
    quick: values.quick,
    help: values.help,
    only,
    works: chosen,
    pairs: number("pairs", values.quick ? 1 : 5),
    seconds: number("seconds", values.quick ? 2 : 5),
    longSeconds: number("seconds", values.quick ? 10 : 60),
    memorySeconds: number("seconds", values.quick ? 30 : 600),
    users: number("users", values.quick ? 1000 : 10_000),
    tasksEach: 100,
    members: values.members,
    against: values.against === undefined ? undefined : resolve(values.against),
    write: values.write
  }
}
