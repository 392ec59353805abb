import type { PlannedThing } from "@todo/domain/transfer/Plan"
import { printable } from "../terminal/TerminalText.ts"
import { type NounOfDocument, nouns, type RawDocument, singular } from "./Document.ts"

/** How many things of one kind are named. */
const mostNamed = 20

/** What things of a document are called, by their ids. */
export const titlesOf = (document: RawDocument): ReadonlyMap<string, string> =>
  new Map(
    nouns.flatMap((noun) =>
      (document[noun] ?? []).flatMap((thing) => {
        const { id, name, text, title } = Object(thing) as Readonly<Record<string, unknown>>
        const called = title ?? name ?? text
        return typeof id === "string" && typeof called === "string" ? [[id, called] as const] : []
      })
    )
  )

const oneLine = (text: string) => {
  const line = printable(text).replaceAll(/\s+/g, " ")
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

const named = ({ id, noun }: PlannedThing, titles: ReadonlyMap<string, string>) =>
  `${noun} ${oneLine(titles.get(id) ?? id)}`

const atMost = (lines: ReadonlyArray<string>, many = lines.length) =>
  many > mostNamed ? [...lines.slice(0, mostNamed), `  … and ${many - mostNamed} more`] : lines

/** A line for each thing that cannot be imported. */
export const linesOfProblems = (
  problems: ReadonlyArray<PlannedThing>,
  count: number,
  titles: ReadonlyMap<string, string>
): ReadonlyArray<string> =>
  atMost(
    problems.map((problem) => {
      const place = problem.path === undefined || problem.path.length === 0 ? "" : `${problem.path.join(".")}: `
      return `  ${named(problem, titles)}: ${place}${printable(problem.detail ?? problem.reason ?? "")}`
    }),
    count
  )

const manyOf = (things: ReadonlyArray<PlannedThing>, noun: NounOfDocument) => {
  const many = things.filter((thing) => thing.noun === singular[noun]).length
  return many === 0 ? [] : `${many.toLocaleString("en")} ${many === 1 ? singular[noun] : noun}`
}

/** How many things there are of each noun, in words. */
const counted = (things: ReadonlyArray<PlannedThing>) => nouns.flatMap((noun) => manyOf(things, noun)).join(", ")

/** What an import has done, or would do, for people. */
export const planLines = ({ dryRun, notes, operations, planned, titles }: {
  readonly planned: ReadonlyArray<PlannedThing>
  readonly notes: ReadonlyArray<string>
  readonly operations: ReadonlyArray<string>
  readonly dryRun: boolean
  readonly titles: ReadonlyMap<string, string>
}): ReadonlyArray<string> => {
  const of = (status: PlannedThing["status"]) => planned.filter((thing) => thing.status === status)
  const [made, changed, same, kept, problems] = [
    of("create"),
    of("update"),
    of("unchanged"),
    of("kept"),
    of("problem")
  ]
  const differing = (things: ReadonlyArray<PlannedThing>) =>
    atMost(things.map((thing) => `  ${named(thing, titles)}: ${(thing.differs ?? []).join(", ")}`))
  const missing = planned.filter((thing) => thing.missing !== undefined)
  const circular = planned.filter((thing) => thing.circular !== undefined)
  const calledAll = (ids: ReadonlyArray<string>) => ids.map((id) => oneLine(titles.get(id) ?? id)).join(", ")
  return [
    ...made.length === 0 ? [] : [`${dryRun ? "Would import" : "Imported"} ${counted(made)}`],
    ...changed.length === 0
      ? []
      : [`${dryRun ? "Would change" : "Changed"} ${counted(changed)}:`, ...differing(changed)],
    ...same.length === 0 ? [] : [`There already: ${counted(same)}`],
    ...kept.length === 0
      ? []
      : [`Left as they are, which --overwrite changes: ${counted(kept)}`, ...differing(kept)],
    ...problems.length === 0
      ? []
      : [`Not imported: ${counted(problems)}`, ...linesOfProblems(problems, problems.length, titles)],
    ...missing.length === 0
      ? []
      : [
        `Waiting for what is nowhere, which ${dryRun ? "would be" : "was"} left out:`,
        ...atMost(missing.map((thing) => `  ${named(thing, titles)}: ${thing.missing!.length}`))
      ],
    ...circular.length === 0
      ? []
      : [
        `Waiting for what waits for it, which ${dryRun ? "would be" : "was"} left out:`,
        ...atMost(circular.map((thing) => `  ${named(thing, titles)}: ${calledAll(thing.circular!)}`))
      ],
    ...notes.length === 0 ? [] : ["Not carried over as it was:", ...notes.map((note) => `  ${printable(note)}`)],
    ...planned.length === 0 ? ["There is nothing to import"] : [],
    ...operations.length === 0
      ? []
      : [
        operations.length === 1
          ? "`todo undo` takes it back"
          : `\`todo undo\`, ${operations.length} times, takes it back`
      ]
  ]
}
