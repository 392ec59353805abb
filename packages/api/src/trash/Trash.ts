import { Context, Effect, Layer } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { throughDoor } from "../database/Door.ts"
import { list } from "../database/List.ts"
import type { Row } from "../database/Table.ts"
import { Writes } from "../database/Write.ts"
import { atVersions, there } from "../entity/EntityStore.ts"
import { refusals, ruledBy } from "../entity/Refusals.ts"
import { tooManyChanges } from "../entity/TooManyChanges.ts"
import { taskProblems, taskRulings } from "../tasks/problems.ts"
import { longTexts, tasks } from "../tasks/table.ts"
import { trashedTasks } from "./table.ts"

/** What the current user has deleted. Another user's trash does not exist. */
export class Trash extends Context.Service<Trash>()("todo/api/trash/Trash", {
  make: Effect.gen(function*() {
    const { name, noun, reads } = trashedTasks
    const columns = reads(name, "me.uid").map(([column, sql]) => `${sql} AS ${column}`)
    const statements = yield* Statements
    const writes = yield* Writes
    const restore = writes.make(`${noun}_restore`, "unknown")
    const empty = writes.make("trash_empty", "unknown")
    const of = "trashed_at IS NOT NULL"
    const find = throughDoor<Row, [id: string]>(
      statements,
      `SELECT ${columns.join(", ")} FROM todo.${name} WHERE user_id = me.uid AND id = $3 AND ${of}`
    )
    const expected = atVersions(taskProblems)
    const refuse = refusals(tasks, ruledBy(taskProblems, taskRulings.restoration)).ofChange
    return {
      list: yield* list<{}>(trashedTasks, { filters: {}, of, newest: ["trashed_at", "number"], long: longTexts }),
      get: (id: string, versions: ReadonlyArray<number> | undefined) =>
        Effect.flatMap(find(id), ([thing]) => expected(thing, versions)),
      /** Takes the thing out of the trash, if its version is among these. */
      restore: (id: string, versions: ReadonlyArray<number> | undefined) =>
        restore({ id, versions }).pipe(
          Effect.catchTag("Refused", refuse),
          Effect.flatMap(there)
        ),
      /** Deletes all that is in the trash for good. */
      empty: Effect.catchTag(empty({}), "Refused", tooManyChanges)
    }
  })
}) {
  static readonly layer = Layer.effect(Trash, Trash.make)
}
