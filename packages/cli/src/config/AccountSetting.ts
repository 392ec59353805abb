import { SettingsPatch } from "@todo/domain/settings/Settings"
import { Effect, Option } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { usage } from "../failures/Failure.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { accountKeys, listedAccountKeys } from "./ConfigKeys.ts"

type Key = keyof typeof accountKeys
type Kept = Readonly<Record<(typeof accountKeys)[Key], string | null>>

const print = Effect.fnUntraced(function*(key: Key, settings: Kept) {
  const value = settings[accountKeys[key]]
  yield* (yield* Output).result({
    json: () => ({ key, value, source: "account" }),
    quiet: () => value === null ? [] : [printable(value)],
    human: () => value === null ? [] : [printable(value)]
  })
})

/** Prints what the account has, of which a machine has no copy. */
export const printAccountSetting = Effect.fn("printAccountSetting")(function*(key: Key) {
  const { settings } = yield* ApiClient
  // 304 is part of the contract, but answers `If-None-Match` only.
  const answer = yield* settings.get({ headers: {} })
  yield* print(key, answer!.body)
})

/** So many seconds are waited for what is only listed beside the rest. */
const patience = 3

/** What the account has of each key; undefined where nobody is signed in, or the service is away. */
export const accountSettings = Effect.fn("accountSettings")(function*() {
  const { settings } = yield* ApiClient
  const answer = yield* settings.get({ headers: {} }).pipe(Effect.timeoutOption(`${patience} seconds`), Effect.option)
  const kept: Kept | undefined = Option.getOrUndefined(Option.flatten(answer))?.body
  return listedAccountKeys.map((key) => ({ key, value: kept?.[accountKeys[key]], source: "account" }))
})

/** Has the account keep a value for all its clients; null for none, where that can be. */
export const setAccountSetting = Effect.fn("setAccountSetting")(function*(key: Key, value: string | null) {
  if (value === null && accountKeys[key] !== "timeZone") {
    return yield* usage(`${key} always has a value`, `\`todo config set ${key}\` gives it another.`)
  }
  const payload = yield* validate(SettingsPatch, { [accountKeys[key]]: value } as never)
  const { settings } = yield* ApiClient
  const { body } = yield* settings.update({ headers: {}, payload })
  yield* print(key, body)
})
