import { Authorization, InsufficientScope } from "@todo/domain/auth/Authorization"
import { RequiredScope } from "@todo/domain/auth/RequiredScope"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer, Redacted } from "effect"
import { AccessTokens } from "./AccessTokens.ts"

/**
 * Checks the scope that the operation names, and provides `CurrentUser` from the bearer token of a request: the only place where identity comes from.
 */
export const AuthorizationLive = Layer.effect(
  Authorization,
  Effect.gen(function*() {
    const tokens = yield* AccessTokens
    return Authorization.of({
      accessToken: (effect, { credential, endpoint }) => {
        const scope = Context.getOrUndefined(endpoint.annotations, RequiredScope)
        if (scope === undefined) return Effect.die(new Error(`${endpoint.identifier} names no scope`))
        return Effect.flatMap(
          Effect.filterOrFail(
            tokens.verify(Redacted.value(credential)),
            ({ scopes }) => scopes.includes(scope),
            () => new InsufficientScope({ scope, detail: `The token lacks the scope ${scope}` })
          ),
          (identity) => Effect.provideService(effect, CurrentUser, identity)
        )
      }
    })
  })
)

/** Lets requests through: Better Auth checks session tokens and cookies itself. */
export const SessionAuthorizationLive = Layer.succeed(SessionAuthorization, {
  sessionToken: (effect) => effect
})
