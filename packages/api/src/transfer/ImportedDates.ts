import { checkedDue, type Due, type NewDue } from "@todo/domain/dates/Due"
import { Unprocessable } from "@todo/domain/dates/Unprocessable"
import { dateOfOccurrence, type Occurrence, timeOfOccurrence } from "@todo/domain/repetition/Occurrence"
import { checkedRule } from "@todo/domain/repetition/Repeat"
import type { ImportedTask, RepeatSeries } from "@todo/domain/transfer/Document"
import { Result } from "effect"
import { patchedSchedule, type Schedule, unscheduled } from "../tasks/Schedule.ts"

/** A date with all its members, as a merge-patch that leaves nothing of what there was. */
const whole = ({ date, time = null, timeZone = null }: NewDue) => ({ date, time, timeZone })

/** The date of an occurrence in a zone. */
const dueAt = (occurrence: Occurrence, timeZone: RepeatSeries["timeZone"]): Result.Result<Due, Unprocessable> =>
  checkedDue({ date: dateOfOccurrence(occurrence), time: timeOfOccurrence(occurrence), timeZone })

const noSuchSeries = (message: string) =>
  Result.fail(new Unprocessable({ code: "invalid_rule", path: ["series"], message }))

/** The dates that a task of a document has, whose repetition has come to where the document says. */
const goingOn = (
  schedule: Schedule,
  occurrence: Occurrence,
  { first, ordinal, timeZone }: RepeatSeries
): Result.Result<Schedule, Unprocessable> =>
  Result.gen(function*() {
    const { due, repeat, start } = schedule
    const begin = yield* dueAt(first, timeZone)
    const current = yield* dueAt(occurrence, timeZone)
    if (("time" in begin) !== ("time" in current) || current.date < begin.date) {
      return yield* noSuchSeries("The date that it is now is none of those that come after its first")
    }
    // Its date may have been moved for once: the rule is counted from the first.
    const began = yield* patchedSchedule(unscheduled, { due: whole(begin), repeat })
    const rule = yield* Result.mapError(
      checkedRule(repeat!.rule, due!),
      ({ code, message }) => new Unprocessable({ code, message, path: ["repeat", "rule"] })
    )
    if (ordinal > (rule.count ?? ordinal)) return yield* noSuchSeries("There are not so many dates")
    return {
      ...began,
      start,
      due,
      occurrence,
      series: { first, ordinal, timeZone: "time" in begin ? begin.timeZone : null }
    }
  })

/** What the dates of a task are by a document, of which it had others, or none. Fails where it has such as there are not. */
export const importedSchedule = (
  was: Schedule,
  { due, occurrence, repeat, series, start }: ImportedTask
): Result.Result<Schedule, Unprocessable> =>
  Result.gen(function*() {
    const dates = {
      ...start !== undefined && { start: start === null ? null : whole(start) },
      ...due !== undefined && { due: due === null ? null : whole(due) }
    }
    const now = occurrence ?? undefined
    if (now === undefined || repeat === undefined || repeat === null) {
      if (Object.keys(dates).length === 0 && repeat === undefined) return was
      return yield* patchedSchedule(was, { ...dates, ...repeat !== undefined && { repeat } })
    }
    const plain = yield* patchedSchedule({ ...was, repeat: null, occurrence: null, series: null }, dates)
    // Without a date it is refused as any other.
    if (plain.due === null) return yield* patchedSchedule(plain, { repeat })
    const { from = "schedule", missed = "skip", rule, text = null } = repeat
    const zone = "time" in plain.due ? plain.due.timeZone : null
    const repeated = { ...plain, repeat: { rule, from, missed, text } }
    const gone = yield* goingOn(repeated, now, series ?? { first: now, ordinal: 1, timeZone: zone })
    return { ...gone, completion: was.completion, completed: was.completed }
  })
