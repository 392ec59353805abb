import type { Operation } from "@todo/domain/operations/Operation"
import { printable } from "../terminal/TerminalText.ts"

/** What there is to be told of an operation; of one by itself, too. */
type Told = Pick<Operation, "kind" | "count"> & {
  readonly changes: ReadonlyArray<Pick<Operation["changes"][number], "id" | "members" | "number" | "title">>
}

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

/** What several changes that wrote the same members are called, such as those of `todo done 7 8`. */
const wordOfMembers = (members: ReadonlySet<string>): string | undefined => {
  const [only, ...others] = members
  if (only === undefined || others.length > 0) return undefined
  return ({ completedAt: "done or reopened", trashedAt: "deleted or restored" } as Record<string, string>)[
    only
  ]
}

/** What was done, in the past: `deleted`. The record says which members were written, and not to what. */
export const verbOf = ({ changes, count, kind }: Told): string => {
  const known = words[kind]
  if (known !== undefined && kind !== "batch") return known
  const isWhole = count === changes.length
  const written = isWhole ? wordOfMembers(new Set(changes.flatMap(({ members }) => members))) : undefined
  return written ?? known ?? (kind.endsWith(".update") ? "changed" : printable(kind))
}

const named = ({ number, title }: Told["changes"][number]): string =>
  [...number === null ? [] : [String(number)], title === null ? "(gone for good)" : printable(title)].join("  ")

/** The things that it was done with: one by its number and title, of several how many there are and the first of them. */
export const thingsOf = ({ changes, count }: Told): string => {
  const [first] = changes
  if (count === 1 && first !== undefined) return named(first)
  return `${count} tasks${changes.length === 0 ? "" : `: ${changes.map(named).join(", ")}`}${
    count > changes.length && changes.length > 0 ? ", …" : ""
  }`
}
