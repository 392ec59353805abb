import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import type { User, UserId } from "@todo/domain/users/User"
import { Context, DateTime, Effect, Layer } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"

interface UserRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly createdAt: Date
}

/** The current user's own account. */
export class UsersRepository extends Context.Service<UsersRepository, {
  readonly me: Effect.Effect<User, DoorError, CurrentUser>
}>()("todo/api/users/UsersRepository") {
  static readonly layer = Layer.effect(
    UsersRepository,
    Effect.gen(function*() {
      const find = throughDoor<UserRow>(
        yield* Statements,
        `SELECT "id", "name", "email", "emailVerified", "createdAt" FROM auth."user" WHERE "id" = me.uid`
      )
      return UsersRepository.of({
        // The door has found a session of the user, so the user is there.
        me: Effect.map(find(), (rows) => toUser(rows[0]!))
      })
    })
  )
}

const toUser = (row: UserRow): User => ({
  ...row,
  id: row.id as UserId,
  createdAt: DateTime.fromDateUnsafe(row.createdAt)
})
