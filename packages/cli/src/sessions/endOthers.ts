import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { askConfirmation } from "../terminal/Prompt.ts"

export const sessionsEndOthers = Effect.fn("sessionsEndOthers")(function*({ yes }: { readonly yes: boolean }) {
  const { interactive } = yield* Settings
  const sessions = yield* (yield* ApiClient).sessions
  const agreed = !interactive || yes || (yield* askConfirmation("Sign out everywhere but here?"))
  const { ended } = agreed ? yield* sessions.endOthers({ headers: {} }) : { ended: 0 }
  yield* (yield* Output).result({
    json: () => ({ ended }),
    quiet: () => [String(ended)],
    human: () =>
      agreed ? [`Ended ${ended === 1 ? "1 other session" : `${ended} other sessions`}`] : ["Kept the other sessions"]
  })
})
