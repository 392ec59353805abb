import { Session } from "@todo/domain/sessions/Session"
import { Clock, Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { renderSessions } from "./SessionTable.ts"

const sessionJson = Schema.encodeSync(lenient(Session))

export const sessionsList = Effect.fn("sessionsList")(function*(_input: {}) {
  const settings = yield* Settings
  const sessions = yield* (yield* ApiClient).sessions
  const { items } = yield* sessions.list()
  const now = yield* Clock.currentTimeMillis
  yield* (yield* Output).result({
    json: () => items.map((session) => sessionJson(session)),
    quiet: () => items.map(({ id }) => id),
    human: () => renderSessions(items, { ...settings, now })
  })
})
