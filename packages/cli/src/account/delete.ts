import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { Credentials } from "../client/Credentials.ts"
import { storedAfterwards } from "../client/StoredAfterwards.ts"
import { readsPassword, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forgetAccount } from "../offline/LeftBehind.ts"
import { Settings } from "../Settings.ts"
import { completeForm } from "../signIn/SignInForm.ts"
import { Output } from "../terminal/Output.ts"
import { askText } from "../terminal/Prompt.ts"
import { printable } from "../terminal/TerminalText.ts"
import { unasked } from "../terminal/Unasked.ts"
import { ownAccount } from "./OwnAccount.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("delete")
    .description(withExamples(
      "Delete the account with all its tasks, for good; asks first",
      "todo account delete",
      "echo \"$PASSWORD\" | todo account delete --yes --password-stdin"
    ))
    .option("-y, --yes", "do not ask")
    .option("--password-stdin", readsPassword)
    .action(({ passwordStdin, yes }) => dispatch({ passwordStdin: passwordStdin === true, yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("account.delete")(function*({ passwordStdin, yes }: {
  readonly passwordStdin: boolean
  readonly yes: boolean
}) {
  const { apiUrl, interactive } = yield* Settings
  const { ask, updateEntry } = yield* ownAccount
  if (!yes && !interactive) {
    return yield* unasked(`Missing ${passwordStdin ? "--yes" : "--yes, --password-stdin"}`)
  }
  if (!yes) yield* confirmDeletion
  const { password } = yield* completeForm([], { passwordStdin })
  const entry = yield* (yield* Credentials).required
  yield* ask((account) => account.deleteAccount({ payload: { password } }))
  yield* storedAfterwards(updateEntry(() => undefined))
  yield* forgetAccount({ apiUrl, entry })
  yield* (yield* Output).result({
    json: () => ({ accountDeleted: true }),
    quiet: () => [],
    human: () => [`Deleted your account at ${apiUrl}`]
  })
})

/** Lets a person think again: only the address of the account goes on. */
const confirmDeletion = Effect.gen(function*() {
  const { users } = yield* ApiClient
  const { email } = yield* users.me()
  yield* (yield* Output).note("This deletes your account for good, with all tasks, tokens and sessions.")
  yield* askText(
    `Type ${printable(email)} to go on`,
    (typed) => typed.trim() === email ? undefined : "That is not the address; Ctrl-C leaves everything as it is"
  )
})
