import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Context, Effect, Layer, Option } from "effect"
import { failOfOutage } from "../database/connections/Outage.ts"
import { Statements } from "../database/connections/Statements.ts"
import { answeringForDoor, type DoorError } from "../database/Door.ts"

/** A sign-in that a device has asked for. */
export interface DeviceRequest {
  readonly status: "pending" | "approved" | "denied"
  readonly requestedAt: Date
  /** Where it asked from, and what its program called itself; empty where that is not known. */
  readonly address: string
  readonly userAgent: string
  readonly isExpired: boolean
}

/** What Better Auth keeps of the device flow (DeviceGrant.ts), and what people decide about it. */
export class DeviceRequests extends Context.Service<DeviceRequests, {
  /** The request with this user code, while it is kept. */
  find(userCode: string): Effect.Effect<Option.Option<DeviceRequest>, ServiceUnavailable>
  /**
   * Approves or denies the request that waits under this code, in the name of a session; answers whether there was
   * one. Fails with `Unauthorized` when the session has ended meanwhile.
   */
  decide(
    userCode: string,
    decision: "approved" | "denied",
    session: { readonly id: string; readonly userId: string }
  ): Effect.Effect<boolean, DoorError>
}>()("todo/api/accounts/DeviceRequests") {
  static readonly layer = Layer.effect(
    DeviceRequests,
    Effect.map(Statements, ({ run }) =>
      DeviceRequests.of({
        find: (userCode) =>
          run<DeviceRequest>(
            `SELECT "status", "requestedAt", coalesce("address", '') AS address,
                coalesce("userAgent", '') AS "userAgent", "expiresAt" <= CURRENT_TIMESTAMP AS "isExpired"
              FROM auth."deviceCode" WHERE "userCode" = $1`,
            [userCode]
          ).pipe(Effect.map((rows) => Option.fromUndefinedOr(rows[0])), Effect.catch(failOfOutage)),
        decide: (userCode, decision, { id, userId }) =>
          run<{ done: boolean }>("SELECT auth.decide_device($1, $2, $3, $4) AS done", [id, userId, userCode, decision])
            .pipe(Effect.map((rows) => rows[0]!.done), answeringForDoor)
      }))
  )
}
