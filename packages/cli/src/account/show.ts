import type { Command } from "@commander-js/extra-typings"
import { User } from "@todo/domain/users/User"
import { Clock, Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { renderMoment } from "../terminal/Moment.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("show")
    .description(withExamples(
      "Print your name, your address, and whether it is confirmed",
      "todo account",
      "todo account --json"
    ))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("account.show")(function*(_input: {}) {
  const { columns } = yield* Settings
  const { users } = yield* ApiClient
  const user = yield* users.me()
  const now = yield* Clock.currentTimeMillis
  yield* (yield* Output).result({
    json: () => userJson(user),
    quiet: () => [user.id],
    human: () => [
      `Name   ${printable(user.name)}`,
      `Email  ${printable(user.email)}, ${user.emailVerified ? "confirmed" : "not confirmed"}`,
      `Since  ${renderMoment(user.createdAt, { columns, now })}`,
      `Id     ${user.id}`
    ]
  })
})

const userJson = Schema.encodeSync(lenient(User))
