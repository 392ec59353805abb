import { Effect } from "effect"
import { Settings } from "../Settings.ts"
import { Output } from "./Output.ts"
import { askText, askWhich, type Choice, type Objection } from "./Prompt.ts"
import { truncate } from "./TextWidth.ts"
import { unasked } from "./Unasked.ts"

/** Without a terminal what is missing is a usage error (exit code 2), in the words of one who cannot ask. */
const orRefused = Effect.fnUntraced(function*(missing: string) {
  const { interactive } = yield* Settings
  if (!interactive) return yield* unasked(`missing required ${missing}`)
})

/** A text that was given, or else what a person answers. `missing` is as in `argument 'title'`. */
export const givenOrAsked = Effect.fn("givenOrAsked")(function*(
  text: string | undefined,
  { missing, objection, question }: {
    readonly missing: string
    readonly question: string
    readonly objection: Objection
  }
) {
  if (text !== undefined) return text
  yield* orRefused(missing)
  return yield* askText(question, objection)
})

/** The one thing that was given, as a list of it. */
export const given = (ref: string | undefined): ReadonlyArray<string> => ref === undefined ? [] : [ref]

/** What a list of choices has beside each of them. */
const margin = 8
/** Of a terminal that stdout is not, and so does not say. */
const narrowest = 80

/** The refs that were given, or else that of the one thing that a person picks; none where there is nothing to pick. */
export const namedOrPicked = Effect.fn("namedOrPicked")(function*<E, R>(
  refs: ReadonlyArray<string>,
  { choices, missing, none, question }: {
    readonly missing: string
    readonly question: string
    readonly choices: Effect.Effect<ReadonlyArray<Choice>, E, R>
    /** What to say where there are no choices. */
    readonly none: string
  }
) {
  if (refs.length > 0) return refs
  yield* orRefused(missing)
  const all = yield* choices
  const { columns = narrowest } = yield* Settings
  const shown = all.map(({ label, value }) => ({ value, label: truncate(label, columns - margin) }))
  if (all.length > 0) return [yield* askWhich(question, shown)]
  yield* (yield* Output).note(none)
  return []
})
