import { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { UserId } from "@todo/domain/users/User"
import { Effect, Option, Schema } from "effect"

/**
 * Where a page ended. It names the user and the filter, so that a cursor of
 * another list is refused instead of giving a page that makes no sense.
 */
const Position = Schema.fromJsonString(Schema.Struct({
  user: UserId,
  completed: Schema.NullOr(Schema.Boolean),
  before: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 }))
}))

const codec = Schema.StringFromBase64Url.pipe(Schema.decodeTo(Position))
const encode = Schema.encodeEffect(codec)
const decode = Schema.decodeUnknownOption(codec, { onExcessProperty: "error" })

/** The list that a cursor belongs to. */
export interface CursorScope {
  readonly user: UserId
  readonly completed: boolean | undefined
}

/** The cursor for the tasks of `scope` with numbers below `before`. */
export const makeCursor = (scope: CursorScope, before: number): Effect.Effect<TaskCursor> =>
  encode({ user: scope.user, completed: scope.completed ?? null, before }).pipe(
    Effect.map((text) => TaskCursor.make(text)),
    Effect.orDie
  )

/** The number that the page goes on below; none when the cursor is not one of this list. */
export const readCursor = (scope: CursorScope, cursor: TaskCursor): Option.Option<number> =>
  decode(cursor).pipe(
    Option.filter((position) => position.user === scope.user && position.completed === (scope.completed ?? null)),
    Option.map((position) => position.before)
  )
