import { Authorization, InsufficientScope } from "@todo/domain/auth/Authorization"
import { RequiredScope } from "@todo/domain/auth/RequiredScope"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer, Redacted } from "effect"
import { looksLikeSecret } from "../tokens/ScriptTokenSecret.ts"
import { AccessTokens } from "./AccessTokens.ts"
import { ExchangedTokens, ExchangeRefused } from "./ExchangedTokens.ts"

/**
 * Checks the scope that the operation names, and provides `CurrentUser` from the bearer token of a request, a JWT or what
 * is exchanged for one: the only place where identity comes from.
 */
export const AuthorizationLive = Layer.effect(
  Authorization,
  Effect.gen(function*() {
    const tokens = yield* AccessTokens
    const scripts = yield* ExchangedTokens
    return Authorization.of({
      accessToken: (effect, { credential, endpoint }) => {
        const scope = Context.getOrUndefined(endpoint.annotations, RequiredScope)
        if (scope === undefined) return Effect.die(new Error(`${endpoint.identifier} names no scope`))
        const token = Redacted.value(credential)
        const answerTo = <E, R>(verified: Effect.Effect<CurrentUser["Service"], E, R>) =>
          Effect.flatMap(
            Effect.filterOrFail(
              verified,
              ({ scopes }) => scopes.includes(scope),
              () => new InsufficientScope({ scope, detail: `The token lacks the scope ${scope}` })
            ),
            (identity) => Effect.provideService(effect, CurrentUser, identity)
          )
        return looksLikeSecret(token)
          ? Effect.catchIf(answerTo(scripts.verify(token)), isRefusal, ({ response }) => Effect.succeed(response))
          : answerTo(tokens.verify(token))
      }
    })
  })
)

const isRefusal = (error: unknown): error is ExchangeRefused => error instanceof ExchangeRefused

/** Lets requests through: Better Auth checks session tokens and cookies itself. */
export const SessionAuthorizationLive = Layer.succeed(SessionAuthorization, {
  sessionToken: (effect) => effect
})
