import type { PreconditionRequired } from "@todo/domain/dates/DateProblems"
import type { TaskPatch } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import type { Row } from "../database/Table.ts"
import { refusals, ruledBy } from "../entity/Refusals.ts"
import { tooManyChanges } from "../entity/TooManyChanges.ts"
import { filtered } from "../filter/Listed.ts"
import type { TaskListQuery } from "../filter/TaskList.ts"
import { before, completable } from "./Completable.ts"
import { hearing } from "./Hearing.ts"
import { type ListedThing, listedWrite, mostListed, patchedEach, schedule, someRepeat } from "./ListedWrite.ts"
import { taskProblems, taskRulings } from "./problems.ts"
import { isAboutDates } from "./Schedule.ts"
import type { ReadPatch } from "./ScheduledPatch.ts"
import { longTexts, tasks } from "./table.ts"

const listedThings = (rows: ReadonlyArray<Row>): ReadonlyArray<ListedThing> =>
  rows.map(({ id, version }) => [id, version])

/** Makes what the current user can do with all that a list of tasks has. */
export const listedTasks = Effect.gen(function*() {
  const heard = yield* hearing
  const { count, countLive, list, live } = yield* filtered(tasks, longTexts)
  const versions = (query: TaskListQuery) => Effect.map(live(query, mostListed), listedThings)
  const remove = yield* listedWrite("task_remove_listed")
  const update = yield* listedWrite("task_update_listed")
  const refuse = refusals(tasks, ruledBy(taskProblems, taskRulings.change)).ofChange
  /** What a patch is told of each: of dates what is computed from them, and of what is done what goes with it. */
  const patched = (query: TaskListQuery, patch: ReadPatch) =>
    isAboutDates(patch)
      ? Effect.flatMap(live(query, mostListed, schedule + before), (rows) => patchedEach(completable(rows), patch))
      : patch.completed === true
      ? Effect.map(live(query, mostListed, before), (rows) => listedThings(completable(rows)))
      : versions(query)
  return {
    listFiltered: list,
    /** How many tasks a list has. */
    count,
    /** How many of them are not in the trash. */
    countLive,
    /** Moves all that a list has to the trash: as it is read, while nothing of that changes meanwhile. */
    removeListed: (query: TaskListQuery) => Effect.catchTag(remove(versions(query)), "Refused", tooManyChanges),
    /** How many a merge-patch would be applied to; refused where its dates are none, of it or of one of them. */
    updateDry: Effect.fnUntraced(function*(query: TaskListQuery, sent: TaskPatch) {
      const patch = yield* heard(sent)
      if (isAboutDates(patch)) yield* patched(query, patch)
      return { count: yield* countLive(query) }
    }),
    /** Applies a merge-patch to all that a list has, in the same way. */
    updateListed: Effect.fnUntraced(function*(query: TaskListQuery, sent: TaskPatch) {
      const patch = yield* heard(sent)
      return yield* update(patched(query, patch), { body: tasks.given(patch) }).pipe(
        Effect.catchTag(
          "Refused",
          (refused): Effect.Effect<never, PreconditionRequired | Effect.Error<ReturnType<typeof refuse>>> =>
            refused.verdict === "limit"
              ? tooManyChanges(refused)
              : refused.verdict === "stale"
              ? Effect.fail(someRepeat)
              : refuse(refused)
        ),
        Effect.catchTags({ TaskNotFound: Effect.die, TaskChanged: Effect.die })
      )
    })
  }
})
