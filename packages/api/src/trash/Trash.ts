import { LimitReached } from "@todo/domain/http/LimitReached"
import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import type { TaskFilters } from "@todo/domain/tasks/TaskPage"
import { Context, Effect, Layer } from "effect"
import { throughDoor } from "../database/Door.ts"
import { mostChanges } from "../database/functions/Write.sql.ts"
import { list, listed, type ListQuery } from "../database/List.ts"
import { Statements } from "../database/Statements.ts"
import type { Row } from "../database/Table.ts"
import { type Refused, Writes } from "../database/Write.ts"
import { atVersions, refusing, there } from "../entity/EntityStore.ts"
import { taskList } from "../tasks/lists.ts"
import { taskProblems } from "../tasks/problems.ts"
import { longTexts, tasks } from "../tasks/table.ts"
import { trashedTasks } from "./table.ts"

/** The refusal of a write that would change too many things. */
const tooMany = ({ verdict }: Refused) =>
  verdict === "limit"
    ? Effect.fail(
      new LimitReached({
        detail: `One operation changes ${mostChanges.toLocaleString("en")} things at the most`,
        limit: "changes",
        max: mostChanges
      })
    )
    : Effect.die(new Error(`A write was refused: ${verdict}`))

const unsettled = Effect.fail(new ServiceUnavailable({ detail: "What is to be deleted changes all the time" }))

/** What the current user has deleted. Another user's trash does not exist. */
export class Trash extends Context.Service<Trash>()("todo/api/trash/Trash", {
  make: Effect.gen(function*() {
    const { columns, name, noun } = trashedTasks
    const statements = yield* Statements
    const writes = yield* Writes
    const restore = writes.make(`${noun}_restore`)
    const purge = writes.make(`${noun}_purge`)
    const empty = writes.make("trash_empty")
    const removeListed = writes.make(`${noun}_remove_listed`)
    const open = yield* listed(tasks, taskList)
    const of = "trashed_at IS NOT NULL"
    const find = throughDoor<Row, [id: string]>(
      statements,
      `SELECT ${columns.join(", ")} FROM todo.${name} WHERE user_id = me.uid AND id = $3 AND ${of}`
    )
    const expected = atVersions(taskProblems)
    const refuse = refusing(taskProblems)
    return {
      list: yield* list<{}>(trashedTasks, { filters: {}, of, newest: ["trashed_at", "number"], long: longTexts }),
      get: (id: string, versions: ReadonlyArray<number> | undefined) =>
        Effect.flatMap(find(id), ([thing]) => expected(thing, versions)),
      /** Takes the thing out of the trash, if its version is among these. */
      restore: (id: string, versions: ReadonlyArray<number> | undefined) =>
        restore({ id, versions }).pipe(Effect.catchTag("Refused", refuse), Effect.flatMap(there)),
      /** Deletes the thing for good, wherever it is, if its version is among these. */
      purge: (id: string, versions: ReadonlyArray<number> | undefined) =>
        Effect.catchTag(purge({ id, versions }), "Refused", refuse),
      /** Deletes all that is in the trash for good. */
      empty: Effect.catchTag(empty({}), "Refused", tooMany),
      /** How many things a list has. */
      count: open.count,
      /** Moves all that a list has to the trash: as it is read, while nothing of that changes meanwhile. */
      removeListed: (query: ListQuery<TaskFilters>) =>
        // One more than may be: that there are too many is told by the function, which knows the keys.
        Effect.flatMap(open.versions(query, mostChanges + 1), (things) => removeListed({ things })).pipe(
          Effect.retry({ while: (error) => error._tag === "Refused" && error.verdict === "changed", times: 4 }),
          Effect.catchTag(
            "Refused",
            (refused): Effect.Effect<never, LimitReached | ServiceUnavailable> =>
              refused.verdict === "changed" ? unsettled : tooMany(refused)
          )
        )
    }
  })
}) {
  static readonly layer = Layer.effect(Trash, Trash.make)
}
