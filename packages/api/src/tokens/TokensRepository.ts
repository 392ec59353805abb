import { Gone } from "@todo/domain/entity/EntityProblems"
import { LimitReached } from "@todo/domain/http/LimitReached"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import {
  mostScriptTokens,
  type NewScriptToken,
  type ScriptToken,
  type ScriptTokenId,
  type ScriptTokenScope
} from "@todo/domain/tokens/ScriptToken"
import { TokenNotFound } from "@todo/domain/tokens/TokensApi"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, DateTime, Effect, Layer, Option } from "effect"
import { failOfOutage } from "../database/connections/Outage.ts"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { type WriteError, Writes } from "../database/Write.ts"
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
  ): Effect.Effect<ScriptToken, LimitReached | Gone | WriteError, CurrentUser | RequestKey>
  /** The live ones, newest first: at most `limit` of those with an id below `before`, which are of version 7. */
  list(
    before: ScriptTokenId | undefined,
    limit: number
  ): Effect.Effect<ReadonlyArray<ScriptToken>, DoorError, CurrentUser>
  revoke(id: ScriptTokenId): Effect.Effect<void, TokenNotFound | WriteError, CurrentUser | RequestKey>
  /** Needs no current user: the secret itself says who asks. */
  redeem(hash: Buffer): Effect.Effect<Option.Option<Redeemed>, ServiceUnavailable>
}>()("todo/api/tokens/TokensRepository") {
  static readonly layer = Layer.effect(
    TokensRepository,
    Effect.gen(function*() {
      const statements = yield* Statements
      const writes = yield* Writes
      const create = writes.make<TokenRow>("token_create")
      const live = throughDoor<TokenRow, [before: string, limit: number]>(
        statements,
        `SELECT ${tokenColumns} FROM todo.script_tokens WHERE user_id = me.uid AND id < $3 AND expires_at > now()
          ORDER BY id DESC LIMIT $4`
      )
      const revoke = writes.make("token_revoke")
      return TokensRepository.of({
        insert: (id, token, hash) =>
          create({ id, body: token, hash: hash.toString("hex") }).pipe(
            Effect.catchTag("Refused", () => Effect.fail(tooMany())),
            Effect.flatMap(({ thing }) =>
              thing === undefined || thing === null ? Effect.fail(gone()) : Effect.succeed(toToken(thing))
            )
          ),
        list: (before, limit) => Effect.map(live(before ?? greatestId, limit), (rows) => rows.map(toToken)),
        revoke: (id) => revoke({ id }).pipe(Effect.asVoid, Effect.catchTag("Refused", () => Effect.fail(notFound()))),
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

const tooMany = () =>
  new LimitReached({
    detail: `You have ${mostScriptTokens} tokens: revoke one first`,
    limit: "tokens",
    max: mostScriptTokens
  })

const gone = () => new Gone({ detail: "The token that was made with this key has ended since" })

const notFound = () => new TokenNotFound({ detail: "You have no token with this id" })

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
