import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { authProblem, bearer } from "./AuthProblem.ts"
import { type Account, State } from "./FakeState.ts"

const wrongPassword = authProblem(400, "INVALID_PASSWORD", "Invalid password")
const tooShort = authProblem(400, "PASSWORD_TOO_SHORT", "Password too short")

export const AccountHandlers = HttpApiBuilder.group(
  Api,
  "account",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State

    const owner = Effect.gen(function*() {
      const session = state.sessions.get(yield* bearer)
      return session === undefined ? yield* Effect.fail(authProblem(401, "UNAUTHORIZED", "Unauthorized")) : session
    })
    const endSessions = (account: Account, but?: string) => {
      const kept = state.sessions.get(but ?? "")
      for (const session of state.sessionsOf(account.id)) if (session !== kept) state.endSession(session.id)
    }

    return handlers.handleAll({
      changeName: Effect.fnUntraced(function*({ payload: { name } }) {
        const { account } = yield* owner
        if (name !== undefined) account.name = name
        return { status: true }
      }),
      changePassword: Effect.fnUntraced(function*({ payload: { currentPassword, newPassword } }) {
        const { account } = yield* owner
        if (currentPassword !== account.password) return yield* Effect.fail(wrongPassword)
        if (newPassword.length < 8) return yield* Effect.fail(tooShort)
        account.password = newPassword
        endSessions(account)
        return { token: state.signIn(account).token }
      }),
      changeEmail: Effect.fnUntraced(function*({ payload: { newEmail, password } }) {
        const { account } = yield* owner
        if (password !== account.password) return yield* Effect.fail(wrongPassword)
        if (!state.accounts.has(newEmail)) state.sendMail("change-email", account, newEmail)
        return { status: true }
      }),
      deleteAccount: Effect.fnUntraced(function*({ payload: { password } }) {
        const { account } = yield* owner
        if (password !== account.password) return yield* Effect.fail(wrongPassword)
        endSessions(account)
        state.accounts.delete(account.email)
        return { success: true }
      }),
      requestPasswordReset: ({ payload: { email } }) => {
        const account = state.accounts.get(email)
        if (account !== undefined) state.sendMail("reset-password", account)
        return Effect.succeed({ status: true })
      },
      resetPassword: Effect.fnUntraced(function*({ payload: { newPassword, token } }) {
        if (newPassword.length < 8) return yield* Effect.fail(tooShort)
        const mail = state.useCode(token, "reset-password")
        if (mail === undefined) return yield* Effect.fail(authProblem(400, "INVALID_TOKEN", "Invalid token"))
        mail.account.password = newPassword
        endSessions(mail.account)
        return { status: true }
      }),
      requestVerification: ({ payload: { email } }) => {
        const account = state.accounts.get(email)
        if (account?.emailVerified === false) state.sendMail("verify", account)
        return Effect.succeed({ status: true })
      },
      verifyEmail: Effect.fnUntraced(function*({ payload: { token } }) {
        const mail = state.useCode(token, "verify", "change-email")
        if (mail === undefined) return yield* Effect.fail(authProblem(401, "INVALID_TOKEN", "Invalid token"))
        if (mail.kind === "change-email") endSessions(mail.account, yield* bearer)
        state.accounts.delete(mail.account.email)
        Object.assign(mail.account, { email: mail.to, emailVerified: true })
        state.accounts.set(mail.to, mail.account)
        return { status: true }
      }),
      openVerification: () => Effect.die("The client opens no page")
    })
  })
)
