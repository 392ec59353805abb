import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import { ScriptTokenCursor } from "@todo/domain/tokens/ScriptTokenPage"
import { UserId } from "@todo/domain/users/User"
import { Effect, Option, Schema } from "effect"

/** Where a page ended. It names the user, so that another's cursor is refused. */
const Position = Schema.fromJsonString(Schema.Struct({ user: UserId, before: ScriptTokenId }))

const codec = Schema.StringFromBase64Url.pipe(Schema.decodeTo(Position))
const decode = Schema.decodeUnknownOption(codec, { onExcessProperty: "error" })
const encode = Schema.encodeSync(codec)

/** The cursor for the tokens of `user` with ids below `before`. */
export const makeTokenCursor = (user: UserId, before: ScriptTokenId): ScriptTokenCursor =>
  ScriptTokenCursor.make(encode({ user, before }))

/** The id that the page goes on below; none when the cursor is not one of this user's. */
export const readTokenCursor = (user: UserId, cursor: ScriptTokenCursor): Option.Option<ScriptTokenId> =>
  decode(cursor).pipe(
    Option.filter((position) => position.user === user),
    Option.map((position) => position.before)
  )

/** Fails with what a request with any other cursor is answered. */
export const invalidTokenCursor = Effect.fail(
  new InvalidRequest({
    detail: "The cursor is not one of this list",
    errors: [{ path: ["query", "cursor"], message: "Expected the nextCursor of a page of the same list" }]
  })
)
