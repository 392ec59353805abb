import { PreconditionRequired } from "@todo/domain/dates/DateProblems"
import type { Unprocessable } from "@todo/domain/dates/Unprocessable"
import type { TaskPatch } from "@todo/domain/tasks/Task"
import { Result } from "effect"
import { instantText } from "../database/InstantText.ts"
import type { Place } from "../dates/LocalDay.ts"
import type { Read } from "../words/SpokenDates.ts"
import {
  bodyOf,
  isAboutDates,
  nextSchedule,
  patchedSchedule,
  type Schedule,
  type SchedulePatch,
  unscheduled
} from "./Schedule.ts"
import type { Computed } from "./ScheduledWrite.ts"
import { tasks } from "./table.ts"

/** What is to be written, and what dates the task has after it. */
export interface ScheduledPatch {
  readonly computed: Computed
  readonly schedule: Schedule
}

/** What a write is that leaves a task with these dates: one that it completes for good by them is done at an instant. */
export const writeOf = (schedule: Schedule, others: object, ended: boolean, at: number): Computed => ({
  body: { ...others, ...bodyOf(schedule), ...ended && { completed: true } },
  ...ended && { setAt: instantText(at) }
})

/** The refusal to complete a task that repeats without a version. */
export const repeats = new PreconditionRequired({
  detail: "The task repeats: send If-Match, or complete it by its own operation, with the occurrence"
})

/** A merge-patch of a task, of which words have been read. */
export type ReadPatch = Read<TaskPatch>

/**
 * What a merge-patch of a task writes, by the dates that there are. To complete a task that repeats it has to name a
 * version: sent twice it would be done twice.
 */
export const scheduledPatch = (
  was: Schedule,
  { completed, due, inUtc, repeat, said, start, ...sent }: ReadPatch,
  { namesVersion, now, place }: { readonly namesVersion: boolean; readonly now: number; readonly place: Place }
): Result.Result<ScheduledPatch, Unprocessable | PreconditionRequired> =>
  Result.gen(function*() {
    const others = tasks.given(sent)
    const dates = {
      ...due !== undefined && { due },
      ...repeat !== undefined && { repeat },
      ...start !== undefined && { start },
      ...said !== undefined && { said },
      ...inUtc !== undefined && { inUtc }
    }
    const patched = isAboutDates(dates) ? yield* patchedSchedule(was, dates) : was
    if (completed === true && !was.completed && patched.repeat !== null) {
      if (!namesVersion) {
        return yield* Result.fail(
          repeats
        )
      }
      const schedule = nextSchedule(patched, { at: now, skipped: false }, place)
      return { computed: writeOf(schedule, others, schedule.completed, now), schedule }
    }
    return {
      computed: { body: { ...others, ...completed !== undefined && { completed }, ...bodyOf(patched) } },
      schedule: { ...patched, completed: completed ?? was.completed }
    }
  })

/** What is computed of a new task, beside what its creation says; nothing where that has no dates. */
export const scheduledCreation = (
  { due, inUtc, repeat, said, start }: SchedulePatch
): Result.Result<{ readonly computed: object | undefined; readonly schedule: Schedule }, Unprocessable> => {
  const dates = {
    ...due !== undefined && { due },
    ...repeat !== undefined && { repeat },
    ...start !== undefined && { start },
    ...said !== undefined && { said },
    ...inUtc !== undefined && { inUtc }
  }
  return isAboutDates(dates)
    ? Result.map(patchedSchedule(unscheduled, dates), (schedule) => ({ computed: bodyOf(schedule), schedule }))
    : Result.succeed({ computed: undefined, schedule: unscheduled })
}
