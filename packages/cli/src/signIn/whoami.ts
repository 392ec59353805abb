import type { Command } from "@commander-js/extra-typings"
import { User } from "@todo/domain/users/User"
import { Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("whoami")
    .description(withExamples("Print who is signed in, and where", "todo whoami", "todo whoami --json"))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("signIn.whoami")(function*(_input: {}) {
  const { apiUrl } = yield* Settings
  const { users } = yield* ApiClient
  const user = yield* users.me()
  yield* (yield* Output).result({
    json: () => userJson(user),
    quiet: () => [user.id],
    human: () => [`${printable(user.name)} <${printable(user.email)}> at ${apiUrl}`]
  })
})

const userJson = Schema.encodeSync(lenient(User))
