import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Context, Effect, Layer, Option } from "effect"
import type { SqlError } from "effect/sql"
import { failOfOutage } from "../database/connections/Outage.ts"
import { Statements } from "../database/connections/Statements.ts"

/** What an account is proved by. */
export interface Holder {
  readonly id: string
  readonly email: string
  readonly emailVerified: boolean
  /** How often its password or address has changed: what is granted is good for one count only. */
  readonly credentials: number
  /** The hash of its password; null where it has none. */
  readonly password: string | null
}

/** A session that has just been made. */
export interface NewSession {
  readonly token: string
  readonly expiresAt: Date
  readonly createdAt: Date
}

/** The statements that change what an account is proved by; each compares what it is based on (docs/adr/0022). */
export class AccountsRepository extends Context.Service<AccountsRepository, {
  /** The account of an address, in lower case. */
  findByEmail(email: string): Effect.Effect<Option.Option<Holder>, ServiceUnavailable>
  findById(id: string): Effect.Effect<Option.Option<Holder>, ServiceUnavailable>
  /**
   * Sets another password if `proved` is still the hash of the present one, ends every session, and answers the one
   * that takes the place of `sessionId`. None where it has ended, or the password has changed.
   */
  changePassword(change: {
    readonly userId: string
    readonly sessionId: string
    readonly proved: string
    readonly password: string
    readonly token: string
  }): Effect.Effect<Option.Option<NewSession>, ServiceUnavailable>
  /** Sets the password of an account, and ends all that was granted; answers whether the count was still this one. */
  resetPassword(
    userId: string,
    credentials: number,
    password: string
  ): Effect.Effect<boolean, ServiceUnavailable>
  /**
   * Confirms the address, or makes `newAddress` the address, and answers the one before. None where the count is
   * another, or the address is somebody else's. Of the sessions `sessionId` survives.
   */
  confirmAddress(
    userId: string,
    credentials: number,
    newAddress: string | undefined,
    sessionId: string | undefined
  ): Effect.Effect<Option.Option<string>, ServiceUnavailable>
}>()("todo/api/accounts/AccountsRepository") {
  static readonly layer = Layer.effect(
    AccountsRepository,
    Effect.gen(function*() {
      const { run } = yield* Statements
      const first = <Row extends object>(statement: Effect.Effect<ReadonlyArray<Row>, SqlError.SqlError>) =>
        Effect.catch(Effect.map(statement, (rows) => Option.fromUndefinedOr(rows[0])), failOfOutage)
      const holder = (condition: string) =>
        `SELECT u."id", u."email", u."emailVerified", u.credentials, a."password" FROM auth."user" u
          LEFT JOIN auth."account" a ON a."userId" = u."id" AND a."providerId" = 'credential' WHERE ${condition}`
      return AccountsRepository.of({
        findByEmail: (email) => first(run<Holder>(holder(`u."email" = $1`), [email])),
        findById: (id) => first(run<Holder>(holder(`u."id" = $1`), [id])),
        changePassword: ({ password, proved, sessionId, token, userId }) =>
          first(
            run<NewSession>(
              `SELECT "token", "expiresAt", "createdAt" FROM auth.change_password($1, $2, $3, $4, $5)`,
              [sessionId, userId, proved, password, token]
            )
          ),
        resetPassword: (userId, credentials, password) =>
          Effect.map(
            first(run<{ done: boolean }>("SELECT auth.reset_password($1, $2, $3) AS done", [
              userId,
              credentials,
              password
            ])),
            Option.exists(({ done }) => done)
          ),
        confirmAddress: (userId, credentials, newAddress, sessionId) =>
          Effect.map(
            first(
              run<{ old_address: string }>("SELECT old_address FROM auth.confirm_address($1, $2, $3, $4)", [
                userId,
                credentials,
                newAddress ?? null,
                sessionId ?? null
              ])
            ),
            Option.map(({ old_address }) => old_address)
          )
      })
    })
  )
}
