import { Schema } from "effect"
import { instant } from "../http/Instant.ts"
import { SessionId } from "../users/CurrentUser.ts"

/** A place where the user is signed in. Its token is never shown. */
export const Session = Schema.Struct({
  id: SessionId,
  current: Schema.Boolean.annotate({ description: "Whether this very request belongs to it." }),
  userAgent: Schema.NullOr(Schema.String).annotate({
    description: "The program that signed in, as it named itself, up to 200 characters.",
    examples: ["todo/0.1.0"]
  }),
  ipAddress: Schema.NullOr(Schema.String).annotate({
    description: "The address that it signed in from.",
    examples: ["198.51.100.7"]
  }),
  createdAt: instant("When it began."),
  lastUsedAt: instant("When it last got a JWT, to five minutes."),
  expiresAt: instant("When it ends, unless it is used before.")
}).annotate({ identifier: "Session", description: "A place where the user is signed in." })
export interface Session extends Schema.Schema.Type<typeof Session> {}

/** The most live sessions that a user has; of more the least recently used end. */
export const mostSessions = 100

/** The places where the user is signed in. */
export const SessionList = Schema.Struct({
  items: Schema.Array(Session).annotate({ description: "The last used first." })
}).annotate({ identifier: "SessionList", description: "The user's live sessions." })
