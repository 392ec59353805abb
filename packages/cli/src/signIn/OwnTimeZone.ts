import { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"

/**
 * Tells the service in what time zone this machine is, where the account has none yet. Whatever is wrong with that is no
 * reason not to be signed in: dates are meant in UTC then, and `todo settings` says so.
 */
export const setOwnTimeZone = Effect.gen(function*() {
  const { settings } = yield* ApiClient
  const answer = yield* settings.get({ headers: {} })
  if (answer!.body.timeZone !== null) return
  const timeZone = TimeZoneName.make(Intl.DateTimeFormat().resolvedOptions().timeZone)
  yield* settings.update({ headers: {}, payload: { timeZone } })
}).pipe(Effect.ignore)
