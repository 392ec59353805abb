import { HttpApiMiddleware, HttpApiSecurity, OpenApi } from "effect/http-api"

/**
 * Requires the session token from sign-in as bearer token (a browser sends it
 * as a cookie instead). It opens `/api/auth` only: tasks want a JWT.
 */
export class SessionAuthorization extends HttpApiMiddleware.Service<SessionAuthorization>()(
  "todo/domain/auth/SessionAuthorization",
  {
    requiredForClient: true,
    security: {
      sessionToken: HttpApiSecurity.bearer.pipe(HttpApiSecurity.annotateMerge(OpenApi.annotations({
        description: "The session token that sign-up and sign-in answer. A browser uses the session cookie instead."
      })))
    }
  }
) {}
