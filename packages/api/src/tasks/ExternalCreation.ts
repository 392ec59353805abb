import type { PreconditionRequired } from "@todo/domain/dates/DateProblems"
import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import type { ExternalTask } from "@todo/domain/tasks/Task"
import { Result } from "effect"
import type { Read } from "../words/SpokenDates.ts"
import { dateProblem } from "./DateRefusals.ts"
import { repeats, scheduledCreation } from "./ScheduledPatch.ts"
import { tasks } from "./table.ts"

/** What makes the task of an external id, and what is done with it then. */
interface ExternalCreation {
  readonly make: object
  readonly afterwards?: object
}

const untitled = new InvalidRequest({
  detail: "There is no task with this external id, and a new one needs a title",
  errors: [{ path: ["payload", "title"], message: "It is missing" }]
})

/** What is there of a patch when it is applied to nothing (RFC 7396). */
const present = (extra: ExternalTask["extra"]) =>
  Object.fromEntries(Object.entries(extra ?? {}).filter(([, value]) => value !== null))

/** What a merge-patch makes of no task at all. Fails where it makes none, which matters only if there is none. */
export const externalCreation = (
  externalId: string,
  { completed, ...members }: Read<ExternalTask>
): Result.Result<ExternalCreation, InvalidRequest | PreconditionRequired | ReturnType<typeof dateProblem>> => {
  if (members.title === undefined) return Result.fail(untitled)
  const scheduled = scheduledCreation(members)
  if (Result.isFailure(scheduled)) return Result.fail(dateProblem(scheduled.failure, { path: ["payload"] }))
  const { computed, schedule } = scheduled.success
  if (completed === true && schedule.repeat !== null) return Result.fail(repeats)
  return Result.succeed({
    make: { ...tasks.given({ ...members, externalId, extra: present(members.extra) }), ...computed },
    ...completed === true && { afterwards: { completed } }
  })
}
