import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { printable } from "../terminal/TerminalText.ts"

/** What is wrong at a place of a file. */
export interface Mistake {
  /** As in `plan.yaml:12:5: tasks[3].due`. */
  readonly at: string
  readonly message: string
}

/** So many are told. */
const most = 20

const lineOf = ({ at, message }: Mistake): string => printable(`${at}: ${message}`)

/** All that is wrong with files, before anything is asked of the service. */
export const mistaken = (mistakes: ReadonlyArray<Mistake>, json: boolean): Failure => {
  const told = mistakes.slice(0, most).map(lineOf)
  const rest = mistakes.length > most ? [`(and ${mistakes.length - most} more)`] : []
  const [first = "", ...others] = [...told, ...rest]
  return new Failure({
    exitCode: ExitCode.usage,
    code: "invalid_input",
    message: json ? [first, ...others].join("; ") : first,
    status: null,
    hints: others
  })
}
