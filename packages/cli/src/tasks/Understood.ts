import { civil, dayNumber } from "@todo/domain/dates/CivilDate"
import type { Due } from "@todo/domain/dates/Due"
import type { Parsed } from "@todo/domain/quick/Parsed"
import type { ReadTask } from "@todo/domain/quick/Quick"
import { Clock, Effect } from "effect"
import { printable } from "../terminal/TerminalText.ts"
import { truncate } from "../terminal/TextWidth.ts"
import { saidDue } from "./DueWords.ts"
import { thisMachine, todayOf } from "./Place.ts"

/** What is told of a task that was read, or made of what was. */
interface Told extends Pick<ReadTask, "start" | "due" | "priority" | "tags"> {
  readonly repeat: { readonly text: string | null; readonly rule: string } | null
  readonly project: string | null
  /** Where the words say one. */
  readonly description?: string | null
}

/** So much of a description is told. */
const mostOfDescription = 30

/** A date as it is said, without a year that goes without saying: `Fri 27 Nov 09:00`. */
const dateOf = (due: Due, today: number): string => {
  const said = saidDue(due).replace(",", "")
  return dayNumber(due.date) < today ? said : said.replace(` ${civil(today).year}`, "")
}

/** What was understood, to stand behind the title: ` · Fri 27 Nov 09:00 · every month · #Home · p1`; nothing of a title alone. */
export const understood = (
  { description = null, due, priority, project, repeat, start, tags }: Told
): Effect.Effect<string> =>
  Effect.map(Clock.currentTimeMillis, (now) => {
    const today = todayOf(now, thisMachine)
    return [
      ...start === null ? [] : [`from ${dateOf(start, today)}`],
      ...due === null ? [] : [dateOf(due, today)],
      ...repeat === null ? [] : [repeat.text ?? repeat.rule],
      ...project === null ? [] : [`#${project}`],
      ...tags.map((tag) => `@${tag}`),
      ...priority === null ? [] : [priority],
      ...description === null ? [] : [truncate(`// ${description}`, mostOfDescription)]
    ].map((part) => ` · ${printable(part)}`).join("")
  })

/** What a task has of dates, in the same way. */
export const datesUnderstood = (
  { due, repeat, start }: Pick<Told, "due" | "repeat" | "start">
): Effect.Effect<string> => understood({ due, repeat, start, priority: null, project: null, tags: [] })

/** What the words may mean, too, a line each. */
export const otherReadings = (text: string, { alternatives }: Parsed): ReadonlyArray<string> =>
  alternatives.map(({ reading, span }) =>
    `  "${printable(text.slice(span.from, span.to).replace(/^(?:due|start):/i, ""))}" may also be ${printable(reading)}`
  )

/** What each line of a text says of this; null of one that does not. */
const saidBy = (kind: "project" | "description", text: string, { spans, unused }: Parsed) => {
  const lineOf = (at: number) => text.slice(0, at).split("\n").length
  const named = new Map(
    spans.flatMap((span) => span.kind === kind ? [[lineOf(span.from), String(span.value)] as const] : [])
  )
  // Each line has a title, and so words that were not used.
  const lines = [...new Set([...spans, ...unused].map(({ from }) => lineOf(from)))].toSorted((one, other) =>
    one - other
  )
  return lines.map((line) => named.get(line) ?? null)
}

/** The names of the projects that lines of a text name; null of one that names none. */
export const projectsOf = (text: string, parsed: Parsed) => saidBy("project", text, parsed)

/** What stands behind `//`. */
export const descriptionsOf = (text: string, parsed: Parsed) => saidBy("description", text, parsed)
