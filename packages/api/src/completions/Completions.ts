import { NotRepeating } from "@todo/domain/dates/DateProblems"
import type { InvalidRequest } from "@todo/domain/http/RequestProblems"
import type { NewCompletion, Skip } from "@todo/domain/repetition/CompletedTask"
import type { CompletionQuery } from "@todo/domain/repetition/Completion"
import type { Occurrence } from "@todo/domain/repetition/Occurrence"
import type { TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { instantText } from "../database/InstantText.ts"
import { defaultLimit, invalidCursor, type Listing, makeCursor, readCursor } from "../database/List.ts"
import type { Row } from "../database/Table.ts"
import { Writes } from "../database/Write.ts"
import { asking, placeOf, type SetPlace } from "../dates/Asker.ts"
import { there } from "../entity/EntityStore.ts"
import { refusals, ruledBy } from "../entity/Refusals.ts"
import { instantOfOccurrence, occurrences } from "../repetition/Series.ts"
import { taskProblems, taskRulings } from "../tasks/problems.ts"
import { scheduleOf, seriesOf } from "../tasks/Schedule.ts"
import { completedWhen, completionOf, scheduledCompletion, scheduledSkip } from "../tasks/ScheduledCompletion.ts"
import { scheduledWrite } from "../tasks/ScheduledWrite.ts"
import { tasks } from "../tasks/table.ts"
import { completionReads, type CompletionRow } from "./CompletionReads.ts"

type CompletionsError = DoorError | InvalidRequest | TaskNotFound

/** How many dates are told where nobody says. */
const defaultCount = 10

/** What the current user does date by date of the tasks that repeat. */
export class Completions extends Context.Service<Completions>()("todo/api/completions/Completions", {
  make: Effect.gen(function*() {
    const writes = yield* Writes
    const statements = yield* Statements
    const complete = writes.make("task_complete", "unknown")
    const skip = writes.make("task_skip", "unknown")
    const dated = throughDoor<Row, [id: string]>(statements, completionReads.dated)
    const done = throughDoor<CompletionRow, [id: string, before: number, limit: number]>(
      statements,
      completionReads.done
    )
    const refuseCompletion = refusals(tasks, ruledBy(taskProblems, taskRulings.completion)).ofChange
    const refuseSkip = refusals(tasks, ruledBy(taskProblems, taskRulings.skip)).ofChange

    return {
      /** Does a task, or its date, if it is still that which the client saw. */
      complete: Effect.fnUntraced(function*(
        id: string,
        completion: NewCompletion,
        versions: ReadonlyArray<number> | undefined
      ) {
        const { now } = yield* asking
        const at = yield* Effect.fromResult(completedWhen(completion, now, body))
        return yield* scheduledWrite(
          complete,
          { id, versions, ...completionOf(completion) },
          (was, place) => Effect.succeed(scheduledCompletion(was, at, place).computed)
        ).pipe(Effect.catchTag("Refused", refuseCompletion), Effect.flatMap(there))
      }),
      /** Passes over the date that a task is now, if it is still that which the client saw. */
      skip: (id: string, { occurrence }: Skip, versions: ReadonlyArray<number> | undefined) =>
        scheduledWrite(
          skip,
          { id, versions, occurrence, skip: true, body: {} },
          (was, place, now) =>
            Effect.map(Effect.fromResult(scheduledSkip(was, now, place, ofTask)), ({ computed }) => computed)
        ).pipe(Effect.catchTag("Refused", refuseSkip), Effect.flatMap(there)),
      /** The date that a task is now, and those after it, with their instants. */
      coming: Effect.fnUntraced(function*(id: string, count: number = defaultCount) {
        const [task] = yield* dated(id)
        if (task === undefined) return yield* taskProblems.notFound()
        const schedule = scheduleOf(task)
        if (schedule.repeat === null) return yield* notRepeating
        const place = placeOf(yield* asking, task["place"] as SetPlace | null)
        const zone = schedule.series!.timeZone ?? place.timeZone
        return occurrences(seriesOf(schedule), schedule.completed ? 1 : count, place).map((occurrence) => {
          const at = instantOfOccurrence(occurrence, zone)
          return { occurrence, at: at === null ? null : instantText(at) }
        })
      }),
      /** What was done of a task, the last first. */
      done: (
        id: string,
        { cursor, limit = defaultLimit }: CompletionQuery
      ): Effect.Effect<Listing<CompletionRow>, CompletionsError, CurrentUser> =>
        Effect.flatMap(CurrentUser, (user): Effect.Effect<Listing<CompletionRow>, CompletionsError, CurrentUser> => {
          const wanted = [user.id, "completions", id]
          const place = cursor === undefined ? beyond : readCursor(cursor, wanted, ["integer"])?.[0]
          if (place === undefined) return invalidCursor
          return Effect.flatMap(done(id, Number(place), limit + 1), (rows) => {
            // A task of which nothing was done is a row, too.
            if (rows.length === 0) return Effect.fail(taskProblems.notFound())
            return Effect.succeed({
              found: rows.filter(({ nth }) => nth !== null),
              limit,
              json: completionJson,
              cursorAfter: ({ nth }: CompletionRow) => makeCursor(wanted, [nth])
            })
          })
        })
    }
  })
}) {
  static readonly layer = Layer.effect(Completions, Completions.make)
}

/** After every completion of a task. */
const beyond = 2_147_483_647

const completionJson = ({ completed_at: at, occurrence, skipped }: CompletionRow) =>
  JSON.stringify({ occurrence: occurrence as Occurrence, completedAt: instantText(at!), skipped })

/** Where the body is, and where the task is named. */
const body = { path: ["payload"] }
const ofTask = { path: ["params", "id"] }

const notRepeating = Effect.fail(new NotRepeating({ ...ofTask, detail: "The task does not repeat" }))
