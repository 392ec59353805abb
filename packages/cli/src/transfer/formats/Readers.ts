import { dateOf } from "@todo/domain/dates/CivilDate"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { languages } from "@todo/domain/words/Languages"
import type { Moment } from "@todo/domain/words/Moment"
import { Clock, Effect } from "effect"
import { ApiClient } from "../../client/ApiClient.ts"
import { asFailure } from "../../client/HttpFailure.ts"
import type { Failure } from "../../failures/Failure.ts"
import type { Settings } from "../../Settings.ts"
import { todayOf } from "../../tasks/Place.ts"
import type { ReadFile } from "../Document.ts"
import { everything } from "../Everything.ts"
import type { Source } from "../Sources.ts"
import { readOwn } from "./Own.ts"
import { readTaskwarrior } from "./Taskwarrior.ts"
import { tasksOut } from "./TaskwarriorOut.ts"
import { readTodoist } from "./Todoist.ts"
import { readTodoTxt } from "./TodoTxt.ts"
import { instantOfWall, wallAt } from "./Zone.ts"

/** The moment at which words of a file are read, by the settings of the account. */
export const momentHere = Effect.gen(function*() {
  const { settings } = yield* ApiClient
  // 304 is part of the contract, but answers `If-None-Match` only.
  const { body } = (yield* asFailure(settings.get({ headers: {} })))!
  const { dateOrder, dayEndsAt, language, weekStart } = body
  const timeZone = (body.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone) as TimeZoneName
  const now = yield* Clock.currentTimeMillis
  return {
    now,
    today: dateOf(todayOf(now, { timeZone, dayEndsAt })),
    timeZone,
    weekStart,
    dateOrder,
    language: languages[language],
    zones: { wallAt, instantOfWall }
  } satisfies Moment
})

type Reader = (text: string, file: string) => Effect.Effect<ReadFile, Failure, ApiClient | Settings>

/** What reads the files of each program. */
export const readers: Readonly<Record<Source, Reader>> = {
  todo: readOwn,
  taskwarrior: Effect.fnUntraced(function*(text) {
    const here = yield* momentHere
    return yield* readTaskwarrior(text, here, tasksOut(yield* everything, here))
  }),
  todoist: (text, file) => Effect.flatMap(momentHere, (moment) => readTodoist(text, file, moment)),
  todotxt: readTodoTxt
}
