import { InTheFuture, NotRepeating } from "@todo/domain/dates/DateProblems"
import type { NewCompletion } from "@todo/domain/repetition/CompletedTask"
import { Result } from "effect"
import { instantText } from "../database/InstantText.ts"
import type { Place } from "../dates/LocalDay.ts"
import { nextSchedule, type Schedule } from "./Schedule.ts"
import { type ScheduledPatch, writeOf } from "./ScheduledPatch.ts"

/** Where a body is that says how a task is done: in a request of its own, or in a batch. */
export interface At {
  readonly path: ReadonlyArray<string | number>
  readonly index?: number
}

/** When a task was done, by what a request says. Fails where that is yet to come. */
export const completedWhen = (
  { completedAt }: NewCompletion,
  now: number,
  at: At
): Result.Result<number, InTheFuture> => {
  const instant = completedAt === undefined ? now : Date.parse(completedAt)
  return instant > now
    ? Result.fail(new InTheFuture({ ...at, detail: "It cannot have been done yet", path: [...at.path, "completedAt"] }))
    : Result.succeed(instant)
}

/** What is asked of the function that does a task, as long as nobody knows whether it repeats. */
export const completionOf = ({ children, completedAt, force, occurrence }: NewCompletion) => ({
  children,
  force,
  ...occurrence !== undefined && { occurrence },
  ...completedAt !== undefined && { setAt: instantText(Date.parse(completedAt)) },
  body: { completed: true }
})

/** What doing a task at an instant writes, by the dates that there are. */
export const scheduledCompletion = (was: Schedule, at: number, place: Place): ScheduledPatch => {
  if (was.completed || was.repeat === null) {
    return { computed: { body: { completed: true } }, schedule: { ...was, completed: true } }
  }
  const schedule = nextSchedule(was, { at, skipped: false }, place)
  return { computed: writeOf(schedule, {}, schedule.completed, at), schedule }
}

/** What passing over the date that a task is writes. Fails where it does not repeat. */
export const scheduledSkip = (
  was: Schedule,
  now: number,
  place: Place,
  at: At
): Result.Result<ScheduledPatch, NotRepeating> => {
  if (was.repeat === null) return Result.fail(new NotRepeating({ ...at, detail: "The task does not repeat" }))
  if (was.completed) return Result.succeed({ computed: { body: {} }, schedule: was })
  const schedule = nextSchedule(was, { at: now, skipped: true }, place)
  return Result.succeed({ computed: writeOf(schedule, {}, schedule.completed, now), schedule })
}
