import { User } from "@todo/domain/users/User"
import { Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

const userJson = Schema.encodeSync(lenient(User))

export const whoami = Effect.fn("whoami")(function*(_input: {}) {
  const users = yield* (yield* ApiClient).users
  const user = yield* users.me()
  yield* (yield* Output).result({
    json: () => userJson(user),
    quiet: () => [user.id],
    human: () => [`${printable(user.name)} <${printable(user.email)}>`]
  })
})
