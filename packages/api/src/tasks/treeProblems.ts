import { LimitReached } from "@todo/domain/http/LimitReached"
import { Cycle } from "@todo/domain/http/ReferenceProblems"
import { Blocked, OpenChildren } from "@todo/domain/tasks/CompletionProblems"
import { mostLevels } from "@todo/domain/tasks/Task"
import type { Refused } from "../database/Write.ts"
import type { At } from "../entity/Refusals.ts"
import { pathOf } from "../projects/problems.ts"
import { mostBlockers } from "./tree.sql.ts"

const tooMany = (limit: string, max: number, detail: string) => (_: Refused, at: At) =>
  new LimitReached({ detail, limit, max, ...at })

interface Named {
  readonly count: number
  readonly tasks: ReadonlyArray<OpenChildren["tasks"][number]>
}

/** What is in the way, as it stands in the answer. */
const namedIn = ({ more }: Refused) => {
  const { count, tasks } = more as unknown as Named
  return { count, tasks }
}

/** The first of what is in the way, by its number and title. */
const first = ({ count, tasks: [task] }: Named) =>
  `${task!.number} ${JSON.stringify(task!.title)}${count > 1 ? ` and ${count - 1} more` : ""}`

export const tooDeep = `Tasks are below each other in ${mostLevels} levels at the most`

/** The refusals of what puts a task below another, or has it wait. */
export const linkProblems = {
  cycle: (refused: Refused, at: At) =>
    new Cycle({ detail: "The task would be below itself, or wait for itself", path: pathOf(refused, at), ...at }),
  depth: tooMany("levels", mostLevels, tooDeep),
  blockers: tooMany("blockers", mostBlockers, `A task waits for ${mostBlockers} others at the most`)
}

/** The refusals of what completes a task. */
export const completionProblems = {
  open_children: (refused: Refused, at: At) => {
    const named = namedIn(refused)
    return new OpenChildren({ detail: `Open below it: ${first(named)}`, ...named, ...at })
  },
  blocked: (refused: Refused, at: At) => {
    const named = namedIn(refused)
    return new Blocked({ detail: `It waits for ${first(named)}`, ...named, ...at })
  }
}
