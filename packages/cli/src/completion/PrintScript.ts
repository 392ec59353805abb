import { Effect } from "effect"
import { Output } from "../terminal/Output.ts"
import { scripts } from "./Scripts.ts"
import type { Shell } from "./Shells.ts"

/** Prints the script of a shell as it is. */
export const printScript = (shell: Shell) =>
  Effect.fn(`completion.${shell}`)(function*(_input: {}) {
    yield* (yield* Output).result({
      json: () => ({ shell, script: scripts[shell] }),
      quiet: () => scripts[shell].trimEnd().split("\n"),
      human: () => scripts[shell].trimEnd().split("\n")
    })
  })
