import { mostSessions } from "@todo/domain/sessions/Session"
import { Layer } from "effect"
import type { Feature } from "../Feature.ts"
import sessionsFunctions from "./sessions.sql.ts"
import { SessionsHandlers } from "./SessionsHandlers.ts"
import { SessionsRepository } from "./SessionsRepository.ts"

/** Where somebody is signed in. */
export const sessions = {
  functions: () => sessionsFunctions,
  expires: [{ table: "auth.session", at: "expiresAt" }],
  limits: [{
    limit: "sessions",
    max: mostSessions,
    count: `SELECT count(*) FROM auth."session" s WHERE s."userId" = me.uid AND s."expiresAt" > clock_timestamp()`
  }],
  handlers: Layer.provide(SessionsHandlers, SessionsRepository.layer)
} satisfies Feature
