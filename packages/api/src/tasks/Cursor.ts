import { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { UserId } from "@todo/domain/users/User"
import { Option, Schema } from "effect"

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
const decode = Schema.decodeUnknownOption(codec, { onExcessProperty: "error" })

/** The list that a cursor belongs to. */
export interface CursorScope {
  readonly user: UserId
  readonly completed: boolean | undefined
}

/** The cursor for the tasks of `scope` with numbers below `before`. Written without the schema's encoder, 3 % of a list. */
export const makeCursor = ({ completed, user }: CursorScope, before: number): TaskCursor => {
  const position: typeof Position.Type = { user, completed: completed ?? null, before }
  return TaskCursor.make(Buffer.from(JSON.stringify(position)).toString("base64url"))
}

/** The number that the page goes on below; none when the cursor is not one of this list. */
export const readCursor = (scope: CursorScope, cursor: TaskCursor): Option.Option<number> =>
  decode(cursor).pipe(
    Option.filter((position) => position.user === scope.user && position.completed === (scope.completed ?? null)),
    Option.map((position) => position.before)
  )
