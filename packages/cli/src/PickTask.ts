import { Effect } from "effect"
import { allTasks } from "./AllTasks.ts"
import { namedOrPicked } from "./Missing.ts"
import { completedIn, noneOf, type TaskState } from "./TaskState.ts"
import { printable } from "./TerminalText.ts"

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
