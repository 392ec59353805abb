import { Effect } from "effect"
import { accepted, objectionToName } from "../AccountInput.ts"
import { Output } from "../Output.ts"
import { ownAccount } from "../OwnAccount.ts"
import { printable } from "../TerminalText.ts"

export const accountChangeName = Effect.fn("accountChangeName")(function*({ name }: { readonly name: string }) {
  yield* accepted("name", name, objectionToName)
  const { ask, updateEntry } = yield* ownAccount
  yield* ask((account) => account.changeName({ payload: { name } }))
  yield* updateEntry((entry) => ({ ...entry, user: { ...entry.user, name } }))
  yield* (yield* Output).result({
    json: () => ({ name }),
    quiet: () => [],
    human: () => [`You are now ${printable(name)}`]
  })
})
