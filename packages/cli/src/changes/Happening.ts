import { Change } from "@todo/domain/changes/Change"
import { DateTime, Option, Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import type { TableStyle } from "../terminal/Table.ts"
import { printable } from "../terminal/TerminalText.ts"

/** A change as the service tells it, of whatever noun, and the cursor after it. */
export interface Happening {
  readonly change: Readonly<Record<string, unknown>>
  readonly cursor: string
}

/** The change as it came, with the cursor to go on from. */
export const happeningJson = ({ change, cursor }: Happening): unknown => ({ ...change, cursor })

const decode = Schema.decodeUnknownOption(lenient(Change))

const isAt = (time: DateTime.Utc | null, at: DateTime.Utc | null): boolean =>
  time !== null && at !== null && DateTime.toEpochMillis(time) === DateTime.toEpochMillis(at)

/** What has become of the thing, as far as it shows: the times of a thing are those of the change that set them. */
const wordOf = (change: Change): string => {
  if (change.value === null) return "deleted for good"
  if (change.noun === "settings") return "changed settings"
  const { at, value } = change
  if ("trashedAt" in value && value.trashedAt !== undefined) return "deleted"
  if (isAt(value.createdAt, at)) return "added"
  return "completedAt" in value && isAt(value.completedAt, at) ? "done" : "changed"
}

const twoDigits = (value: number): string => String(value).padStart(2, "0")

const clock = (at: DateTime.Utc): string => {
  const date = new Date(DateTime.toEpochMillis(at))
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":")
}

/** What things are called in a line; those of a noun that this release does not know by their ids. */
const unknown = ({ change: { id, noun } }: Happening) => ({
  at: null,
  word: printable(`changed ${String(noun)}`),
  number: "",
  title: "",
  id: printable(String(id))
})

const titleOf = (change: Change): string => {
  if (change.value === null) return ""
  switch (change.noun) {
    case "task":
      return change.value.title
    case "comment":
      return change.value.text
    case "project":
    case "tag":
    case "view":
      return change.value.name
    case "settings":
      return ""
  }
}

const known = (change: Change) => ({
  at: change.at,
  word: wordOf(change),
  number: change.value !== null && "number" in change.value ? String(change.value.number) : "",
  title: printable(titleOf(change)),
  id: change.id
})

const partsOf = (happening: Happening) =>
  Option.match(decode(happening.change), {
    onNone: () => unknown(happening),
    onSome: known
  })

/**
 * A change in a line: when, what, number and title. On a terminal with the time of its clock; elsewhere with a tab between
 * columns, and the id as the last.
 */
export const renderHappening = (happening: Happening, { columns }: Pick<TableStyle, "columns">): string => {
  const { at, id, number, title, word } = partsOf(happening)
  if (columns === undefined) {
    return [at === null ? "" : DateTime.formatIso(at), word, number, title, id].join("\t")
  }
  const thing = [number, title].filter((part) => part !== "").join("  ") || id
  return `${at === null ? "        " : clock(at)}  ${word} ${thing}`
}

/** The number of the thing, or its id where it has none. */
export const happeningRef = (happening: Happening): string => {
  const { id, number } = partsOf(happening)
  return number === "" ? id : number
}
