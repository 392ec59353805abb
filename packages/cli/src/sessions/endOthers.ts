import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { askConfirmation } from "../terminal/Prompt.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("end-others")
    .description(withExamples(
      "Sign out everywhere but here; asks first on a terminal",
      "todo sessions end-others",
      "todo sessions end-others --yes"
    ))
    .option("-y, --yes", "do not ask")
    .action(({ yes }) => dispatch({ yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("sessions.endOthers")(function*({ yes }: { readonly yes: boolean }) {
  const { interactive } = yield* Settings
  const { sessions } = yield* ApiClient
  const agreed = !interactive || yes || (yield* askConfirmation("Sign out everywhere but here?"))
  const { ended } = agreed ? yield* sessions.endOthers({ headers: {} }) : { ended: 0 }
  yield* (yield* Output).result({
    json: () => ({ ended }),
    quiet: () => [String(ended)],
    human: () =>
      agreed ? [`Ended ${ended === 1 ? "1 other session" : `${ended} other sessions`}`] : ["Kept the other sessions"]
  })
})
