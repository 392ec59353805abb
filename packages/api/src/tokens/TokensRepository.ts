import type { Unauthorized } from "@todo/domain/auth/Authorization"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import type { NewScriptToken, ScriptToken, ScriptTokenId, ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, DateTime, Effect, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { answeringForDoor, throughDoor } from "../database/Door.ts"

type DoorError = Unauthorized | ServiceUnavailable

/** Whom a secret speaks for, and for what. */
export interface Redeemed {
  readonly userId: string
  readonly tokenId: string
  readonly scopes: ReadonlyArray<string>
}

/**
 * The tokens for scripts of the current user.
 *
 * @effect-expect-leaking CurrentUser
 */
export class TokensRepository extends Context.Service<TokensRepository, {
  insert(id: ScriptTokenId, token: NewScriptToken, hash: Buffer): Effect.Effect<ScriptToken, DoorError, CurrentUser>
  readonly list: Effect.Effect<ReadonlyArray<ScriptToken>, DoorError, CurrentUser>
  /** Answers whether there was one. */
  revoke(id: ScriptTokenId): Effect.Effect<boolean, DoorError, CurrentUser>
  /** Needs no current user: the secret itself says who asks. */
  redeem(hash: Buffer): Effect.Effect<Option.Option<Redeemed>, DoorError>
}>()("todo/api/tokens/TokensRepository") {
  static readonly layer = Layer.effect(
    TokensRepository,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const columns = sql.literal("id, name, scopes, created_at, expires_at, last_used_at")
      return TokensRepository.of({
        insert: Effect.fnUntraced(function*(id, { expiresInDays, name, scopes }, hash) {
          const user = yield* CurrentUser
          const rows = yield* sql<TokenRow>`SELECT ${columns} FROM todo.create_script_token(
            ${user.sessionId}, ${user.id}, ${id}, ${name}, ${`{${scopes.join(",")}}`}, ${hash}, ${expiresInDays})`
          return toToken(rows[0]!)
        }, answeringForDoor),

        list: throughDoor<TokenRow>(
          sql,
          (uid) =>
            sql`SELECT ${columns} FROM todo.script_tokens WHERE user_id = ${uid} AND expires_at > now()
            ORDER BY created_at DESC, id DESC`
        ).pipe(
          Effect.map((rows) => rows.map(toToken)),
          answeringForDoor
        ),

        revoke: Effect.fnUntraced(function*(id) {
          const user = yield* CurrentUser
          const rows = yield* sql`SELECT * FROM todo.revoke_script_token(${user.sessionId}, ${user.id}, ${id})`
          return rows.length > 0
        }, answeringForDoor),

        redeem: Effect.fnUntraced(function*(hash) {
          const rows = yield* sql<{ user_id: string; id: string; scopes: ReadonlyArray<string> }>`
            SELECT user_id, id, scopes FROM todo.redeem_script_token(${hash})`
          return Option.fromUndefinedOr(rows[0]).pipe(
            Option.map(({ id, scopes, user_id }) => ({ userId: user_id, tokenId: id, scopes }))
          )
        }, answeringForDoor)
      })
    })
  )
}

interface TokenRow {
  readonly id: string
  readonly name: string
  readonly scopes: ReadonlyArray<string>
  readonly created_at: Date
  readonly expires_at: Date
  readonly last_used_at: Date | null
}

const toToken = (row: TokenRow): ScriptToken => ({
  id: row.id as ScriptTokenId,
  name: row.name,
  scopes: row.scopes as ReadonlyArray<ScriptTokenScope>,
  createdAt: DateTime.fromDateUnsafe(row.created_at),
  expiresAt: DateTime.fromDateUnsafe(row.expires_at),
  lastUsedAt: row.last_used_at && DateTime.fromDateUnsafe(row.last_used_at)
})
