import type { NewScriptToken, ScriptToken, ScriptTokenId, ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, DateTime, Effect, Layer, Option } from "effect"
import { answeringForDoor, type DoorError, throughDoor } from "../database/Door.ts"
import { Statements } from "../database/Statements.ts"
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
      const statements = yield* Statements
      const insert = write<TokenRow, [ScriptTokenId, name: string, scopes: string, hash: Buffer, days: number]>(
        statements,
        "create_script_token",
        5,
        tokenColumns
      )
      const live = throughDoor<TokenRow>(
        statements,
        `SELECT ${tokenColumns} FROM todo.script_tokens WHERE user_id = me.uid AND expires_at > now()
          ORDER BY created_at DESC, id DESC`
      )
      const revoke = write<object, [ScriptTokenId]>(statements, "revoke_script_token", 1, "*")
      return TokensRepository.of({
        insert: (id, { expiresInDays, name, scopes }, hash) =>
          Effect.map(insert(id, name, `{${scopes.join(",")}}`, hash, expiresInDays), (rows) => toToken(rows[0]!)),
        list: Effect.map(live(), (rows) => rows.map(toToken)),
        revoke: (id) => Effect.map(revoke(id), (rows) => rows.length > 0),
        redeem: (hash) =>
          statements.run<RedeemedRow>("SELECT user_id, id, scopes FROM todo.redeem_script_token($1)", [hash]).pipe(
            Effect.map((rows) =>
              Option.map(Option.fromUndefinedOr(rows[0]), ({ id, scopes, user_id }) => ({
                userId: user_id,
                tokenId: id,
                scopes
              }))
            ),
            answeringForDoor
          )
      })
    })
  )
}

const tokenColumns = "id, name, scopes, created_at, expires_at, last_used_at"

interface RedeemedRow {
  readonly user_id: string
  readonly id: string
  readonly scopes: ReadonlyArray<string>
}

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
