import { HttpApiMiddleware } from "effect/http-api"
import { deviceRefused, refused } from "./AuthProblem.ts"

/**
 * Stands in front of the operations of accounts: what the contract does not know is refused (400), with the members
 * that Better Auth's client library reads, and counts against the limits like any other attempt.
 */
export class AuthContract extends HttpApiMiddleware.Service<AuthContract>()(
  "todo/domain/auth/AuthContract",
  { error: refused(400) }
) {}

/** The same for the device flow, whose clients read errors of OAuth (RFC 6749, 5.2). */
export class DeviceContract extends HttpApiMiddleware.Service<DeviceContract>()(
  "todo/domain/auth/DeviceContract",
  { error: deviceRefused(400) }
) {}
