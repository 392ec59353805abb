import type { Command } from "@commander-js/extra-typings"
import { Effect, Option } from "effect"
import { fullNameOf } from "../accounts/AccountRef.ts"
import { isSameAccount, type StoredAccount } from "../accounts/StoredAccounts.ts"
import { Credentials } from "../client/Credentials.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { accountJson, renderAccounts } from "./AccountTable.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("list").alias("ls")
    .description(withExamples(
      "List the accounts that you are signed in to here, of all services",
      "todo account list",
      "todo account list --json"
    ))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("account.list")(function*(_input: {}) {
  const settings = yield* Settings
  const output = yield* Output
  const credentials = yield* Credentials
  const accounts = yield* credentials.all
  const { apiUrl, token } = settings
  const entry = Option.getOrUndefined(yield* Effect.option(credentials.get))
  const isCurrent = (account: StoredAccount) =>
    token === undefined && entry !== undefined && isSameAccount(account, { apiUrl, email: entry.user.email })
  yield* output.result({
    json: () => accounts.map((account) => accountJson(account, isCurrent(account))),
    quiet: () => accounts.map((account) => printable(fullNameOf(account))),
    human: () => renderAccounts(accounts, isCurrent, settings)
  })
  if (token !== undefined) yield* output.note("TODO_TOKEN is set, and goes before all of them.")
  else if (accounts.length === 0) yield* output.note("You are signed in nowhere. Sign in with `todo login`.")
})
