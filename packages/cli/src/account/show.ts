import { User } from "@todo/domain/users/User"
import { Clock, Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { Settings } from "../Settings.ts"
import { renderMoment } from "../terminal/Moment.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

const userJson = Schema.encodeSync(lenient(User))

export const accountShow = Effect.fn("accountShow")(function*(_input: {}) {
  const { columns } = yield* Settings
  const users = yield* (yield* ApiClient).users
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
