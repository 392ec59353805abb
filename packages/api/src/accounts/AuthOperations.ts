import { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { Context, Effect, Layer, Option, Redacted } from "effect"
import { HttpServerRequest, HttpServerResponse } from "effect/http"
import { AppConfig } from "../Config.ts"
import { trustedOrigins } from "../http/Origins.ts"
import { Secret } from "../Secret.ts"
import { looksLikeSecret } from "../tokens/ScriptTokenSecret.ts"
import { checkAddress, checkImage, checkName, checkNewPassword, checkPage } from "./AccountRules.ts"
import { Accounts } from "./Accounts.ts"
import { AccountsRepository } from "./AccountsRepository.ts"
import { makeAnswering } from "./AuthAnswer.ts"
import { AuthRefusal, unauthorized } from "./AuthRefusal.ts"
import { type AuthRequest, BetterAuth } from "./BetterAuth.ts"
import { alreadyThere, sameForAll, unconfirmedIsWrong, withoutToken } from "./BetterAuthAnswers.ts"
import { toResponse } from "./BetterAuthResponse.ts"
import { constantTime } from "./ConstantTime.ts"
import { withSession } from "./SessionCookies.ts"
import { makeTokenExchange } from "./TokenExchange.ts"

/** Answers an operation for the request at hand. */
type Answer = Effect.Effect<
  HttpServerResponse.HttpServerResponse,
  never,
  HttpServerRequest.HttpServerRequest
>

/** An account to make. */
export interface SigningUp {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly image?: string | null
  readonly callbackURL?: string
  readonly rememberMe?: boolean
}

/** Who signs in. */
export interface SigningIn {
  readonly email: string
  readonly password: string
  readonly callbackURL?: string
  readonly rememberMe?: boolean
}

/**
 * The operations of the contract's `auth` and `account`, with what was decoded of a request, for the contract's
 * handlers and for the service's own pages. Signing up, in and out, sessions and keys are Better Auth's; passwords and
 * addresses change in `Accounts`.
 *
 * @effect-expect-leaking HttpServerRequest
 */
export class AuthOperations extends Context.Service<AuthOperations, {
  signUp(account: SigningUp): Answer
  signIn(credentials: SigningIn): Answer
  readonly signOut: Answer
  readonly getSession: Answer
  /** A JWT, for a session or for a token for scripts. */
  readonly token: Answer
  /** The same for a token for scripts that was sent elsewhere. */
  exchange(secret: string): Answer
  readonly jwks: Answer
  changeUser(change: { readonly name?: string; readonly image?: string | null }): Answer
  deleteAccount(proof: { readonly password: string }): Answer
  changePassword(change: Parameters<Accounts["Service"]["changePassword"]>[1]): Answer
  changeEmail(change: Parameters<Accounts["Service"]["changeEmail"]>[1]): Answer
  requestPasswordReset(request: Parameters<Accounts["Service"]["requestPasswordReset"]>[0]): Answer
  resetPassword(reset: Parameters<Accounts["Service"]["resetPassword"]>[0]): Answer
  requestVerification(request: Parameters<Accounts["Service"]["requestVerification"]>[0]): Answer
  verifyEmail(code: { readonly token: string }): Answer
}>()("todo/api/accounts/AuthOperations") {
  static readonly layer = Layer.effect(
    AuthOperations,
    Effect.gen(function*() {
      const config = yield* AppConfig
      const { verifiesEmail } = config
      const origins = trustedOrigins(config)
      const secret = Redacted.value(yield* Secret)
      const auth = yield* BetterAuth
      const accounts = yield* Accounts
      const repository = yield* AccountsRepository
      const tokenFor = yield* makeTokenExchange
      const answering = yield* makeAnswering
      const { forAnybody, forSession } = answering

      const handle = (request: AuthRequest) => Effect.flatMap(auth.handle(request), toResponse)
      /** For what makes no session, or one of a user who has just been made. */
      const call = (request: AuthRequest) =>
        Effect.catchTag(handle(request), "StaleCredentials", () => Effect.fail(isChanging))
      const unless = (...refusals: ReadonlyArray<AuthRefusal | undefined>) => {
        const refusal = refusals.find((each) => each !== undefined)
        return refusal === undefined ? Effect.void : Effect.fail(refusal)
      }

      const checkLanding = ({ callbackURL }: { readonly callbackURL?: string }) =>
        callbackURL === undefined ? undefined : checkPage(callbackURL, origins, "INVALID_CALLBACK_URL")

      const exchange = (secret: string) =>
        forAnybody(
          { operation: "auth.token", secret },
          () => Effect.map(tokenFor(secret), (token) => HttpServerResponse.jsonUnsafe({ token }))
        )

      return AuthOperations.of({
        exchange,
        signUp: (account) =>
          forAnybody({ operation: "auth.signUp", email: account.email }, (caller) => {
            const { email, image = null, name, password } = account
            const rules = unless(
              checkName(name),
              checkAddress(email),
              checkImage(image),
              checkNewPassword(password),
              checkLanding(account)
            )
            // The user will have been made with it.
            const credentials = 0
            // No image is an absent one to Better Auth.
            const { image: _, ...others } = account
            const body = image === null ? others : account
            const made = call({ method: "POST", path: "/sign-up/email", caller, body, credentials })
            const answered = verifiesEmail
              ? constantTime(Effect.map(made, (response) => sameForAll(response, account)))
              : Effect.map(made, alreadyThere)
            return Effect.andThen(rules, answered)
          }),
        signIn: (given) =>
          forAnybody({ operation: "auth.signIn", email: given.email }, (caller) => {
            const attempt = Effect.gen(function*() {
              const holder = Option.getOrUndefined(yield* repository.findByEmail(given.email.toLowerCase()))
              const credentials = holder?.credentials ?? 0
              return yield* handle({ method: "POST", path: "/sign-in/email", caller, body: given, credentials })
            })
            // Where they have changed meanwhile, what was given is compared with what holds now.
            const again = Effect.catchTag(attempt, "StaleCredentials", () => attempt)
            const answered = Effect.catchTag(again, "StaleCredentials", () => Effect.fail(notTheirs))
            return Effect.andThen(
              unless(checkLanding(given)),
              verifiesEmail ? Effect.map(answered, unconfirmedIsWrong) : answered
            )
          }),
        signOut: forAnybody(
          { operation: "auth.signOut" },
          (caller) =>
            // It would be told of a success, and go on working.
            secretOf(caller.headers.get("authorization") ?? undefined) === undefined
              ? call({ method: "POST", path: "/sign-out", caller, body: {} })
              : Effect.fail(unauthorized)
        ),
        getSession: forAnybody(
          { operation: "auth.getSession" },
          (caller) => Effect.map(call({ method: "GET", path: "/get-session", caller }), withoutToken)
        ),
        token: Effect.flatMap(HttpServerRequest.HttpServerRequest, ({ headers }) => {
          const secret = secretOf(headers["authorization"])
          return secret === undefined
            ? forSession(
              { operation: "auth.token" },
              (_session, caller) => call({ method: "GET", path: "/token", caller })
            )
            : exchange(secret)
        }),
        jwks: forAnybody({ operation: "auth.jwks" }, (caller) => call({ method: "GET", path: "/jwks", caller })),
        changeUser: (change) =>
          forSession({ operation: "account.changeName" }, (_session, caller) =>
            Effect.andThen(
              unless(
                change.name === undefined ? undefined : checkName(change.name),
                checkImage(change.image ?? null),
                Object.keys(change).length === 0 ? nothingToChange : undefined
              ),
              call({ method: "POST", path: "/update-user", caller, body: change })
            )),
        deleteAccount: (proof) =>
          forSession({ operation: "account.deleteAccount" }, (_session, caller) =>
            Effect.andThen(
              // Better Auth would do without it for a day after the sign-in.
              unless(proof.password === "" ? passwordNeeded : undefined),
              call({ method: "POST", path: "/delete-user", caller, body: proof })
            )),
        changePassword: (change) =>
          forSession({ operation: "account.changePassword" }, (session, caller) =>
            Effect.gen(function*() {
              const { token } = yield* accounts.changePassword(session, change)
              const { endsWithBrowser, session: cookie } = yield* auth.cookies
              const short = (caller.headers.get("cookie") ?? "").includes(`${endsWithBrowser.name}=`)
              return yield* withSession(HttpServerResponse.jsonUnsafe({ token }), cookie, secret, token, short)
            })),
        changeEmail: (change) =>
          forSession(
            { operation: "account.changeEmail", email: change.newEmail },
            (session) => Effect.as(constantTime(accounts.changeEmail(session, change)), done)
          ),
        requestPasswordReset: (request) =>
          forAnybody(
            { operation: "account.requestPasswordReset", email: request.email },
            () => Effect.as(constantTime(accounts.requestPasswordReset(request)), done)
          ),
        resetPassword: (reset) =>
          forAnybody(
            { operation: "account.resetPassword" },
            ({ address }) => Effect.as(accounts.resetPassword(reset, address), done)
          ),
        requestVerification: (request) =>
          forAnybody(
            { operation: "account.requestVerification", email: request.email },
            () => Effect.as(constantTime(accounts.requestVerification(request)), done)
          ),
        verifyEmail: ({ token }) =>
          answering.withSession(
            { operation: "account.verifyEmail" },
            (_caller, session) => Effect.as(accounts.verifyEmail(token, session), done)
          )
      })
    })
  ).pipe(Layer.provide([Accounts.layer, AccountsRepository.layer]))
}

/** The secret of a token for scripts, if it comes as bearer token. */
const secretOf = (authorization: string | undefined): string | undefined => {
  const bearer = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1]
  return bearer !== undefined && looksLikeSecret(bearer) ? bearer : undefined
}

const done = HttpServerResponse.jsonUnsafe({ status: true })

const isChanging = new ServiceUnavailable({ detail: "The account is being changed at this moment" })

const notTheirs = new AuthRefusal({
  status: 401,
  code: "INVALID_EMAIL_OR_PASSWORD",
  message: "Invalid email or password"
})

const nothingToChange = new AuthRefusal({
  status: 400,
  code: "VALIDATION_ERROR",
  message: "There is nothing to change: send a name, or an image"
})

const passwordNeeded = new AuthRefusal({
  status: 400,
  code: "INVALID_PASSWORD",
  message: "The password is needed to delete the account"
})
