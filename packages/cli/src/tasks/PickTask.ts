import { Effect } from "effect"
import { usage } from "../failures/Failure.ts"
import { namedOrPicked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { allTasks } from "./AllTasks.ts"
import { expandedRefs, type Named } from "./ExpandedRefs.ts"
import { completedIn, noneOf, type TaskState } from "./TaskState.ts"

/** The tasks that a filter lists. */
const listedBy = Effect.fnUntraced(function*(filter: string) {
  const tasks = yield* allTasks({ filter, sort: "number" })
  if (tasks.length === 0) yield* (yield* Output).note("No task is like that.")
  return { refs: tasks.map(({ id }) => id), isOne: false } satisfies Named
})

/** The refs that were given or what a filter lists, or else that of the task that a person picks from those of a state. */
export const namedOrPickedTask = Effect.fn("namedOrPickedTask")(function*(
  refs: ReadonlyArray<string>,
  { filter, question, state }: {
    readonly question: string
    readonly state: TaskState
    readonly filter?: string | undefined
  }
) {
  if (filter !== undefined) {
    if (refs.length > 0) return yield* usage("--filter goes without refs: say it by the filter, as in \"number = 7\"")
    return yield* listedBy(filter)
  }
  const named = yield* expandedRefs(refs)
  const picked = yield* namedOrPicked(named.refs, {
    missing: "argument 'ref'",
    question,
    none: noneOf[state],
    choices: Effect.map(
      allTasks({ completed: completedIn[state] }),
      (tasks) =>
        tasks.map(({ completed, number, title }) => ({
          value: String(number),
          label: `${number}  ${state === "all" ? completed ? "✓  " : "○  " : ""}${printable(title)}`
        }))
    )
  })
  return refs.length > 0 ? named : { refs: picked, isOne: picked.length === 1 }
})
