import { Context, Schema } from "effect"
import type { UserId } from "./User.ts"

/** The id of a session, as the `sid` claim of a JWT names it. */
export const SessionId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("SessionId")).annotate({
  identifier: "SessionId",
  description: "The session's id, a UUID. Not its token.",
  examples: ["0198c0de-0000-7000-8000-00000000d00d" as never]
})
export type SessionId = typeof SessionId.Type

/** What a JWT may be used for. A signed-in person has them all; a token for scripts never has `account`. */
export const Scope = Schema.Literals(["tasks:read", "tasks:write", "account"])
export type Scope = typeof Scope.Type

/**
 * Who is asking: taken from the verified JWT and from nothing else. Code that
 * touches a user's data requires it, and without it does not compile.
 *
 * @effect-leakable-service
 */
export class CurrentUser extends Context.Service<CurrentUser, {
  readonly id: UserId
  readonly sessionId: SessionId
  readonly scopes: ReadonlyArray<Scope>
}>()("todo/domain/users/CurrentUser") {}
