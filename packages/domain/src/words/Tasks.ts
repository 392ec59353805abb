import { Result } from "effect"
import { spellingKey } from "../text/Spelling.ts"
import { readLine } from "./LineReading.ts"
import { linesOf } from "./Lines.ts"
import type { Moment } from "./Moment.ts"
import type { TaskReading, Unreadable } from "./Reading.ts"

/** Gives each spelling of a tag the one that came first. */
const firstSpelling = () => {
  const spellings = new Map<string, string>()
  return (tag: string): string => {
    const key = spellingKey(tag)
    const first = spellings.get(key) ?? tag
    spellings.set(key, first)
    return first
  }
}

/**
 * The tasks that a text is, one a line: a title with dates, a repetition, `#project`, `@tag`, `p1` and `// description` in
 * it. What is none of them stays in the title. `isProject` says whether a project is called so, of names that are figures
 * alone. Fails with `empty_title` where a line has no title, and with `recurrence_not_expressible`.
 */
export const readTasks = (
  text: string,
  moment: Moment,
  isProject: (name: string) => boolean = () => false
): Result.Result<ReadonlyArray<TaskReading>, Unreadable> => {
  const known = { isProject, spelling: firstSpelling() }
  const tasks: Array<TaskReading> = []
  for (const line of linesOf(text)) {
    const read = readLine(text, line, moment, known)
    if (Result.isFailure(read)) return Result.fail(read.failure)
    tasks.push(read.success)
  }
  return tasks.length > 0
    ? Result.succeed(tasks)
    : Result.fail({ code: "empty_title", from: 0, to: text.length, message: "Nothing is there for a title" })
}
