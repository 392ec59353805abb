import { mostLevels } from "@todo/domain/tasks/Task"
import { Result } from "effect"
import type { Entry } from "./Entries.ts"
import type { Mistake } from "./Mistakes.ts"
import { wrongRule } from "./RuleChecks.ts"
import { dueOf } from "./SaidDates.ts"

const dates = ["start", "due"] as const

const noZone = (text: string) => `There is no time zone ${text.split(" ").at(-1)}, or no time that it is of`

/** What a task may not say because of what it stands in, or beside. */
export const contradictions = (entry: Entry, isNested: boolean): ReadonlyArray<Mistake> => {
  const { at, parent, said } = entry
  return [
    ...isNested && said.parent !== undefined
      ? [{ at: at("parent"), message: `It stands in the tasks of ${parent}, which is its parent` }]
      : [],
    ...typeof parent === "string" && said.project !== undefined
      ? [{ at: at("project"), message: "It is in the project of what it is below" }]
      : [],
    ...said.completed === true && said.repeat != null
      ? [{ at: at("completed"), message: "What repeats goes on: that it is done is for `todo done` to say" }]
      : [],
    ...said.repeat != null && said.due === null
      ? [{ at: at("due"), message: "What repeats needs a date" }]
      : [],
    ...wrongRule(entry),
    ...dates.flatMap((name) => {
      const text = said[name]
      return typeof text === "string" && dueOf(text) === undefined ? [{ at: at(name), message: noZone(text) }] : []
    })
  ]
}

/** Each behind what it is below: fails where one is below itself, or too deep. */
export const inOrder = (entries: ReadonlyArray<Entry>): Result.Result<ReadonlyArray<Entry>, ReadonlyArray<Mistake>> => {
  const byId = new Map(entries.map((entry) => [entry.externalId, entry]))
  const levels = new Map<Entry, number>()
  const wrong: Array<Mistake> = []
  for (const entry of entries) {
    const chain: Array<Entry> = []
    const inChain = new Set<Entry>()
    let next: Entry | undefined = entry
    while (next !== undefined && !levels.has(next) && !inChain.has(next)) {
      chain.push(next)
      inChain.add(next)
      next = typeof next.parent === "string" ? byId.get(next.parent) : undefined
    }
    if (next !== undefined && inChain.has(next)) {
      const names = [...chain.slice(chain.indexOf(next)), next].map(({ externalId }) => externalId)
      wrong.push({ at: next.at("parent"), message: `It is below itself: ${names.join(", below ")}` })
    }
    let level = next === undefined || inChain.has(next) ? 0 : levels.get(next)!
    for (const above of chain.toReversed()) {
      levels.set(above, ++level)
      if (level === mostLevels + 1) {
        wrong.push({ at: above.at(), message: `Tasks are below each other in ${mostLevels} levels at the most` })
      }
    }
  }
  return wrong.length === 0 ? Result.succeed([...levels.keys()]) : Result.fail(wrong)
}
