import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { generateRandomString } from "better-auth/crypto"
import { Context, Effect, Layer, Option } from "effect"
import { AppConfig } from "../Config.ts"
import { trustedOrigins } from "../http/Origins.ts"
import { RateLimits } from "../limits/RateLimits.ts"
import { Mailer } from "../mail/Mailer.ts"
import { makeAccountMails } from "./AccountMails.ts"
import { checkAddress, checkNewPassword, checkPage } from "./AccountRules.ts"
import { AccountsRepository, type Holder, type NewSession } from "./AccountsRepository.ts"
import { AuthRefusal, unauthorized } from "./AuthRefusal.ts"
import { runAuth } from "./AuthWork.ts"
import type { LiveSession } from "./BetterAuth.ts"
import { makeMailCodes } from "./MailCodes.ts"
import { Passwords } from "./Passwords.ts"

type Failure = AuthRefusal | ServiceUnavailable

/**
 * What an account is proved by, and changing it: its password and its address. Better Auth does these statement by
 * statement; here each change is one statement, which compares what it is based on, so that nothing that was granted
 * before it is good after it (docs/adr/0022).
 */
export class Accounts extends Context.Service<Accounts, {
  /** Answers the session that takes the place of this one. */
  changePassword(
    session: LiveSession,
    change: { readonly currentPassword: string; readonly newPassword: string }
  ): Effect.Effect<NewSession, Failure>
  /** Writes to the new address, unless it is somebody's: the answer does not tell. */
  changeEmail(
    session: LiveSession,
    change: { readonly newEmail: string; readonly password: string; readonly callbackURL?: string }
  ): Effect.Effect<void, Failure>
  /** Writes to the address, if it has an account. */
  requestPasswordReset(
    request: { readonly email: string; readonly redirectTo?: string }
  ): Effect.Effect<void, Failure>
  /** Sets the password with the code of a mail; whoever is at `address` is known from then on. */
  resetPassword(
    reset: { readonly token: string; readonly newPassword: string },
    address: string
  ): Effect.Effect<void, Failure>
  /** Writes to the address, if it has an account that has not confirmed it. */
  requestVerification(
    request: { readonly email: string; readonly callbackURL?: string }
  ): Effect.Effect<void, Failure>
  /** Confirms an address with the code of a mail, or moves the account to a new one. Of its sessions `session` stays. */
  verifyEmail(token: string, session: LiveSession | undefined): Effect.Effect<void, Failure>
}>()("todo/api/accounts/Accounts") {
  static readonly layer = Layer.effect(
    Accounts,
    Effect.gen(function*() {
      const repository = yield* AccountsRepository
      const passwords = yield* Passwords
      const limits = yield* RateLimits
      const mails = yield* makeAccountMails
      const codes = yield* makeMailCodes
      const origins = trustedOrigins(yield* AppConfig)

      const unless = (refusal: AuthRefusal | undefined) => refusal === undefined ? Effect.void : Effect.fail(refusal)
      const write = (mail: () => Promise<void>) => Effect.promise(mail)
      const work = <A>(run: () => Promise<A>) =>
        Effect.catchTag(runAuth(undefined, run), "StaleCredentials", Effect.die)

      /** The account of a session whose password this is. */
      const proved = Effect.fnUntraced(function*({ userId }: LiveSession, password: string) {
        const found = Option.getOrUndefined(yield* repository.findById(userId))
        if (found === undefined) return yield* unauthorized
        const hash = found.password
        const fits = hash !== null && password !== "" && (yield* work(() => passwords.verify({ hash, password })))
        return fits ? { ...found, password: hash } : yield* wrongPassword
      })
      /** Writes to the owner of an address, if there is one who should be written to. */
      const writeTo = (email: string, should: (holder: Holder) => boolean, mail: (holder: Holder) => Promise<void>) =>
        Effect.flatMap(repository.findByEmail(email.toLowerCase()), (found) => {
          const holder = Option.getOrUndefined(found)
          return holder !== undefined && should(holder) ? write(() => mail(holder)) : Effect.void
        })

      return Accounts.of({
        changePassword: Effect.fn("Accounts.changePassword")(function*(session, { currentPassword, newPassword }) {
          yield* unless(checkNewPassword(newPassword))
          const holder = yield* proved(session, currentPassword)
          const password = yield* work(() => passwords.hash(newPassword))
          const changed = yield* repository.changePassword({
            userId: holder.id,
            sessionId: session.id,
            proved: holder.password,
            password,
            token: generateRandomString(32, "a-z", "A-Z", "0-9")
          })
          // Meanwhile the session has ended, or the password has changed, which ends every session.
          if (Option.isNone(changed)) return yield* unauthorized
          yield* write(() => mails.passwordChanged(holder.email))
          return changed.value
        }),
        changeEmail: Effect.fn("Accounts.changeEmail")(function*(session, { callbackURL, newEmail, password }) {
          yield* unless(checkAddress(newEmail))
          if (callbackURL !== undefined) yield* unless(checkPage(callbackURL, origins, "INVALID_CALLBACK_URL"))
          const holder = yield* proved(session, password)
          const address = newEmail.toLowerCase()
          if (Option.isSome(yield* repository.findByEmail(address))) return
          yield* write(() => mails.confirmNewAddress(holder, address, callbackURL))
        }),
        requestPasswordReset: Effect.fn("Accounts.requestPasswordReset")(function*({ email, redirectTo }) {
          yield* unless(checkAddress(email))
          if (redirectTo !== undefined) yield* unless(checkPage(redirectTo, origins, "INVALID_REDIRECT_URL"))
          yield* writeTo(email, () => true, (holder) => mails.resetPassword(holder, redirectTo))
        }),
        resetPassword: Effect.fn("Accounts.resetPassword")(function*({ newPassword, token }, address) {
          yield* unless(checkNewPassword(newPassword))
          const code = Option.getOrUndefined(codes.open(token, "reset-password"))
          if (code === undefined) return yield* badCode(400)
          const password = yield* work(() => passwords.hash(newPassword))
          if (!(yield* repository.resetPassword(code.userId, code.credentials, password))) return yield* badCode(400)
          yield* limits.trust(code.userId, address)
          const holder = yield* repository.findById(code.userId)
          if (Option.isSome(holder)) yield* write(() => mails.passwordReset(holder.value.email))
        }),
        requestVerification: Effect.fn("Accounts.requestVerification")(function*({ callbackURL, email }) {
          yield* unless(checkAddress(email))
          if (callbackURL !== undefined) yield* unless(checkPage(callbackURL, origins, "INVALID_CALLBACK_URL"))
          yield* writeTo(
            email,
            ({ emailVerified }) => !emailVerified,
            (holder) => mails.confirmAddress(holder, callbackURL)
          )
        }),
        verifyEmail: Effect.fn("Accounts.verifyEmail")(function*(token, session) {
          const code = Option.getOrUndefined(codes.open(token, "confirm-address", "change-address"))
          if (code === undefined) return yield* badCode(401)
          const { credentials, newAddress, userId } = code
          const before = yield* repository.confirmAddress(userId, credentials, newAddress, session?.id)
          if (Option.isNone(before)) return yield* badCode(401)
          if (newAddress !== undefined) yield* write(() => mails.addressChanged(before.value))
        })
      })
    })
  ).pipe(Layer.provide([AccountsRepository.layer, Mailer.layer]))
}

const wrongPassword = new AuthRefusal({ status: 400, code: "INVALID_PASSWORD", message: "Invalid password" })

const badCode = (status: 400 | 401) =>
  new AuthRefusal({ status, code: "INVALID_TOKEN", message: "The code is wrong, used, or too old" })
