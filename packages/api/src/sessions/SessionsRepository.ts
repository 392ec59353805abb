import type { Session } from "@todo/domain/sessions/Session"
import { CurrentUser, type SessionId } from "@todo/domain/users/CurrentUser"
import { Context, DateTime, Effect, Layer } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { write, type WriteError } from "../database/Write.ts"
import type { RequestKey } from "../http/RequestKey.ts"

/**
 * The live sessions of the current user: the database keeps no more than 100. A session's token is not read here.
 *
 * @effect-expect-leaking CurrentUser RequestKey
 */
export class SessionsRepository extends Context.Service<SessionsRepository, {
  readonly list: Effect.Effect<ReadonlyArray<Session>, DoorError, CurrentUser>
  /** Answers whether there was one. */
  end(id: SessionId): Effect.Effect<boolean, WriteError, CurrentUser | RequestKey>
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
      const end = write<object, [SessionId]>(statements, "end_session", 1, "*")
      const endOthers = write<object, []>(statements, "end_other_sessions", 0, "*")
      return SessionsRepository.of({
        list: Effect.flatMap(
          CurrentUser,
          ({ sessionId }) => Effect.map(live(), (rows) => rows.map((row) => toSession(row, sessionId)))
        ),
        end: (id) => Effect.map(end(id), (rows) => rows.length > 0),
        endOthers: Effect.map(endOthers(), (rows) => rows.length)
      })
    })
  )
}

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
