import { Effect } from "effect"
import { suggestion } from "../commandLine/Suggestion.ts"
import { usage } from "../failures/Failure.ts"
import { accountKeys, aliasIn, configKeys } from "./ConfigKeys.ts"

/** Fails where there is no such key, and says which may have been meant. */
export const knownKey = Effect.fnUntraced(function*(key: string) {
  if (aliasIn(key) !== undefined || Object.hasOwn(configKeys, key)) return
  const alias = /^[^.]+\.(.+)$/s.exec(key)?.[1]
  const hint = suggestion(key, [
    ...Object.keys(configKeys),
    ...Object.keys(accountKeys),
    alias === undefined ? "aliases." : `aliases.${alias}`
  ])
  return yield* usage(`There is no key ${JSON.stringify(key)}`, hint ?? "`todo config list` has all keys.")
})
