import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { placeOfAccount } from "../tasks/Place.ts"

/** Where the account is, and when its weeks begin. */
export const whereabouts = Effect.gen(function*() {
  const { settings } = yield* ApiClient
  // 304 is part of the contract, but answers `If-None-Match` only.
  const { body } = (yield* settings.get({ headers: {} }))!
  return { place: placeOfAccount(body), weekStart: body.weekStart }
})
