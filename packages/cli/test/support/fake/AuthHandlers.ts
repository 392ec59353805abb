import { Api } from "@todo/domain/Api"
import { SessionId } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { HttpApiBuilder } from "effect/http-api"
import { authProblem, bearer } from "./AuthProblem.ts"
import { State } from "./FakeState.ts"

export const AuthHandlers = HttpApiBuilder.group(
  Api,
  "auth",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      signUp: Effect.fnUntraced(function*({ payload: { email, name, password } }) {
        if (state.accounts.has(email)) {
          return yield* Effect.fail(authProblem(422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "User already exists"))
        }
        if (password.length < 8) {
          return yield* Effect.fail(authProblem(400, "PASSWORD_TOO_SHORT", "Password too short"))
        }
        const account = state.signUp(name, email, password)
        if (!state.confirmsFirst) return state.signIn(account)
        state.sendMail("verify", account)
        return { token: null, user: { id: account.id, name, email } }
      }),
      signIn: Effect.fnUntraced(function*({ payload: { email, password } }) {
        const account = state.accounts.get(email)
        if (account?.password !== password || state.confirmsFirst && !account.emailVerified) {
          return yield* Effect.fail(authProblem(401, "INVALID_EMAIL_OR_PASSWORD", "Invalid email or password"))
        }
        const { headers } = yield* HttpServerRequest.HttpServerRequest
        return state.signIn(account, { userAgent: headers["user-agent"] ?? null })
      }),
      signOut: Effect.fnUntraced(function*() {
        return { success: state.sessions.delete(yield* bearer) }
      }),
      token: Effect.fnUntraced(function*() {
        const credential = yield* bearer
        const script = state.tokens.get(credential)
        if (script !== undefined) {
          const { account, id, scopes } = script
          return { token: state.mint(account, { sessionId: SessionId.make(id), scopes }) }
        }
        if (credential.startsWith("todo_")) {
          const message = "The token is not valid, has ended or was revoked"
          return yield* Effect.fail(authProblem(401, "INVALID_TOKEN", message))
        }
        const session = state.sessions.get(credential)
        if (session === undefined) return yield* Effect.fail(authProblem(401, "UNAUTHORIZED", "Unauthorized"))
        return { token: state.mint(session.account, { sessionId: session.id }) }
      }),
      getSession: () => Effect.die("The client asks for no session"),
      jwks: () => Effect.succeed({ keys: [] })
    })
  })
)
