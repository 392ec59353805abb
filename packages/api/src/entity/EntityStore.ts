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
import { asking } from "../dates/Asker.ts"
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
export interface EntityStore<NotFound, Changed, Ruled = never> {
  /**
   * Makes a thing; with an id that the client has chosen once only: the next time it is no operation. `computed` is what the
   * service adds to it.
   */
  create(creation: Creation, computed?: object): Writing<WrittenThing, LimitReached | IdTaken | Ruled>
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
  ): Writing<WrittenThing, NotFound | Changed | Ruled>
  /** Moves the thing to the trash, or takes it away, if its version is among these. */
  remove(id: string, versions: ReadonlyArray<number> | undefined): Writing<Written, NotFound | Changed>
}

/** A thing that was found, if its version is among these. */
export const atVersions =
  <NotFound, Changed, Ruled>({ changed, notFound }: EntityProblems<NotFound, Changed, Ruled>) =>
  (thing: Row | undefined, versions: ReadonlyArray<number> | undefined): Effect.Effect<Row, NotFound | Changed> => {
    if (thing === undefined) return Effect.fail(notFound())
    return versions === undefined || versions.includes(thing.version)
      ? Effect.succeed(thing)
      : Effect.flatMap(asking, (who) => Effect.fail(changed(thing, who)))
  }

/** Makes the store of a noun from its description. */
export const entityStore = Effect.fnUntraced(function*<NotFound, Changed, Ruled = never>(
  table: Table,
  problems: EntityProblems<NotFound, Changed, Ruled>
): Effect.fn.Return<EntityStore<NotFound, Changed, Ruled>, never, Statements | Writes | SecureRandom.SecureRandom> {
  const { given, name, noun, trash } = table
  const columns = table.readsPacked("found", "me.uid").map(([column, sql]) => `${sql} AS ${column}`)
  const statements = yield* Statements
  const writes = yield* Writes
  const random = yield* SecureRandom.SecureRandom
  const createThing = writes.make(`${noun}_create`)
  const removeThing = writes.make(`${noun}_remove`)
  const updateThing = writes.make(`${noun}_update`)
  const find = throughDoor<Row, [id: string]>(
    statements,
    // The fence keeps the planner from the index of a list, which has only what is not in the trash.
    `SELECT ${columns.join(", ")} FROM (SELECT * FROM todo.${name} WHERE user_id = me.uid AND id = $3 OFFSET 0) found${
      trash ? " WHERE trashed_at IS NULL" : ""
    }`
  )

  const { ofChange, ofCreation, ofRemoval } = refusals(table, problems)
  const expected = atVersions(problems)

  // Untraced: `Effect.fn` makes an Error for each call, which was 3 % of a request. The statement has its own span.
  return {
    create: (creation, computed) =>
      random.uuidV7().pipe(
        Effect.flatMap((id) => createThing(creationOf(table, creation, id, computed))),
        Effect.catchTag("Refused", ofCreation),
        Effect.flatMap(there)
      ),
    get: (id, versions) => Effect.flatMap(find(id), ([thing]) => expected(thing && table.unpacked(thing), versions)),
    update: (id, body, versions) =>
      updateThing({ id, body: given(body), versions }).pipe(
        Effect.catchTag("Refused", ofChange),
        Effect.flatMap(there)
      ),
    remove: (id, versions) => Effect.catchTag(removeThing({ id, versions }), "Refused", ofRemoval)
  }
})

/** What is asked of the function that makes a thing, whose id is `id` where the client has chosen none. */
export const creationOf = (
  { given }: Table,
  { id: chosen, ...sent }: Creation,
  id: string,
  computed?: object
) => {
  const body = { ...given(sent), ...computed }
  return chosen === undefined
    ? { id, body }
    : { id: chosen, body, creation: createHash("sha256").update(JSON.stringify(sent)).digest("hex") }
}

/** The answer to a key that came before may be about what is gone. */
export const there = (written: Written): Effect.Effect<WrittenThing, Gone> =>
  written.thing === undefined || written.thing === null
    ? Effect.fail(new Gone({ detail: "What this key was used for has been deleted for good since" }))
    : Effect.succeed(written as WrittenThing)
