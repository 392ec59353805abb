import { Effect } from "effect"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"

/** What is missing where nobody is asked for it: a usage error (exit code 2) that says why nobody is, and what else there is. */
export const unasked = Effect.fnUntraced(function*(missing: string, ...otherwise: ReadonlyArray<string>) {
  const { whyUnasked = "There is no terminal to ask on." } = yield* Settings
  return yield* usage(missing, whyUnasked, ...otherwise)
})
