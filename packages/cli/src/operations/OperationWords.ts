import type { Operation, RecordedChange } from "@todo/domain/operations/Operation"
import { printable } from "../terminal/TerminalText.ts"

/** What there is to be told of an operation; of one by itself, too. */
type Told<Change> = Pick<Operation, "kind" | "count"> & { readonly changes: ReadonlyArray<Change> }

/** Which members a change wrote, and what came of the thing where that is known. */
type Written = Pick<RecordedChange, "members"> & Partial<Pick<RecordedChange, "value">>

/** What a change was made to. */
type Named = Pick<Operation["changes"][number], "id" | "number" | "title">

const words: Readonly<Record<string, string>> = {
  "task.create": "added",
  "task.remove": "deleted",
  "task.restore": "restored",
  "task.purge": "deleted for good",
  "trash.empty": "emptied the trash",
  "trash.expire": "deleted for good",
  batch: "changed",
  undo: "undid"
}

/** What it is called that a member was written: by what is there then where that is known, and else either. */
const wordsByMember: Readonly<
  Record<string, { either: string; left: (task: NonNullable<RecordedChange["value"]>) => string }>
> = {
  completedAt: { either: "done or reopened", left: ({ completed }) => completed ? "done" : "reopened" },
  trashedAt: {
    either: "deleted or restored",
    left: ({ trashedAt }) => trashedAt === undefined ? "restored" : "deleted"
  }
}

/** What changes that all wrote the one same member are called, such as those of `todo done 7 8`. */
const wordOfMember = (changes: ReadonlyArray<Written>): string | undefined => {
  const [only = "", ...others] = new Set(changes.flatMap(({ members }) => members))
  const words = others.length > 0 ? undefined : wordsByMember[only]
  if (words === undefined) return undefined
  const [word, ...more] = new Set(changes.map(({ value }) => value == null ? words.either : words.left(value)))
  return more.length > 0 ? words.either : word
}

/** What was done, in the past: `deleted`. A list of operations says which members were written, and not to what. */
export const verbOf = ({ changes, count, kind }: Told<Written>): string => {
  const known = words[kind]
  if (known !== undefined && kind !== "batch") return known
  const isWhole = count === changes.length
  const written = isWhole ? wordOfMember(changes) : undefined
  return written ?? known ?? (kind.endsWith(".update") ? "changed" : printable(kind))
}

const named = ({ number, title }: Named): string =>
  [...number === null ? [] : [String(number)], title === null ? "(gone for good)" : printable(title)].join("  ")

/** The things that it was done with: one by its number and title, of several how many there are and the first of them. */
export const thingsOf = ({ changes, count }: Pick<Told<Named>, "changes" | "count">): string => {
  const [first] = changes
  if (count === 1 && first !== undefined) return named(first)
  return `${count} tasks${changes.length === 0 ? "" : `: ${changes.map(named).join(", ")}`}${
    count > changes.length && changes.length > 0 ? ", …" : ""
  }`
}
