import { Effect } from "effect"
import { storedAfterwards } from "../client/StoredAfterwards.ts"
import { accepted, objectionToName } from "../signIn/AccountInput.ts"
import { givenOrAsked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { ownAccount } from "./OwnAccount.ts"

export const accountChangeName = Effect.fn("accountChangeName")(function*(input: {
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
