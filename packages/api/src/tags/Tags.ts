import type { TagPatch } from "@todo/domain/tags/Tag"
import type { TagQuery } from "@todo/domain/tags/TagPage"
import { spellingKey } from "@todo/domain/text/Spelling"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { listByKey } from "../database/ListByKey.ts"
import { Writes } from "../database/Write.ts"
import { there, type WrittenThing } from "../entity/EntityStore.ts"
import { counted as countedThings, type CountedRow, taskCounts } from "../projects/ProjectReads.ts"
import { refuseTag } from "./problems.ts"
import { tags } from "./table.ts"

/** The tasks that have it. */
const counts = taskCounts(
  `todo.task_tags u JOIN todo.tasks x ON x.user_id = me.uid AND x.number = u.number AND x.trashed_at IS NULL
      WHERE u.user_id = me.uid AND u.name_key = tags.name_key`
)

/** What the current user can do with their tags. Another user's tag is a tag that does not exist. */
export class Tags extends Context.Service<Tags>()("todo/api/tags/Tags", {
  make: Effect.gen(function*() {
    const writes = yield* Writes
    const update = writes.make("tag_update", "unknown")
    const remove = writes.make("tag_remove", "unknown")
    const countsOf = throughDoor<Pick<CountedRow, "counts">, [id: string]>(
      yield* Statements,
      `SELECT ${counts} AS counts FROM todo.tags WHERE user_id = me.uid AND id = $3`
    )
    const list = yield* listByKey<CountedRow>(
      tags,
      { key: "name_key", more: { counts }, choices: { all: "true" } },
      countedThings(tags).json
    )

    const counted = (written: WrittenThing): Effect.Effect<
      WrittenThing & { readonly thing: CountedRow },
      DoorError,
      CurrentUser
    > =>
      Effect.map(countsOf(written.thing.id), ([now]) => ({
        ...written,
        thing: { ...written.thing, counts: now?.counts ?? { open: 0, done: 0 } }
      }))

    return {
      list: (query: TagQuery) => list({ ...query, choice: "all" }),
      /** Changes the tag of a name, and renames it on every task, if its version is among these. */
      update: (name: string, { merge, ...patch }: TagPatch, versions: ReadonlyArray<number> | undefined) =>
        update({ nameKey: spellingKey(name), body: tags.given(patch), merge, versions }).pipe(
          Effect.catchTag("Refused", refuseTag),
          Effect.flatMap(there),
          Effect.flatMap(counted)
        ),
      /** Takes the tag of a name off every task, and away, if its version is among these. */
      remove: (name: string, versions: ReadonlyArray<number> | undefined) =>
        remove({ nameKey: spellingKey(name), versions }).pipe(
          Effect.catchTag("Refused", refuseTag),
          Effect.catchTag("NameTaken", Effect.die)
        )
    }
  })
}) {
  static readonly layer = Layer.effect(Tags, Tags.make)
}
