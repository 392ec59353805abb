import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import type { Settings } from "@todo/domain/settings/Settings"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { languages } from "@todo/domain/words/Languages"
import type { Moment } from "@todo/domain/words/Moment"
import { Effect } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { type Asking, asking, placeOf } from "../dates/Asker.ts"
import { localDateOf } from "../dates/LocalDay.ts"
import { instantOfWall, wallAt } from "../dates/WallClock.ts"

/** What reading words needs of the settings; null where nothing was set. */
export type SpokenSettings = Pick<Settings, "timeZone" | "dayEndsAt" | "weekStart" | "dateOrder" | "language">

/** It, as a JSON object in SQL. */
export const spokenSettings = `(SELECT jsonb_build_object('timeZone', s.time_zone, 'dayEndsAt', s.day_ends_at,
    'weekStart', s.week_start, 'dateOrder', s.date_order, 'language', s.language)
  FROM todo.settings s WHERE s.user_id = me.uid)`

/** The moment at which somebody says something, by their settings and by what their request says of where they are. */
export const momentOf = (asking: Asking, set: SpokenSettings | null): Moment => {
  const place = placeOf(asking, set)
  return {
    now: asking.now,
    today: localDateOf(asking.now, place),
    timeZone: place.timeZone as TimeZoneName,
    weekStart: set?.weekStart ?? "mon",
    dateOrder: set?.dateOrder ?? "ymd",
    language: languages[set?.language ?? "en"],
    zones: { wallAt, instantOfWall }
  }
}

/** Makes what asks for the moment at which the current user says something. */
export const speaker: Effect.Effect<Effect.Effect<Moment, DoorError, CurrentUser>, never, Statements> = Effect.map(
  Statements,
  (statements) => {
    const read = throughDoor<{ settings: SpokenSettings | null }>(statements, `SELECT ${spokenSettings} AS settings`)
    return Effect.zipWith(asking, read(), (who, [row]) => momentOf(who, row?.settings ?? null))
  }
)
