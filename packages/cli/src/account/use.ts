import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { accountsLike, fullNameOf, noSuchAccount } from "../accounts/AccountRef.ts"
import { Credentials } from "../client/Credentials.ts"
import { rememberServiceAt } from "../client/LastService.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { given, namedOrPicked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { accountJson } from "./AccountTable.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("use")
    .description(withExamples(
      "Have commands be for another account that you are signed in to, from now on",
      "todo account use ada@example.com",
      "todo account use ada@example.com@todo.example"
    ))
    .argument("[account]", "its e-mail address, that with the host of the service behind it, or its name")
    .action((account) => dispatch({ account }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("account.use")(function*({ account: typed }: { readonly account: string | undefined }) {
  const { account: always, apiUrl, configDirectory, token } = yield* Settings
  const output = yield* Output
  const credentials = yield* Credentials
  const accounts = (yield* credentials.all).map((account) => ({ ...account, name: account.entry.user.name }))
  const [text] = yield* namedOrPicked(given(typed), {
    missing: "argument 'account'",
    question: "Which account?",
    none: "You are signed in nowhere. Sign in with `todo login`.",
    choices: Effect.succeed(accounts.map((account) => {
      const value = fullNameOf(account)
      return { value, label: `${printable(account.name)}  ${printable(value)}` }
    }))
  })
  if (text === undefined) return
  const found = accountsLike(text, accounts)
  const [account, ...others] = found
  if (account === undefined || others.length > 0) return yield* noSuchAccount(text, found, accounts)
  yield* credentials.use(account)
  rememberServiceAt(account.apiUrl, configDirectory)
  yield* output.result({
    json: () => accountJson(account, true),
    quiet: () => [printable(fullNameOf(account))],
    human: () => [`Using ${printable(account.email)} at ${printable(account.apiUrl)}`]
  })
  const first = token !== undefined
    ? "TODO_TOKEN"
    : always !== undefined
    ? "TODO_ACCOUNT"
    : apiUrl !== account.apiUrl && process.env.TODO_API_URL
    ? "TODO_API_URL"
    : undefined
  if (first !== undefined) yield* output.note(`${first} is set, and goes before it.`)
})
