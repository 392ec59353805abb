import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { AuthOperations } from "./AuthOperations.ts"
import { DeviceOperations } from "./DeviceOperations.ts"

/** Serves the contract's `auth`. */
export const AuthHandlers = HttpApiBuilder.group(
  Api,
  "auth",
  Effect.fn(function*(handlers) {
    const operations = yield* AuthOperations
    return handlers.handleAll({
      signUp: ({ payload }) => operations.signUp(payload),
      signIn: ({ payload }) => operations.signIn(payload),
      signOut: () => operations.signOut,
      getSession: () => operations.getSession,
      token: () => operations.token,
      jwks: () => operations.jwks
    })
  })
)

/** Serves the contract's `account`. */
export const AccountHandlers = HttpApiBuilder.group(
  Api,
  "account",
  Effect.fn(function*(handlers) {
    const operations = yield* AuthOperations
    return handlers.handleAll({
      changeName: ({ payload }) => operations.changeUser(payload),
      changePassword: ({ payload }) => operations.changePassword(payload),
      changeEmail: ({ payload }) => operations.changeEmail(payload),
      deleteAccount: ({ payload }) => operations.deleteAccount(payload),
      requestPasswordReset: ({ payload }) => operations.requestPasswordReset(payload),
      resetPassword: ({ payload }) => operations.resetPassword(payload),
      requestVerification: ({ payload }) => operations.requestVerification(payload),
      verifyEmail: ({ payload }) => operations.verifyEmail(payload),
      openVerification: ({ query: { callbackURL, token = "" } }) =>
        Effect.succeed(
          HttpServerResponse.empty({
            status: 303,
            headers: {
              location: `/verify-email?${
                new URLSearchParams({ token, ...(callbackURL === undefined ? {} : { callbackURL }) }).toString()
              }`
            }
          })
        )
    })
  })
)

/** Serves the contract's `device`. */
export const DeviceHandlers = HttpApiBuilder.group(
  Api,
  "device",
  Effect.fn(function*(handlers) {
    const operations = yield* DeviceOperations
    return handlers.handleAll({
      code: ({ payload }) => operations.code(payload),
      token: ({ payload }) => operations.token(payload),
      status: ({ query }) => operations.status(query.user_code),
      // A cookie approves on the service's own page alone: a frontend of another origin has no say in it.
      approve: ({ payload }) => operations.decide(payload.userCode, "approved", "by bearer token"),
      deny: ({ payload }) => operations.decide(payload.userCode, "denied", "by bearer token")
    })
  })
)
