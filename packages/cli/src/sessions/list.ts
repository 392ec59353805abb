import type { Command } from "@commander-js/extra-typings"
import { Session } from "@todo/domain/sessions/Session"
import { Clock, Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { listed } from "../client/Listed.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { renderSessions } from "./SessionTable.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples(
      "List where you are signed in, the last used first",
      "todo sessions",
      "todo sessions --json | jq -r '.[].userAgent'"
    ))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("sessions.list")(function*(_input: {}) {
  const settings = yield* Settings
  const { sessions } = yield* ApiClient
  const { items } = listed(yield* sessions.list({ headers: {} }))
  const now = yield* Clock.currentTimeMillis
  yield* (yield* Output).result({
    json: () => items.map((session) => sessionJson(session)),
    quiet: () => items.map(({ id }) => id),
    human: () => renderSessions(items, { ...settings, now })
  })
})

const sessionJson = Schema.encodeSync(lenient(Session))
