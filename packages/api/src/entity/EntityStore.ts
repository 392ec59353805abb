import { Gone, IdTaken } from "@todo/domain/entity/EntityProblems"
import { LimitReached } from "@todo/domain/http/LimitReached"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { SecureRandom } from "effect/crypto"
import { createHash } from "node:crypto"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import type { Row, Table } from "../database/Table.ts"
import { type Refused, type WriteError, Writes, type Written } from "../database/Write.ts"
import type { RequestKey } from "../http/RequestKey.ts"

/** A write of a thing that is there, as the write left it. */
export interface WrittenThing extends Written {
  readonly thing: Row
}

/** How a noun says that there is no such thing, and that it is at another version. */
export interface EntityProblems<NotFound, Changed> {
  readonly notFound: () => NotFound
  readonly changed: (current: Row) => Changed
}

type Writing<A, E> = Effect.Effect<A, E | Gone | WriteError, CurrentUser | RequestKey>

/** What the current user can do with their things of a noun. Another user's thing is a thing that does not exist. */
export interface EntityStore<NotFound, Changed> {
  /** Makes a thing; with an id that the client has chosen once only: the next time it is no operation. */
  create(
    creation: { readonly id?: string; readonly [member: string]: unknown }
  ): Writing<WrittenThing, LimitReached | IdTaken>
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

/** Makes the store of a noun from its description. */
export const entityStore = Effect.fnUntraced(function*<NotFound, Changed>(
  { columns, most, name, noun }: Table,
  { changed, notFound }: EntityProblems<NotFound, Changed>
): Effect.fn.Return<EntityStore<NotFound, Changed>, never, Statements | Writes | SecureRandom.SecureRandom> {
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

  /** What a refusal is to the client. */
  const refuse = ({ thing, verdict }: Refused): Effect.Effect<never, NotFound | Changed> => {
    switch (verdict) {
      case "absent":
        return Effect.fail(notFound())
      case "changed":
        return Effect.fail(changed(thing!))
      default:
        return Effect.die(new Error(`A write of ${name} was refused: ${verdict}`))
    }
  }
  const refuseCreation = ({ verdict }: Refused): Effect.Effect<never, LimitReached | IdTaken> => {
    switch (verdict) {
      case "limit":
        return Effect.fail(
          new LimitReached({
            detail: `You have ${most.toLocaleString("en")} ${name}: delete some first`,
            limit: name,
            max: most
          })
        )
      case "taken":
        return Effect.fail(new IdTaken({ detail: "Another thing has this id, or had it" }))
      default:
        return Effect.die(new Error(`A creation of ${name} was refused: ${verdict}`))
    }
  }

  // Untraced: `Effect.fn` makes an Error for each call, which was 3 % of a request. The statement has its own span.
  return {
    create: Effect.fnUntraced(function*({ id, ...body }) {
      const creation = id === undefined
        ? undefined
        : createHash("sha256").update(JSON.stringify(body)).digest("hex")
      const write = createThing({ id: id ?? (yield* random.uuidV7()), body, creation })
      return yield* there(yield* write.pipe(Effect.catchTag("Refused", refuseCreation)))
    }),
    get: (id, versions) =>
      Effect.flatMap(find(id), ([thing]): Effect.Effect<Row, NotFound | Changed> => {
        if (thing === undefined) return Effect.fail(notFound())
        return versions === undefined || versions.includes(thing.version)
          ? Effect.succeed(thing)
          : Effect.fail(changed(thing))
      }),
    update: (id, body, versions) =>
      updateThing({ id, body, versions }).pipe(Effect.catchTag("Refused", refuse), Effect.flatMap(there)),
    remove: (id, versions) => Effect.catchTag(removeThing({ id, versions }), "Refused", refuse)
  }
})

/** The answer to a key that came before may be about what is gone. */
const there = (written: Written): Effect.Effect<WrittenThing, Gone> =>
  written.thing === undefined || written.thing === null
    ? Effect.fail(new Gone({ detail: "What this key was used for has been deleted for good since" }))
    : Effect.succeed(written as WrittenThing)
