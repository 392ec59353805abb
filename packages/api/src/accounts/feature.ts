import { Layer } from "effect"
import type { Feature } from "../Feature.ts"
import { AuthContractsLive } from "./AuthContractLive.ts"
import { AccountHandlers, AuthHandlers, DeviceHandlers } from "./AuthHandlers.ts"
import credentials from "./credentials.sql.ts"

/** Signing up and in, and what somebody does with their account. */
export const accounts = {
  functions: () => credentials,
  expires: [
    { table: "auth.verification", at: "expiresAt" },
    // A device may ask for an hour what became of its code.
    { table: "auth.deviceCode", at: "expiresAt", after: "1 hour" }
  ],
  handlers: Layer.mergeAll(AuthHandlers, AccountHandlers, DeviceHandlers).pipe(Layer.provide(AuthContractsLive))
} satisfies Feature
