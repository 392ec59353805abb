import { Effect } from "effect"
import { namedOrPicked } from "../terminal/Missing.ts"
import { printable } from "../terminal/TerminalText.ts"
import { allTrash } from "./AllTrash.ts"

/** The refs that were given, or else that of the task that a person picks from the trash. */
export const namedOrPickedTrash = (refs: ReadonlyArray<string>, question: string) =>
  namedOrPicked(refs, {
    missing: "argument 'ref'",
    question,
    none: "The trash is empty.",
    choices: Effect.map(allTrash(), (tasks) =>
      tasks.map(({ number, title }) => ({ value: String(number), label: `${number}  ${printable(title)}` })))
  })
