import { Result } from "effect"
import { Draft } from "./Draft.ts"
import type { Line } from "./Lines.ts"
import type { Moment } from "./Moment.ts"
import { readEnds, readSigns } from "./PieceReading.ts"
import { Pieces } from "./Pieces.ts"
import { withUsefulQuotes } from "./QuotedParts.ts"
import type { TaskReading, Unreadable } from "./Reading.ts"
import { titleOf } from "./Title.ts"

/** What is known of the user's own names. */
export interface Known {
  readonly isProject: (name: string) => boolean
  /** The tag as it was first written. */
  readonly spelling: (tag: string) => string
}

/** Reads the task that a line is. */
export const readLine = (
  text: string,
  line: Line,
  moment: Moment,
  { isProject, spelling }: Known
): Result.Result<TaskReading, Unreadable> => {
  const draft = new Draft(text, moment, spelling)
  if (line.bullet !== undefined) draft.spans.push({ ...line.bullet, kind: "bullet", value: "-" })
  const { pieces } = new Pieces(text, line, moment, isProject)
  readEnds(draft, readSigns(draft, withUsefulQuotes(text, pieces, moment, isProject), moment), moment)
  if (draft.failure !== undefined) return Result.fail(draft.failure)
  const spans = draft.spans.toSorted((one, other) => one.from - other.from)
  const { title, unused } = titleOf(text, line, spans)
  if (title === "") {
    const message = "Nothing is left for a title: put its words in quotes (in the terminal: --literal)"
    return Result.fail({ code: "empty_title", from: line.from, to: line.to, message })
  }
  const { alternatives, description, due, priority, project, repeat, start, tags } = draft
  return Result.succeed({
    from: line.from,
    to: line.to,
    parent: line.parent,
    title,
    description,
    start,
    due,
    repeat,
    priority,
    project,
    tags: [...tags],
    spans,
    alternatives,
    unused
  })
}
