import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Context, Effect, Layer, Option } from "effect"
import { SqlClient } from "effect/sql"
import { failOfOutage } from "../database/Outage.ts"

/** A sign-in that a device has asked for. */
export interface DeviceRequest {
  readonly requestedAt: Date
  /** Where it asked from, and what its program called itself; empty where that is not known. */
  readonly address: string
  readonly userAgent: string
  /** Who has claimed it; only they can approve it. */
  readonly userId: string | null
}

/** Reads what Better Auth keeps of the device flow (DeviceGrant.ts). */
export class DeviceRequests extends Context.Service<DeviceRequests, {
  /** The request that waits under this user code. */
  find(userCode: string): Effect.Effect<Option.Option<DeviceRequest>, ServiceUnavailable>
}>()("todo/api/auth/DeviceRequests") {
  static readonly layer = Layer.effect(
    DeviceRequests,
    Effect.map(SqlClient.SqlClient, (sql) =>
      DeviceRequests.of({
        find: Effect.fn("DeviceRequests.find")(function*(userCode) {
          const [found] = yield* sql<DeviceRequest>`
            SELECT "requestedAt", coalesce("address", '') AS address, coalesce("userAgent", '') AS "userAgent", "userId"
            FROM auth."deviceCode"
            WHERE "userCode" = ${userCode} AND "status" = 'pending' AND "expiresAt" > CURRENT_TIMESTAMP`
          return Option.fromNullishOr(found)
        }, Effect.catch(failOfOutage))
      }))
  )
}
