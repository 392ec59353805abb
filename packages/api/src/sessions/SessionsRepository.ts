import type { Session } from "@todo/domain/sessions/Session"
import { SessionNotFound } from "@todo/domain/sessions/SessionsApi"
import { CurrentUser, type SessionId } from "@todo/domain/users/CurrentUser"
import { Context, DateTime, Effect, Layer } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { type WriteError, Writes } from "../database/Write.ts"
import type { RequestKey } from "../http/RequestKey.ts"

/**
 * The live sessions of the current user: the database keeps no more than 100. A session's token is not read here.
 *
 * @effect-expect-leaking CurrentUser RequestKey
 */
export class SessionsRepository extends Context.Service<SessionsRepository, {
  readonly list: Effect.Effect<ReadonlyArray<Session>, DoorError, CurrentUser>
  end(id: SessionId): Effect.Effect<void, SessionNotFound | WriteError, CurrentUser | RequestKey>
  /** Answers how many there were. */
  readonly endOthers: Effect.Effect<number, WriteError, CurrentUser | RequestKey>
}>()("todo/api/sessions/SessionsRepository") {
  static readonly layer = Layer.effect(
    SessionsRepository,
    Effect.gen(function*() {
      const statements = yield* Statements
      const live = throughDoor<SessionRow>(
        statements,
        `SELECT "id", "userAgent", "ipAddress", "createdAt", "updatedAt", "expiresAt" FROM auth."session"
          WHERE "userId" = me.uid AND "expiresAt" > now() ORDER BY "updatedAt" DESC, "id" LIMIT 100`
      )
      const writes = yield* Writes
      const end = writes.make("session_end")
      const endOthers = writes.make("session_end_others")
      return SessionsRepository.of({
        list: Effect.flatMap(
          CurrentUser,
          ({ sessionId }) => Effect.map(live(), (rows) => rows.map((row) => toSession(row, sessionId)))
        ),
        end: (id) => end({ id }).pipe(Effect.asVoid, Effect.catchTag("Refused", () => Effect.fail(notFound()))),
        endOthers: endOthers({}).pipe(
          Effect.map(({ count }) => count as number),
          Effect.catchTag("Refused", Effect.die)
        )
      })
    })
  )
}

const notFound = () => new SessionNotFound({ detail: "You have no live session with this id" })

interface SessionRow {
  readonly id: string
  readonly userAgent: string | null
  readonly ipAddress: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly expiresAt: Date
}

const toSession = (row: SessionRow, current: SessionId): Session => ({
  id: row.id as SessionId,
  current: row.id === current,
  userAgent: row.userAgent || null,
  ipAddress: row.ipAddress || null,
  createdAt: DateTime.fromDateUnsafe(row.createdAt),
  lastUsedAt: DateTime.fromDateUnsafe(row.updatedAt),
  expiresAt: DateTime.fromDateUnsafe(row.expiresAt)
})
