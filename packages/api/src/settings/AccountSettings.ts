import { UnknownTimeZone } from "@todo/domain/dates/DateProblems"
import { timeZoneNamed } from "@todo/domain/dates/TimeZoneName"
import type { SettingsPatch } from "@todo/domain/settings/Settings"
import { SettingsChanged } from "@todo/domain/settings/SettingsApi"
import { Context, Effect, Layer, Result } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { throughDoor } from "../database/Door.ts"
import type { Row } from "../database/Table.ts"
import { Writes } from "../database/Write.ts"
import { atVersions, there } from "../entity/EntityStore.ts"
import { type EntityProblems, refusals } from "../entity/Refusals.ts"
import { settings } from "./table.ts"

/** How it is said that the settings are at another version. Each user has them. */
const problems: EntityProblems<never, SettingsChanged> = {
  notFound: () => {
    throw new Error("A user has no settings")
  },
  changed: (row, asking) => {
    const current = settings.answer(row, asking)
    return new SettingsChanged({ detail: `The settings are at version ${current.version}`, current })
  }
}

/** The same as the columns' defaults (a test compares). */
const unset =
  `me.uid, NULL::text, 'mon', 'ymd', '00:00', 'last', 'en', (SELECT u."createdAt" FROM auth."user" u WHERE u."id" = me.uid), 1`

/** What the current user has set for the whole account. */
export class AccountSettings extends Context.Service<AccountSettings>()("todo/api/settings/AccountSettings", {
  make: Effect.gen(function*() {
    const update = (yield* Writes).make("settings_update")
    const columns = settings.columns.join(", ")
    const find = throughDoor<Row>(
      yield* Statements,
      `SELECT ${columns} FROM todo.settings WHERE user_id = me.uid
        UNION ALL SELECT ${unset} WHERE NOT EXISTS (SELECT FROM todo.settings s WHERE s.user_id = me.uid)`
    )
    const expected = atVersions(problems)
    const refuse = refusals(settings, problems).ofChange
    return {
      get: (versions: ReadonlyArray<number> | undefined) => Effect.flatMap(find(), ([row]) => expected(row, versions)),
      /** Applies a merge-patch if the version is among these; undefined: whatever it is. */
      update: Effect.fnUntraced(function*(patch: SettingsPatch, versions: ReadonlyArray<number> | undefined) {
        const { timeZone } = patch
        const zone = typeof timeZone === "string" ? timeZoneNamed(timeZone, ["payload", "timeZone"]) : undefined
        if (zone !== undefined && Result.isFailure(zone)) {
          const { message, nearest = [], path } = zone.failure
          return yield* new UnknownTimeZone({ detail: message, nearest, path })
        }
        const body = zone === undefined ? patch : { ...patch, timeZone: zone.success }
        return yield* update({ body, versions }).pipe(Effect.catchTag("Refused", refuse), Effect.flatMap(there))
      })
    }
  })
}) {
  static readonly layer = Layer.effect(AccountSettings, AccountSettings.make)
}
