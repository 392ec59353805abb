import { Api } from "@todo/domain/Api"
import { Effect, Option } from "effect"
import { HttpRouter, HttpServerError } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { allowedMethods } from "../http/AllowedMethods.ts"
import { makeTokenExchange, scriptSecretOf } from "../tokens/TokenExchange.ts"
import { answerer, guard } from "./BetterAuthMount.ts"

/** Serves the contract's `auth`. */
export const AuthHandlers = HttpApiBuilder.group(
  Api,
  "auth",
  Effect.fn(function*(handlers) {
    const answer = yield* answerer
    const exchange = yield* makeTokenExchange
    const guarded = yield* guard
    return handlers
      .handleRaw("signUp", () => answer)
      .handleRaw("signIn", () => answer)
      .handleRaw("signOut", () => answer)
      .handleRaw(
        "token",
        ({ request }) =>
          Option.match(scriptSecretOf(request), {
            onNone: () => answer,
            onSome: (secret) => guarded(() => exchange(secret))
          })
      )
      .handleRaw("jwks", () => answer)
  })
)

/** Serves the contract's `account`. */
export const AccountHandlers = HttpApiBuilder.group(
  Api,
  "account",
  Effect.fn(function*(handlers) {
    const answer = yield* answerer
    return handlers
      .handleRaw("changeName", () => answer)
      .handleRaw("changePassword", () => answer)
      .handleRaw("changeEmail", () => answer)
      .handleRaw("deleteAccount", () => answer)
      .handleRaw("requestPasswordReset", () => answer)
      .handleRaw("resetPassword", () => answer)
      .handleRaw("requestVerification", () => answer)
      .handleRaw("verifyEmail", () => answer)
  })
)

/** Serves the contract's `device`. */
export const DeviceHandlers = HttpApiBuilder.group(
  Api,
  "device",
  Effect.fn(function*(handlers) {
    const answer = yield* answerer
    return handlers.handleRaw("code", () => answer).handleRaw("token", () => answer)
  })
)

/**
 * The operations of Better Auth that the contract does not name. What it does
 * name has been routed before: it comes here with a method that it does not have.
 */
export const AuthRoutes = HttpRouter.use((router) =>
  Effect.flatMap(
    answerer,
    (answer) =>
      router.add("*", "/api/auth/*", (request) =>
        contractMethods(request.url).length === 0
          ? answer
          : Effect.fail(
            new HttpServerError.HttpServerError({ reason: new HttpServerError.RouteNotFound({ request }) })
          ))
  )
)

const contractMethods = allowedMethods(Api, {})
