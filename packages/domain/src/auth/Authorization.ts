import { Schema } from "effect"
import { HttpApiMiddleware, HttpApiSchema, HttpApiSecurity, OpenApi } from "effect/http-api"
import { ProblemClass } from "../http/ProblemClass.ts"
import { type CurrentUser, Scope } from "../users/CurrentUser.ts"

/**
 * The request does not prove who sends it (401): no bearer token, or one that
 * is not valid, has expired, or belongs to a session or a token for scripts
 * that has ended. Carries the `WWW-Authenticate` challenge of RFC 6750.
 */
export class Unauthorized extends ProblemClass<Unauthorized>()(
  "unauthorized",
  "There is no bearer token, or it is not valid, has expired, or its session or token for scripts has ended.",
  {
    code: Schema.Literals(["token_missing", "token_invalid"]).annotate({
      description: "`token_missing`: send one. `token_invalid`: get a new one, or sign in again."
    })
  }
) {
  /** The challenge that goes with this answer (RFC 6750, 3). */
  get challenge(): string {
    return this.code === "token_missing"
      ? "Bearer realm=\"todo\""
      : `Bearer realm="todo", error="invalid_token", error_description="${this.message}"`
  }
}

/** The token does not carry the scope that the operation needs (403); RFC 6750, 3.1. */
export class InsufficientScope extends ProblemClass<InsufficientScope>()(
  "insufficient_scope",
  "The token does not carry the scope that the operation needs.",
  { scope: Scope.annotate({ description: "The scope that is needed.", examples: ["tasks:write"] }) }
) {}

const UnauthorizedWithChallenge = Unauthorized.pipe(
  HttpApiSchema.encodeToWithHeaders(
    {
      body: Unauthorized,
      headers: {
        "www-authenticate": Schema.String.annotate({
          description: "How to authenticate (RFC 6750).",
          examples: ["Bearer realm=\"todo\""]
        })
      }
    },
    {
      decode: ({ body }) => body,
      encode: (error) => ({ body: error, headers: { "www-authenticate": error.challenge } })
    }
  )
)

/**
 * Requires a JWT as bearer token and provides `CurrentUser` from it. Nothing
 * else in a request says who its sender is.
 */
export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentUser }>()(
  "todo/domain/auth/Authorization",
  {
    error: [UnauthorizedWithChallenge, InsufficientScope],
    requiredForClient: true,
    security: {
      accessToken: HttpApiSecurity.bearer.pipe(HttpApiSecurity.annotateMerge(OpenApi.annotations({
        description: "A JWT (RFC 7519, RFC 8725) from `GET /api/auth/token`, good for five minutes.",
        format: "JWT"
      })))
    }
  }
) {}
