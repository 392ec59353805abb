import type { NewScriptToken, ScriptToken, ScriptTokenId, ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, DateTime, Effect, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { answeringForDoor, type DoorError, throughDoor } from "../database/Door.ts"
import { write, type WriteError } from "../database/Write.ts"
import type { RequestKey } from "../http/RequestKey.ts"

/** Whom a secret speaks for, and for what. */
export interface Redeemed {
  readonly userId: string
  readonly tokenId: string
  readonly scopes: ReadonlyArray<string>
}

/**
 * The tokens for scripts of the current user.
 *
 * @effect-expect-leaking CurrentUser RequestKey
 */
export class TokensRepository extends Context.Service<TokensRepository, {
  insert(
    id: ScriptTokenId,
    token: NewScriptToken,
    hash: Buffer
  ): Effect.Effect<ScriptToken, WriteError, CurrentUser | RequestKey>
  readonly list: Effect.Effect<ReadonlyArray<ScriptToken>, DoorError, CurrentUser>
  /** Answers whether there was one. */
  revoke(id: ScriptTokenId): Effect.Effect<boolean, WriteError, CurrentUser | RequestKey>
  /** Needs no current user: the secret itself says who asks. */
  redeem(hash: Buffer): Effect.Effect<Option.Option<Redeemed>, DoorError>
}>()("todo/api/tokens/TokensRepository") {
  static readonly layer = Layer.effect(
    TokensRepository,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const columns = sql.literal(tokenColumns)
      return TokensRepository.of({
        insert: Effect.fnUntraced(function*(id, { expiresInDays, name, scopes }, hash) {
          const user = yield* CurrentUser
          const rows = yield* write<TokenRow>(
            sql,
            tokenColumns,
            (answer, key) =>
              sql`SELECT ${answer} FROM todo.create_script_token(
              ${user.sessionId}, ${user.id}, ${id}, ${name}, ${`{${
                scopes.join(",")
              }}`}, ${hash}, ${expiresInDays}${key})`
          )
          return toToken(rows[0]!)
        }),

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
          const rows = yield* write(
            sql,
            "*",
            (answer, key) =>
              sql`SELECT ${answer} FROM todo.revoke_script_token(${user.sessionId}, ${user.id}, ${id}${key})`
          )
          return rows.length > 0
        }),

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

const tokenColumns = "id, name, scopes, created_at, expires_at, last_used_at"

interface TokenRow {
  readonly id: string
  readonly name: string
  readonly scopes: ReadonlyArray<string>
  readonly created_at: Date | string
  readonly expires_at: Date | string
  readonly last_used_at: Date | string | null
}

const toToken = (row: TokenRow): ScriptToken => ({
  id: row.id as ScriptTokenId,
  name: row.name,
  scopes: row.scopes as ReadonlyArray<ScriptTokenScope>,
  createdAt: DateTime.makeUnsafe(row.created_at),
  expiresAt: DateTime.makeUnsafe(row.expires_at),
  lastUsedAt: row.last_used_at === null ? null : DateTime.makeUnsafe(row.last_used_at)
})
