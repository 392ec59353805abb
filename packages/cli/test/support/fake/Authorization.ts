import { Authorization, InsufficientScope, Unauthorized } from "@todo/domain/auth/Authorization"
import { RequiredScope } from "@todo/domain/auth/RequiredScope"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer, Redacted } from "effect"
import { State } from "./FakeState.ts"

export const AuthorizationLayer = Layer.effect(
  Authorization,
  Effect.gen(function*() {
    const state = yield* State
    return Authorization.of({
      accessToken: Effect.fnUntraced(function*(httpEffect, { credential, endpoint }) {
        const grant = state.jwts.get(Redacted.value(credential))
        if (grant === undefined) {
          return yield* new Unauthorized({ code: "token_invalid", detail: "The token is not valid" })
        }
        const { account, scopes, sessionId } = grant
        const scope = Context.getUnsafe(endpoint.annotations, RequiredScope)
        if (!scopes.includes(scope)) {
          return yield* new InsufficientScope({ scope, detail: `The token lacks the scope ${scope}` })
        }
        return yield* Effect.provideService(httpEffect, CurrentUser, {
          id: account.id,
          sessionId,
          scopes
        })
      })
    })
  })
)
