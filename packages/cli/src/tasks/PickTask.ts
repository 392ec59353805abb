import { Effect } from "effect"
import { namedOrPicked } from "../terminal/Missing.ts"
import { printable } from "../terminal/TerminalText.ts"
import { allTasks } from "./AllTasks.ts"
import { completedIn, noneOf, type TaskState } from "./TaskState.ts"

/** The refs that were given, or else that of the task that a person picks from those of a state. */
export const namedOrPickedTask = (
  refs: ReadonlyArray<string>,
  { question, state }: { readonly question: string; readonly state: TaskState }
) =>
  namedOrPicked(refs, {
    missing: "argument 'ref'",
    question,
    none: noneOf[state],
    choices: Effect.map(allTasks({ completed: completedIn[state] }), (tasks) =>
      tasks.map(({ completed, number, title }) => ({
        value: String(number),
        label: `${number}  ${state === "all" ? completed ? "✓  " : "○  " : ""}${printable(title)}`
      })))
  })
