import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { Gone } from "../entity/EntityProblems.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { NotFound } from "../http/NounProblems.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { MadeScriptToken, NewScriptToken, ScriptTokenId } from "./ScriptToken.ts"
import { ScriptTokenPage, ScriptTokenQuery } from "./ScriptTokenPage.ts"

export class TokenNotFound extends NotFound<TokenNotFound>()("token") {}

/** Tokens for scripts. A token cannot make, see or revoke tokens. */
export class TokensApi extends HttpApiGroup.make("tokens")
  .add(
    HttpApiEndpoint.post(
      "create",
      "/tokens",
      write({
        payload: NewScriptToken,
        success: MadeScriptToken.pipe(HttpApiSchema.status(201)),
        error: [LimitReached, Gone]
      })
    ).annotateMerge(operation({
      id: "createScriptToken",
      scope: "account",
      summary: "Make a token for scripts",
      description:
        "Makes a token for scripts and answers its secret, this once. `/api/v1` takes the secret as bearer token, for what the token's scopes allow; `GET /api/auth/token` answers a JWT with them.",
      responses: {
        201: "The new token, with its secret.",
        409: "The user has 50 live tokens, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.get("list", "/tokens", {
      query: ScriptTokenQuery,
      success: ScriptTokenPage
    }).annotateMerge(operation({
      id: "listScriptTokens",
      scope: "account",
      summary: "List tokens for scripts",
      description:
        "The user's tokens that have not ended, the newest first. Never a secret. There are more than a page of them only where they were made before a user could have 50 at the most; then send `nextCursor` as `cursor`.",
      responses: { 200: "A page of tokens." }
    })),
    HttpApiEndpoint.delete(
      "revoke",
      "/tokens/:id",
      write({
        params: { id: ScriptTokenId },
        success: HttpApiSchema.NoContent,
        error: [TokenNotFound]
      })
    ).annotateMerge(operation({
      id: "revokeScriptToken",
      scope: "account",
      summary: "Revoke a token for scripts",
      description: "Ends a token. Its JWTs are refused from then on, by every replica.",
      responses: { 204: "The token has ended." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Tokens", description: "Tokens for scripts and CI." }))
{}
