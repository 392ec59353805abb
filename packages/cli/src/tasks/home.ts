import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { Credentials } from "../client/Credentials.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { run as list } from "./list.ts"

/** `todo` alone. */
export const command = (program: Command, dispatch: Dispatch<typeof run>) => program.action(() => dispatch({}))

export const hintsOnLostResult = []

/** `todo` alone: on a terminal what there is to do, or how to begin. */
export const run = Effect.fn("tasks.home")(function*(_input: {}) {
  const { apiUrl, columns, json, quiet, token } = yield* Settings
  if (columns === undefined) return yield* usage("No command given", ...shortHelp)
  const isSignedIn = token !== undefined || (yield* (yield* Credentials).get) !== undefined
  if (isSignedIn || json || quiet) return yield* list({ state: "open", limit: undefined })
  yield* (yield* Output).instruction([
    `todo signup  make an account at ${apiUrl}`,
    "todo login   sign in, if you have one",
    "todo help    everything else"
  ])
})

const shortHelp = [
  "`todo add <title>` adds a task, `todo list` shows what is open, `todo done <number>` marks it done.",
  "`todo help` lists every command."
]
