import { terminalClientId } from "@todo/domain/auth/DeviceApi"
import { APIError } from "better-auth/api"
import type { DeviceAuthorizationGrant } from "better-auth/plugins"
import { currentWork } from "./AuthWork.ts"

/** What is kept with a code when somebody approves it (database/migrations/0010_credentials.ts). */
interface Approval {
  readonly approvedBy?: string | null
  readonly credentials?: number | null
}

/** Longer than any program's name; it is shown to a person. */
const longestUserAgent = 200

/**
 * What Better Auth's device flow keeps of a sign-in besides its codes: when,
 * from where and by what program it was asked for, so that the person who
 * approves can tell it from another's (RFC 8628, 5.4).
 */
export const deviceGrant: DeviceAuthorizationGrant = {
  requestSchemaFields: {},
  deviceCodeSchemaFields: {
    requestedAt: { type: "date", required: false },
    address: { type: "string", required: false },
    userAgent: { type: "string", required: false },
    credentials: { type: "number", required: false },
    approvedBy: { type: "string", required: false }
  },
  authorizeRequest: ({ ctx, request }) => {
    const { client_id, scope } = request
    if (client_id !== terminalClientId) throw refusal("invalid_client", "Invalid client ID")
    if (scope !== undefined) throw refusal("invalid_scope", "A device gets every scope: name none")
    return {
      clientId: client_id,
      deviceCodeFields: {
        requestedAt: new Date(),
        address: ctx.headers?.get("x-client-ip") ?? null,
        userAgent: ctx.headers?.get("user-agent")?.slice(0, longestUserAgent) ?? null
      }
    }
  },
  // The session that is made of it is based on what it was approved with.
  assertSessionRedemption: ({ deviceCode }) => {
    const { approvedBy, credentials } = deviceCode as Approval
    const work = currentWork()
    if (work === undefined) throw new Error("A device code is redeemed outside of a request")
    work.credentials = credentials ?? undefined
    work.approvedBy = approvedBy ?? undefined
  },
  // The page reads them itself, before the code belongs to anybody.
  getVerificationContext: () => undefined
}

const refusal = (error: string, error_description: string) => new APIError("BAD_REQUEST", { error, error_description })
