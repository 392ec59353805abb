import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { write } from "../http/Idempotency.ts"
import { NotFound } from "../http/NounProblems.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { SessionId } from "../users/CurrentUser.ts"
import { Session } from "./Session.ts"

export class SessionNotFound extends NotFound<SessionNotFound>()("session", "live session") {}

/** Where the user is signed in, and ending it. A token for scripts cannot do this. */
export class SessionsApi extends HttpApiGroup.make("sessions")
  .add(
    HttpApiEndpoint.get("list", "/sessions", {
      success: Schema.Struct({
        items: Schema.Array(Session).annotate({ description: "The last used first." })
      }).annotate({ identifier: "SessionList", description: "The user's live sessions." })
    }).annotateMerge(operation({
      id: "listSessions",
      scope: "account",
      summary: "List sessions",
      description: "Every place where the user is signed in, the last used first: 100 at the most.",
      responses: { 200: "The user's live sessions." }
    })),
    HttpApiEndpoint.delete(
      "end",
      "/sessions/:id",
      write({
        params: { id: SessionId },
        success: HttpApiSchema.NoContent,
        error: [SessionNotFound]
      })
    ).annotateMerge(operation({
      id: "endSession",
      scope: "account",
      summary: "End a session",
      description: "Signs out there. Its JWTs are refused from then on, by every replica.",
      responses: { 204: "The session has ended." }
    })),
    HttpApiEndpoint.delete(
      "endOthers",
      "/sessions",
      write({
        success: Schema.Struct({ ended: Schema.Int.annotate({ description: "How many.", examples: [2] }) }).annotate({
          identifier: "EndedSessions",
          description: "How many sessions have ended."
        })
      })
    ).annotateMerge(operation({
      id: "endOtherSessions",
      scope: "account",
      summary: "End all other sessions",
      description: "Signs out everywhere but here.",
      responses: { 200: "How many sessions have ended." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Sessions", description: "Where the user is signed in." }))
{}
