import { Authorization } from "@todo/domain/auth/Authorization"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect, Layer, Redacted } from "effect"
import { AccessTokens } from "./AccessTokens.ts"

/** Provides `CurrentUser` from the bearer token of a request: the only place where identity comes from. */
export const AuthorizationLive = Layer.effect(
  Authorization,
  Effect.gen(function*() {
    const tokens = yield* AccessTokens
    return Authorization.of({
      accessToken: (effect, { credential }) =>
        Effect.flatMap(
          tokens.verify(Redacted.value(credential)),
          (identity) => Effect.provideService(effect, CurrentUser, identity)
        )
    })
  })
)

/** Lets requests through: Better Auth checks session tokens and cookies itself. */
export const SessionAuthorizationLive = Layer.succeed(SessionAuthorization, {
  sessionToken: (effect) => effect
})
