import { Effect } from "effect"
import { allTags } from "../refs/AllTags.ts"
import { namedOrPicked } from "../terminal/Missing.ts"
import { printable } from "../terminal/TerminalText.ts"

/** The tags that were given, or else the one that a person picks. */
export const namedOrPickedTag = (names: ReadonlyArray<string>, question: string) =>
  namedOrPicked(names, {
    missing: "argument 'tag'",
    question,
    none: "No tags. `todo add Buy milk @shopping` makes one.",
    choices: Effect.map(allTags(), (tags) => tags.map(({ name }) => ({ value: name, label: printable(`@${name}`) })))
  })
