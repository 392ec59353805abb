import { Effect } from "effect"
import { allTasks } from "./AllTasks.ts"
import { missingArgument } from "./Failure.ts"
import { Output } from "./Output.ts"
import { askWhich } from "./Prompt.ts"
import { Settings } from "./Settings.ts"
import { completedIn, noneOf, type TaskState } from "./TaskState.ts"
import { printable } from "./TerminalText.ts"
import { truncate } from "./TextWidth.ts"

/** What a list of choices has beside each of them. */
const margin = 8

/**
 * The refs that were given, or else that of the task that a person picks; none where there is nothing to pick from.
 * Without a terminal none is a usage error (exit code 2).
 */
export const namedOrPicked = Effect.fn("namedOrPicked")(function*(
  refs: ReadonlyArray<string>,
  { question, state }: { readonly question: string; readonly state: TaskState }
) {
  if (refs.length > 0) return refs
  const { columns = 80, interactive } = yield* Settings
  if (!interactive) return yield* missingArgument("ref")
  const tasks = yield* allTasks({ completed: completedIn[state] })
  if (tasks.length === 0) {
    yield* (yield* Output).note(noneOf[state])
    return []
  }
  const picked = yield* askWhich(
    question,
    tasks.map(({ completed, number, title }) => ({
      value: String(number),
      label: truncate(
        `${number}  ${state === "all" ? completed ? "✓  " : "○  " : ""}${printable(title)}`,
        columns - margin
      )
    }))
  )
  return [picked]
})
