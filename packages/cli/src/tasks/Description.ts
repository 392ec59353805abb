import { Effect } from "effect"
import type { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { readAll } from "../terminal/StandardInput.ts"

/** The description that an option gives: `-` stands for what comes in on stdin, and a person is told to type it. */
export const readDescription = Effect.fnUntraced(function*<A extends null | undefined>(
  option: string | A
): Effect.fn.Return<string | A, Failure, Output | Settings> {
  if (option !== "-") return option
  const { interactive } = yield* Settings
  if (interactive) yield* (yield* Output).note("The description, of as many lines as you like; Ctrl-D ends.")
  return yield* readAll
})
