import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { Credentials } from "../client/Credentials.ts"
import { storedAfterwards } from "../client/StoredAfterwards.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forgetCompletions } from "../completion/AfterChange.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { endSession } from "./EndSession.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("logout")
    .description(withExamples("End the session and forget it", "todo logout", "todo logout --local"))
    .option("--local", "forget it here without telling the service, which keeps it until it expires")
    .action(({ local }) => dispatch({ local: local === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("signIn.logout")(function*({ local }: { readonly local: boolean }) {
  const settings = yield* Settings
  const credentials = yield* Credentials
  const output = yield* Output
  if (settings.token !== undefined) {
    return yield* usage("TODO_TOKEN is set, and logout ends stored sessions only", "Unset TODO_TOKEN first.")
  }
  const entry = yield* credentials.get
  if (entry !== undefined) {
    if (!local) {
      yield* Effect.mapError(endSession(entry.sessionToken), (failure) =>
        // The session is kept, so that the command can be run again.
        new Failure({
          ...failure,
          message: failure.message,
          hints: [...failure.hints, "You are still signed in; `todo logout --local` forgets the session here only."]
        }))
    }
    yield* Effect.sync(() => forgetCompletions(settings.apiUrl))
    const forget = credentials.update((latest) => latest?.sessionToken === entry.sessionToken ? undefined : latest)
    yield* local ? forget : storedAfterwards(forget)
  }
  yield* output.result({
    json: () => ({ signedOut: entry !== undefined }),
    quiet: () => [],
    human:
      () => [entry === undefined ? `You were not signed in at ${settings.apiUrl}` : `Signed out at ${settings.apiUrl}`]
  })
})
