import { Effect } from "effect"
import type { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "./Output.ts"
import { askConfirmation } from "./Prompt.ts"

/** Asks whether all of these may be done away with. */
export type Agreement<A> = (named: ReadonlyArray<A>) => Effect.Effect<boolean, Failure>

/**
 * The one question before things are done away with: it names all of them, and after no it says that they were kept.
 * Undefined where nobody is asked: with `--yes`, and where there is no terminal.
 */
export const agreement = Effect.fnUntraced(function*<A>({ headline, things, verb, yes }: {
  readonly yes: boolean
  /** As in `Delete`. */
  readonly verb: string
  /** What several of them are called. */
  readonly things: string
  /** One line that names one of them, after a word. */
  readonly headline: (word: string, thing: A) => string
}): Effect.fn.Return<Agreement<A> | undefined, never, Output | Settings> {
  const output = yield* Output
  const { interactive } = yield* Settings
  if (yes || !interactive) return undefined
  return Effect.fnUntraced(function*(named: ReadonlyArray<A>) {
    const [only, ...others] = named
    if (only === undefined) return false
    const isOne = others.length === 0
    if (!isOne) yield* output.instruction(named.map((thing) => headline(verb, thing)))
    const agreed = yield* askConfirmation(
      isOne ? `${headline(verb, only)}?` : `${verb} these ${named.length} ${things}?`
    )
    if (!agreed) { for (const thing of named) yield* output.note(headline("Kept", thing)) }
    return agreed
  })
})
