import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import type { NewScriptToken, ScriptToken, ScriptTokenId, ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, DateTime, Effect, Layer, Option } from "effect"
import { failOfOutage } from "../database/connections/Outage.ts"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
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
  /** Answers none when the user has as many as anybody may have. */
  insert(
    id: ScriptTokenId,
    token: NewScriptToken,
    hash: Buffer
  ): Effect.Effect<Option.Option<ScriptToken>, WriteError, CurrentUser | RequestKey>
  /** The live ones, newest first: at most `limit` of those with an id below `before`, which are of version 7. */
  list(
    before: ScriptTokenId | undefined,
    limit: number
  ): Effect.Effect<ReadonlyArray<ScriptToken>, DoorError, CurrentUser>
  /** Answers whether there was one. */
  revoke(id: ScriptTokenId): Effect.Effect<boolean, WriteError, CurrentUser | RequestKey>
  /** Needs no current user: the secret itself says who asks. */
  redeem(hash: Buffer): Effect.Effect<Option.Option<Redeemed>, ServiceUnavailable>
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
      const live = throughDoor<TokenRow, [before: string, limit: number]>(
        statements,
        `SELECT ${tokenColumns} FROM todo.script_tokens WHERE user_id = me.uid AND id < $3 AND expires_at > now()
          ORDER BY id DESC LIMIT $4`
      )
      const revoke = write<object, [ScriptTokenId]>(statements, "revoke_script_token", 1, "*")
      return TokensRepository.of({
        insert: (id, { expiresInDays, name, scopes }, hash) =>
          Effect.map(
            insert(id, name, `{${scopes.join(",")}}`, hash, expiresInDays),
            (rows) => Option.map(Option.fromUndefinedOr(rows[0]), toToken)
          ),
        list: (before, limit) => Effect.map(live(before ?? greatestId, limit), (rows) => rows.map(toToken)),
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
            Effect.catch(failOfOutage)
          )
      })
    })
  )
}

/** Above every id of a token. */
const greatestId = "ffffffff-ffff-ffff-ffff-ffffffffffff"

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
