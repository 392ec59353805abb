import { PreconditionRequired } from "@todo/domain/dates/DateProblems"
import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Effect, Result } from "effect"
import { mostBesideOthers, mostChanges } from "../database/functions/Write.sql.ts"
import type { Row } from "../database/Table.ts"
import { type Refused, Writes } from "../database/Write.ts"
import { asking, placeOf, type SetPlace } from "../dates/Asker.ts"
import { setPlace } from "../dates/SetPlace.sql.ts"
import { dateProblem } from "./DateRefusals.ts"
import { scheduleColumns, scheduleOf } from "./Schedule.ts"
import { type ReadPatch, scheduledPatch } from "./ScheduledPatch.ts"

/** What a write of a list is told of each thing: its id, the version that was seen, and what was computed for it. */
export type ListedThing = readonly [id: string, version: number, computed?: object]

/** How often what a list has may turn out to have changed. */
const attempts = 4

/** Makes a write of all that was listed, which `read` reads again as long as something of it changes meanwhile. */
export const listedWrite = (name: string) =>
  Effect.map(Writes, (writes) => {
    const few = writes.make(name)
    const many = writes.make(name, "long")
    return <E, R>(read: Effect.Effect<ReadonlyArray<ListedThing>, E, R>, op: object = {}) =>
      Effect.flatMap(read, (things) => (things.length > mostBesideOthers ? many : few)({ things, ...op })).pipe(
        Effect.retry({ while: (error) => isRefused(error) && error.verdict === "changed", times: attempts }),
        Effect.catchIf(
          isRefused,
          (refused): Effect.Effect<never, Refused | ServiceUnavailable> =>
            refused.verdict === "changed" ? unsettled : Effect.fail(refused)
        )
      )
  })

/** One more than may be: that there are too many is told by the function, which knows the keys. */
export const mostListed = mostChanges + 1

/** What dates are computed from, of a task and of where the user is, as more of a SELECT. */
export const schedule = `, ${scheduleColumns.join(", ")}, ${setPlace("me.uid")} AS place`

/** What a patch makes of each of these, which have their dates and where the user is. */
export const patchedEach = (rows: ReadonlyArray<Row>, patch: ReadPatch) =>
  Effect.flatMap(asking, (who) =>
    Effect.forEach(rows, (row) => {
      const was = scheduleOf(row)
      const place = placeOf(who, row["place"] as SetPlace | null)
      return Effect.fromResult(
        Result.map(
          Result.mapError(
            scheduledPatch(was, patch, { namesVersion: false, now: who.now, place }),
            (problem) => problem._tag === "Unprocessable" ? dateProblem(problem, { path: ["payload"] }) : someRepeat
          ),
          ({ computed }): ListedThing => [row.id, row.version, { ...computed, basis: was }]
        )
      )
    }))

/** A task that repeats is done date by date: sent twice, a list of them would be done twice. */
export const someRepeat = new PreconditionRequired({
  detail: "Some of the tasks repeat: leave them out (`not repeating`), or complete each by its own operation"
})

const isRefused = (error: unknown): error is Refused =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "Refused"

const unsettled = Effect.fail(new ServiceUnavailable({ detail: "What is to be written changes all the time" }))
