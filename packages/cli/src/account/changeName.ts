import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { storedAfterwards } from "../client/StoredAfterwards.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { accepted, objectionToName } from "../signIn/AccountInput.ts"
import { givenOrAsked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { ownAccount } from "./OwnAccount.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("change-name")
    .description(withExamples("Change the name to greet you by", "todo account change-name Ada Lovelace"))
    .addArgument(new TextArgument("[name...]", "the new name; words are joined"))
    .action((name) => dispatch({ name: name.length === 0 ? undefined : name.join(" ") }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("account.changeName")(function*(input: {
  readonly name: string | undefined
}) {
  if (input.name !== undefined) yield* accepted("name", input.name, objectionToName)
  const { ask, updateEntry } = yield* ownAccount
  const name = yield* givenOrAsked(input.name, {
    missing: "argument 'name'",
    question: "New name",
    objection: objectionToName
  })
  yield* ask((account) => account.changeName({ payload: { name } }))
  yield* storedAfterwards(updateEntry((entry) => ({ ...entry, user: { ...entry.user, name } })))
  yield* (yield* Output).result({
    json: () => ({ name }),
    quiet: () => [],
    human: () => [`You are now ${printable(name)}`]
  })
})
