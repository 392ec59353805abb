import { crc32 } from "node:zlib"
import type { Asking } from "../dates/Asker.ts"
import { instantText } from "./InstantText.ts"
import { hasNothingSeldom } from "./Packing.ts"
import type { Kind, Member, Row, Shapes, TableSpec } from "./Table.ts"

type Text = (row: Row) => string

/** A row of which nothing is known. */
const nothing: Row = { id: "", version: 0 }

const nobody: Asking = { now: 0, timeZone: undefined }

/**
 * Makes what writes rows as JSON text, in two ways (docs/adr/0043). Of most rows all that few have is absent: theirs is a
 * text that is ready, but for the members of their own. Of others each member is written by itself.
 */
export const rowText = (
  { derived = {}, derivedFrom, isSet = {}, seldom, shapes, shown = {}, told = {} }: TableSpec<Shapes>,
  members: ReadonlyArray<Member>
) => {
  const stored = new Map(members.map((member) => [member.name, { ...member, write: memberText(member, shown) }]))
  const making = Object.entries({ ...derived, ...told })
  const makers = making.map(([name, make]) => [`${JSON.stringify(name)}:`, make] as const)
  const writers = Object.keys(shapes.answer.fields).map((name) => ({
    made: making.findIndex(([made]) => made === name),
    stored: stored.get(name)
  }))
  const times = [...Object.values(isSet), "trashed_at"]
  /** Which of its times a row has set, as a number. */
  const timesOf = (row: Row) => times.reduce((set, column) => 2 * set + Number((row[column] ?? null) !== null), 0)

  /** The members that are made, in the order of their makers. */
  const make = (row: Row, asking: Asking) => makers.map(([label, make]) => label + JSON.stringify(make(row, asking)))
  /** Those of a row of which nothing else counts than which of its times are set. */
  const usual = remembered(
    timesOf,
    (row) => make({ ...nothing, ...Object.fromEntries(times.map((column) => [column, row[column]])) }, nobody)
  )
  const isUsual = derivedFrom === undefined
    ? () => false
    : (row: Row) => hasNothingSeldom(row) || !derivedFrom.some((column) => row[column])
  const made = new WeakMap<Row, readonly [Asking, ReadonlyArray<string>]>()
  /** They are asked for twice of a row, and cost more than all else. */
  const madeOf = (row: Row, asking: Asking): ReadonlyArray<string> => {
    if (isUsual(row)) return usual(row)
    const known = made.get(row)
    if (known !== undefined && known[0] === asking) return known[1]
    const texts = make(row, asking)
    made.set(row, [asking, texts])
    return texts
  }

  /** The text of a row that has nothing of what few have, as what is the same of all, and what writes the rest. */
  const ready = remembered(timesOf, (row) => {
    const made = usual(row)
    const parts: Array<string | Text> = []
    const add = (part: string | Text) => {
      const last = parts.at(-1)
      if (typeof last === "string" && typeof part === "string") parts[parts.length - 1] = last + part
      else parts.push(part)
    }
    for (const [index, { made: nth, stored }] of writers.entries()) {
      add(index === 0 ? "{" : ",")
      add(made[nth] ?? (seldom?.columns.includes(stored!.column) ? stored!.write(nothing) : stored!.write))
    }
    add("}")
    return parts
  })

  return {
    json: (row: Row, asking?: Asking): string => {
      let text = ""
      if (asking !== undefined && hasNothingSeldom(row)) {
        for (const part of ready(row)) text += typeof part === "string" ? part : part(row)
        return text
      }
      const made = asking === undefined || makers.length === 0 ? undefined : madeOf(row, asking)
      for (const writer of writers) {
        const member = made?.[writer.made] ?? writer.stored?.write(row)
        if (member !== undefined) text += text === "" ? member : `,${member}`
      }
      return `{${text}}`
    },
    beyond: (row: Row, asking: Asking): string => {
      if (makers.length === 0 || isUsual(row)) return ""
      const text = madeOf(row, asking).join()
      return text === usual(row).join() ? "" : crc32(text).toString(36)
    }
  }
}

/** What is made of a row, made once for each key that rows have: there are few. */
const remembered = <A>(keyOf: (row: Row) => number, make: (row: Row) => A) => {
  const known = new Map<number, A>()
  return (row: Row): A => {
    const key = keyOf(row)
    let made = known.get(key)
    if (made === undefined) known.set(key, made = make(row))
    return made
  }
}

/** What the record has of a thing may be older than the column: then it is null. */
const memberText = (
  { column, isSet, kind, name }: Member,
  { [name]: show }: NonNullable<TableSpec<Shapes>["shown"]>
): Text => {
  const label = `${JSON.stringify(name)}:`
  if (show !== undefined) return (row) => label + JSON.stringify(show(row[column] as never, row))
  if (isSet) return (row) => label + ((row[column] ?? null) !== null)
  const none = `${label}null`
  const text = textOf(kind)
  return (row) => {
    const value = row[column]
    return value === null || value === undefined ? none : label + text(value)
  }
}

const textOf = (kind: Kind): (value: unknown) => string => {
  switch (kind) {
    case "integer":
    case "boolean":
      return String
    case "uuid":
      return (value) => `"${value as string}"`
    case "timestamptz(3)":
      return (value) => `"${instantText(value as Date | string)}"`
    default:
      return JSON.stringify
  }
}
