import { suggestion } from "../commandLine/Suggestion.ts"
import { memberNames } from "./ApplyFile.ts"
import type { Document, Path } from "./Documents.ts"
import type { Mistake } from "./Mistakes.ts"

type Members = Readonly<Record<string, unknown>>

const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The members of a document that no file has, each with what may be meant: nothing that is written is passed over. */
export const unknownMembers = ({ place, value }: Document): ReadonlyArray<Mistake> => {
  const mistakes: Array<Mistake> = []
  const check = (members: Members, names: ReadonlyArray<string>, path: Path) => {
    for (const name of Object.keys(members).filter((name) => !names.includes(name))) {
      const meant = name === "id" || name === "name" ? undefined : suggestion(name, names)
      const own = name === "id" ? " (Did you mean externalId?)" : name === "name" ? " (Did you mean title or set?)" : ""
      mistakes.push({
        at: place([...path, name], true),
        message: `There is no such member${meant === undefined ? own : ` ${meant}`}`
      })
    }
  }
  const checkTasks = (tasks: unknown, path: Path): void => {
    if (!Array.isArray(tasks)) return
    for (const [index, task] of tasks.entries()) {
      const below = [...path, index]
      if (!isMembers(task)) continue
      check(task, memberNames.task, below)
      if (isMembers(task["repeat"])) check(task["repeat"], memberNames.repeat, [...below, "repeat"])
      checkTasks(task["tasks"], [...below, "tasks"])
    }
  }
  if (isMembers(value)) {
    check(value, memberNames.file, [])
    checkTasks(value["tasks"], ["tasks"])
  }
  return mistakes
}
