import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Context, Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { failOfOutage } from "../database/connections/Outage.ts"
import type { Bucket } from "./Buckets.ts"
import type { Decision } from "./RateLimitHeaders.ts"

/** Counts in PostgreSQL, for all replicas. Fails, rather than let anybody through, when the database does not answer. */
export class LimitsStore extends Context.Service<LimitsStore, {
  /** Takes one from each bucket, up to the first that refuses; answers a decision for each that was asked. */
  take(buckets: ReadonlyArray<Bucket>): Effect.Effect<ReadonlyArray<Decision>, ServiceUnavailable>
  /** Gives one back to each. */
  giveBack(buckets: ReadonlyArray<Bucket>): Effect.Effect<void, ServiceUnavailable>
  /** Whether the account has been signed in to from the client (a hash) before. */
  isFamiliar(account: string, client: string): Effect.Effect<boolean, ServiceUnavailable>
  /** Remembers that the user has. */
  remember(userId: string, client: string): Effect.Effect<void, ServiceUnavailable>
}>()("todo/api/limits/LimitsStore") {
  static readonly layer = Layer.effect(
    LimitsStore,
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      return LimitsStore.of({
        take: Effect.fn("LimitsStore.take")(function*(buckets) {
          const asked = buckets.map(({ key, policy }) => ({ key, quota: policy.quota, period: policy.window }))
          return yield* sql<Decision>`
            SELECT allowed, remaining, wait_seconds AS "waitSeconds"
            FROM auth.take_rates(${JSON.stringify(asked)}::jsonb)`
        }, Effect.catch(failOfOutage)),
        giveBack: Effect.fn("LimitsStore.giveBack")(function*(buckets) {
          // One by one: a statement over several rows could wait for one that waits for it.
          for (const { key, policy } of buckets) {
            yield* sql`UPDATE auth.rate_limits
              SET full_at = full_at - make_interval(secs => ${policy.window / policy.quota}::double precision)
              WHERE key = ${key}`
          }
        }, Effect.catch(failOfOutage)),
        isFamiliar: Effect.fn("LimitsStore.isFamiliar")(function*(account, client) {
          const found = yield* sql`SELECT FROM auth.familiar_clients f JOIN auth."user" u ON u."id" = f.user_id
            WHERE u."email" = ${account} AND f.client = ${client}`
          return found.length > 0
        }, Effect.catch(failOfOutage)),
        remember: Effect.fn("LimitsStore.remember")(function*(userId, client) {
          yield* sql`INSERT INTO auth.familiar_clients (user_id, client)
            SELECT u."id", ${client} FROM auth."user" u WHERE u."id" = ${userId}
            ON CONFLICT (user_id, client) DO UPDATE SET seen_at = CURRENT_TIMESTAMP`
        }, Effect.catch(failOfOutage))
      })
    })
  )
}
