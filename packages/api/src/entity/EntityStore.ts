import { Gone, type IdTaken } from "@todo/domain/entity/EntityProblems"
import type { LimitReached } from "@todo/domain/http/LimitReached"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { SecureRandom } from "effect/crypto"
import { createHash } from "node:crypto"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import type { Row, Table } from "../database/Table.ts"
import { type WriteError, Writes, type Written } from "../database/Write.ts"
import type { RequestKey } from "../http/RequestKey.ts"
import { type EntityProblems, refusals } from "./Refusals.ts"

/** A write of a thing that is there, as the write left it. */
export interface WrittenThing extends Written {
  readonly thing: Row
}

/** What makes a thing; the client may have chosen its id. */
export interface Creation {
  readonly id?: string
  readonly [member: string]: unknown
}

type Writing<A, E> = Effect.Effect<A, E | Gone | WriteError, CurrentUser | RequestKey>

/** What the current user can do with their things of a noun. Another user's thing is a thing that does not exist. */
export interface EntityStore<NotFound, Changed> {
  /** Makes a thing; with an id that the client has chosen once only: the next time it is no operation. */
  create(creation: Creation): Writing<WrittenThing, LimitReached | IdTaken>
  get(id: string, versions: ReadonlyArray<number> | undefined): Effect.Effect<
    Row,
    NotFound | Changed | DoorError,
    CurrentUser
  >
  /** Applies a merge-patch if the version is among these; undefined: whatever it is. */
  update(
    id: string,
    patch: object,
    versions: ReadonlyArray<number> | undefined
  ): Writing<WrittenThing, NotFound | Changed>
  /** Moves the thing to the trash, if its version is among these. */
  remove(id: string, versions: ReadonlyArray<number> | undefined): Writing<Written, NotFound | Changed>
}

/** A thing that was found, if its version is among these. */
export const atVersions =
  <NotFound, Changed>({ changed, notFound }: EntityProblems<NotFound, Changed>) =>
  (thing: Row | undefined, versions: ReadonlyArray<number> | undefined): Effect.Effect<Row, NotFound | Changed> => {
    if (thing === undefined) return Effect.fail(notFound())
    return versions === undefined || versions.includes(thing.version)
      ? Effect.succeed(thing)
      : Effect.fail(changed(thing))
  }

/** Makes the store of a noun from its description. */
export const entityStore = Effect.fnUntraced(function*<NotFound, Changed>(
  table: Table,
  problems: EntityProblems<NotFound, Changed>
): Effect.fn.Return<EntityStore<NotFound, Changed>, never, Statements | Writes | SecureRandom.SecureRandom> {
  const { columns, name, noun } = table
  const statements = yield* Statements
  const writes = yield* Writes
  const random = yield* SecureRandom.SecureRandom
  const createThing = writes.make(`${noun}_create`)
  const updateThing = writes.make(`${noun}_update`)
  const removeThing = writes.make(`${noun}_remove`)
  const find = throughDoor<Row, [id: string]>(
    statements,
    // The fence keeps the planner from the index of a list, which has only what is not in the trash.
    `SELECT ${columns.join(", ")} FROM (SELECT * FROM todo.${name} WHERE user_id = me.uid AND id = $3 OFFSET 0) found
      WHERE trashed_at IS NULL`
  )

  const { ofChange, ofCreation } = refusals(table, problems)
  const expected = atVersions(problems)

  // Untraced: `Effect.fn` makes an Error for each call, which was 3 % of a request. The statement has its own span.
  return {
    create: (creation) =>
      random.uuidV7().pipe(
        Effect.flatMap((id) => createThing(creationOf(creation, id))),
        Effect.catchTag("Refused", ofCreation),
        Effect.flatMap(there)
      ),
    get: (id, versions) => Effect.flatMap(find(id), ([thing]) => expected(thing, versions)),
    update: (id, body, versions) =>
      updateThing({ id, body, versions }).pipe(Effect.catchTag("Refused", ofChange), Effect.flatMap(there)),
    remove: (id, versions) => Effect.catchTag(removeThing({ id, versions }), "Refused", ofChange)
  }
})

/** What is asked of the function that makes a thing, whose id is `id` where the client has chosen none. */
export const creationOf = ({ id: chosen, ...body }: Creation, id: string) =>
  chosen === undefined
    ? { id, body }
    : { id: chosen, body, creation: createHash("sha256").update(JSON.stringify(body)).digest("hex") }

/** The answer to a key that came before may be about what is gone. */
export const there = (written: Written): Effect.Effect<WrittenThing, Gone> =>
  written.thing === undefined || written.thing === null
    ? Effect.fail(new Gone({ detail: "What this key was used for has been deleted for good since" }))
    : Effect.succeed(written as WrittenThing)
