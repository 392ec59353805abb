import { Result, Schema } from "effect"
import { DateOnly } from "./DateOnly.ts"
import { TimeOfDay } from "./TimeOfDay.ts"
import { TimeZoneName, timeZoneNamed } from "./TimeZoneName.ts"
import { Unprocessable } from "./Unprocessable.ts"

const time = Schema.NullOr(TimeOfDay).annotate({
  description: "The time on the wall; null: all day long.",
  examples: ["09:30" as never]
})
const timeZone = Schema.NullOr(TimeZoneName).annotate({
  description: "null: the time floats, it is that time wherever the user's zone is. A zone fixes it there.",
  examples: ["Europe/Berlin" as never]
})

/** A date without a time: until the end of that day, in whatever zone. */
const AllDay = Schema.Struct({ date: DateOnly }).annotate({
  identifier: "AllDay",
  description: "A day, without a time.",
  examples: [{ date: "2026-10-25" as never }]
})

/** A date with a time: floating where the zone is null, else fixed. */
const Timed = Schema.Struct({ date: DateOnly, time: TimeOfDay, timeZone }).annotate({
  identifier: "Timed",
  description: "A time of a day, in the user's zone or in one that it names.",
  examples: [{ date: "2026-10-25" as never, time: "09:30" as never, timeZone: "Europe/Berlin" as never }]
})

/**
 * When a task is due, or starts: a day, or a time on the wall that floats or is fixed. What is stored is what was meant;
 * the instant is computed from it.
 */
export const Due = Schema.Union([Timed, AllDay]).annotate({
  identifier: "Due",
  description: "When: a day, a floating time, or a fixed one."
})
export type Due = typeof Due.Type

/** When a new task is due, or starts. `checkedDue` makes a `Due` of it. */
export const NewDue = Schema.Struct({
  date: DateOnly,
  time: Schema.optionalKey(time),
  timeZone: Schema.optionalKey(timeZone)
}).annotate({
  identifier: "NewDue",
  description: "When: a date, a time of it or none, and the zone of the time or none.",
  examples: [{ date: "2026-10-25" as never }]
})
export interface NewDue extends Schema.Schema.Type<typeof NewDue> {}

/** A merge-patch (RFC 7396) of when a task is due, or starts. `patchedDue` applies it. */
export const DuePatch = Schema.Struct({
  date: Schema.optionalKey(DateOnly),
  time: Schema.optionalKey(time),
  timeZone: Schema.optionalKey(timeZone)
}).annotate({
  identifier: "DuePatch",
  description: "A merge-patch (RFC 7396): another date keeps time and zone; `time: null` makes it all-day.",
  examples: [{ date: "2026-10-26" as never }]
})
export interface DuePatch extends Schema.Schema.Type<typeof DuePatch> {}

/** A time in a zone, or a day where there is no time. Fails where there is a zone and no time, or no such zone. */
export const checkedDue = (due: NewDue): Result.Result<Due, Unprocessable> => {
  const { date, time = null, timeZone = null } = due
  if (time === null) {
    return timeZone === null ? Result.succeed({ date }) : Result.fail(
      new Unprocessable({
        code: "invalid_date",
        path: ["timeZone"],
        message: "A zone is of a time, and there is no time"
      })
    )
  }
  return timeZone === null
    ? Result.succeed({ date, time, timeZone })
    : Result.map(timeZoneNamed(timeZone, ["timeZone"]), (timeZone) => ({ date, time, timeZone }))
}

/**
 * What a merge-patch makes of when a task is due: null where it clears it, or changes nothing of none. Without a time
 * there is no zone. Fails where there is a time or a zone and no date, and where `checkedDue` does.
 */
export const patchedDue = (current: Due | null, patch: DuePatch | null): Result.Result<Due | null, Unprocessable> => {
  if (patch === null) return Result.succeed(null)
  const was = current !== null && "time" in current ? current : { time: null, timeZone: null }
  const date = patch.date ?? current?.date
  const { time = was.time, timeZone = patch.time === null ? null : was.timeZone } = patch
  if (date === undefined) {
    return time === null && timeZone === null ? Result.succeed(null) : Result.fail(
      new Unprocessable({
        code: "invalid_date",
        path: [time === null ? "timeZone" : "time"],
        message: "A time is of a date, and there is none"
      })
    )
  }
  return checkedDue({ date, time, timeZone })
}
