import { Result } from "effect"
import type { Entry } from "./Entries.ts"
import type { Mistake } from "./Mistakes.ts"

/** What a task may not say because of what it stands in, or beside. */
export const contradictions = ({ at, parent, said }: Entry, isNested: boolean): ReadonlyArray<Mistake> => [
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
    : []
]

/** Below what each is: fails where one is below itself. */
export const inOrder = (entries: ReadonlyArray<Entry>): Result.Result<ReadonlyArray<Entry>, ReadonlyArray<Mistake>> => {
  const byId = new Map(entries.map((entry) => [entry.externalId, entry]))
  const ordered = new Set<Entry>()
  const circles: Array<Mistake> = []
  const visit = (entry: Entry, above: ReadonlyArray<Entry>): void => {
    if (ordered.has(entry)) return
    if (above.includes(entry)) {
      const names = [...above.slice(above.indexOf(entry)), entry].map(({ externalId }) => externalId)
      circles.push({ at: entry.at("parent"), message: `It is below itself: ${names.join(", below ")}` })
      ordered.add(entry)
      return
    }
    const parent = typeof entry.parent === "string" ? byId.get(entry.parent) : undefined
    if (parent !== undefined) visit(parent, [...above, entry])
    ordered.add(entry)
  }
  for (const entry of entries) visit(entry, [])
  return circles.length === 0 ? Result.succeed([...ordered]) : Result.fail(circles)
}
