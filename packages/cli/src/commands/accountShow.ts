import { User } from "@todo/domain/users/User"
import { DateTime, Effect, Schema } from "effect"
import { ApiClient } from "../ApiClient.ts"
import { lenient } from "../LenientAnswer.ts"
import { Output } from "../Output.ts"
import { printable } from "../TerminalText.ts"

const userJson = Schema.encodeSync(lenient(User))

export const accountShow = Effect.fn("accountShow")(function*(_input: {}) {
  const users = yield* (yield* ApiClient).users
  const user = yield* users.me()
  yield* (yield* Output).result({
    json: () => userJson(user),
    quiet: () => [user.id],
    human: () => [
      `Name   ${printable(user.name)}`,
      `Email  ${printable(user.email)}, ${user.emailVerified ? "confirmed" : "not confirmed"}`,
      `Since  ${DateTime.formatIso(user.createdAt)}`,
      `Id     ${user.id}`
    ]
  })
})
