import type { BatchOperation } from "@todo/domain/batch/Batch"
import { type InTheFuture, type NotRepeating, PreconditionRequired } from "@todo/domain/dates/DateProblems"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect, Result } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import type { Row } from "../database/Table.ts"
import { type Asking, asking, placeOf, type SetPlace } from "../dates/Asker.ts"
import type { Place } from "../dates/LocalDay.ts"
import { setPlace } from "../dates/SetPlace.sql.ts"
import { dateProblem } from "../tasks/DateRefusals.ts"
import { isAboutDates, type Schedule, scheduleOf, unscheduled } from "../tasks/Schedule.ts"
import { completedWhen, scheduledCompletion, scheduledSkip } from "../tasks/ScheduledCompletion.ts"
import { scheduledCreation, type ScheduledPatch, scheduledPatch } from "../tasks/ScheduledPatch.ts"
import { tasks } from "../tasks/table.ts"

type TaskOperation = Exclude<Extract<BatchOperation, { readonly op: `task.${string}` }>, { readonly op: "task.move" }>

/** Whether it is of one task; a move is of many, and leaves their dates. */
const isOfTask = (operation: BatchOperation): operation is TaskOperation =>
  operation.op.startsWith("task.") && operation.op !== "task.move"

type DateProblem = ReturnType<typeof dateProblem> | PreconditionRequired | InTheFuture | NotRepeating

/** What there is of tasks: their dates, and where the user is. */
interface Known {
  readonly schedules: Map<string, Schedule>
  readonly set: SetPlace | null
}

/** Whether dates that there are matter for it, whatever they are. */
const isAboutStored = (operation: BatchOperation): boolean =>
  operation.op === "task.skip" || (operation.op === "task.update" && isAboutDates(operation.body))

/** What a write of a task that is there makes of its dates; undefined where it has nothing to do with them. */
const changeOf = (
  operation: TaskOperation,
  index: number,
  was: Schedule,
  now: number,
  place: Place
): Result.Result<ScheduledPatch | undefined, DateProblem> => {
  const at = { path: ["payload", "operations", index, "body"], index }
  switch (operation.op) {
    case "task.update": {
      const { body, version } = operation
      if (!isAboutDates(body) && body.completed === undefined) return Result.succeed(undefined)
      return Result.mapError(
        scheduledPatch(was, body, { namesVersion: version !== undefined, now, place }),
        (problem) =>
          problem._tag === "Unprocessable"
            ? dateProblem(problem, at)
            : new PreconditionRequired({ detail: "The task repeats: name its version", index })
      )
    }
    case "task.complete":
      return Result.map(completedWhen(operation.body, now, at), (when) => scheduledCompletion(was, when, place))
    case "task.skip":
      return scheduledSkip(was, now, place, { path: ["payload", "operations", index, "id"], index })
    default:
      return Result.succeed(undefined)
  }
}

/** What is computed for one write of a batch, after those before it, whose dates `known` has. */
const computedFor = (
  operation: TaskOperation,
  index: number,
  known: Known | undefined,
  { now, timeZone }: Asking
): Result.Result<object | undefined, DateProblem> => {
  if (operation.op === "task.create") {
    const { id } = operation.body
    const at = { path: ["payload", "operations", index, "body"], index }
    return Result.map(
      Result.mapError(scheduledCreation(operation.body), (problem) => dateProblem(problem, at)),
      ({ computed, schedule }) => {
        // What was made before by this creation is as it is now.
        if (id !== undefined && known?.schedules.has(id) === false) known.schedules.set(id, schedule)
        return computed
      }
    )
  }
  const was = known?.schedules.get(operation.id)
  const place = placeOf({ timeZone }, known?.set)
  return Result.map(changeOf(operation, index, was ?? unscheduled, now, place), (change) => {
    if (was === undefined || change === undefined) return undefined
    const isPast = operation.op !== "task.update" && "body" in operation && operation.body.occurrence !== undefined
      && operation.body.occurrence !== was.occurrence
    if (!isPast) known!.schedules.set(operation.id, change.schedule)
    return { ...change.computed, basis: was }
  })
}

/**
 * What is computed for the writes of a batch, of each from what those before it leave: the tasks are read once. That is
 * done where dates that there are matter, or `reads` says so: a task that is to be completed may repeat.
 */
export const batchedDates = Effect.map(Statements, (statements) => {
  const read = throughDoor<Row, [ids: ReadonlyArray<string>]>(
    statements,
    `SELECT t.id, t.version, t.completed_at, t.occurrence, t.start, t.due, t.repeat, t.series, t.completion,
        ${setPlace("me.uid")} AS place
      FROM todo.${tasks.name} t WHERE t.user_id = me.uid AND t.id = ANY ($3::uuid[])`
  )
  return Effect.fnUntraced(function*(
    operations: ReadonlyArray<BatchOperation>,
    reads: boolean,
    /** The dates of tasks as they are when it is the turn of a write, by its place, where the writes before it change them. */
    left: ReadonlyMap<number, Schedule>
  ): Effect.fn.Return<ReadonlyArray<object | undefined>, DateProblem | DoorError, CurrentUser> {
    const who = yield* asking
    let known: Known | undefined
    if (reads || operations.some(isAboutStored)) {
      const ids = operations.filter(isOfTask).flatMap((operation) =>
        operation.op === "task.create" ? operation.body.id ?? [] : operation.id
      )
      const rows = yield* read([...new Set(ids)])
      known = {
        schedules: new Map(rows.map((row) => [row.id, scheduleOf(row)])),
        set: (rows[0]?.["place"] ?? null) as SetPlace | null
      }
    }
    const computed: Array<object | undefined> = []
    for (const [index, operation] of operations.entries()) {
      const schedule = left.get(index)
      if (schedule !== undefined && "id" in operation && operation.id !== undefined) {
        known?.schedules.set(operation.id, schedule)
      }
      computed.push(
        isOfTask(operation) ? yield* Effect.fromResult(computedFor(operation, index, known, who)) : undefined
      )
    }
    return computed
  })
})
