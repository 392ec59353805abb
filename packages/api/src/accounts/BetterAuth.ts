import { terminalClientId } from "@todo/domain/auth/DeviceApi"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { betterAuth, type BetterAuthOptions } from "better-auth"
import { bearer, deviceAuthorization, jwt, type JwtOptions } from "better-auth/plugins"
import { Clock, Context, Duration, Effect, Layer, Option, Redacted } from "effect"
import { PostgresDialect } from "kysely"
import { AppConfig } from "../Config.ts"
import { trustedOrigins } from "../http/Origins.ts"
import { SigningKeys } from "../keys/SigningKeys.ts"
import { Mailer } from "../mail/Mailer.ts"
import { Secret } from "../Secret.ts"
import { makeAccountMails } from "./AccountMails.ts"
import { makeAccountOptions } from "./AccountOptions.ts"
import { runAuth, type StaleCredentials } from "./AuthWork.ts"
import type { Caller } from "./Caller.ts"
import { deviceGrant } from "./DeviceGrant.ts"
import { Passwords } from "./Passwords.ts"
import type { SessionCookie } from "./SessionCookies.ts"
import { makeSqlPool } from "./SqlPool.ts"

/** What a JWT says of its issuer and its audience. */
export const tokenNames = (publicUrl: string) => ({ issuer: publicUrl, audience: `${publicUrl}/api/v1` })

const everyScope = "tasks:read tasks:write account"

const makeOptions = (parts: {
  readonly publicUrl: string
  readonly secret: string
  readonly trustedOrigins: ReadonlyArray<string>
  readonly accessTokenTtl: Duration.Duration
  readonly dialect: PostgresDialect
  readonly keys: NonNullable<JwtOptions["adapter"]>
  readonly account: ReturnType<typeof makeAccountOptions>
}) => ({
  appName: "todo",
  baseURL: parts.publicUrl,
  secret: parts.secret,
  trustedOrigins: [...parts.trustedOrigins],
  // Better Auth's statements run one by one on shared connections (SqlPool.ts).
  database: { dialect: parts.dialect, type: "postgres" as const, transaction: false, schemaName: "auth" },
  ...parts.account,
  session: { ...parts.account.session, expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 5 },
  verification: { storeIdentifier: "hashed" as const },
  plugins: [
    bearer(),
    deviceAuthorization({
      verificationUri: `${parts.publicUrl}/device`,
      expiresIn: "10m",
      validateClient: (clientId) => clientId === terminalClientId,
      grant: deviceGrant
    }),
    jwt({
      disableSettingJwtHeader: true,
      adapter: parts.keys,
      jwt: {
        ...tokenNames(parts.publicUrl),
        expirationTime: `${Duration.toSeconds(parts.accessTokenTtl)}s`,
        definePayload: ({ session }) => ({ sid: session.id, scope: everyScope })
      }
    })
  ],
  advanced: {
    database: { generateId: "uuid" as const, joins: true },
    // "__Host-" binds a cookie to this host: a sibling below the same domain cannot plant one. Better Auth would write
    // "__Secure-", which does not.
    useSecureCookies: false,
    cookiePrefix: parts.publicUrl.startsWith("https:") ? "__Host-better-auth" : "better-auth",
    defaultCookieAttributes: { secure: parts.publicUrl.startsWith("https:") },
    // Better Auth would leave them out where NODE_ENV is "test", or TEST is set.
    disableOriginCheck: false,
    disableCSRFCheck: false,
    // Set by `handle`, from the socket: no header of a client gets here under this name.
    ipAddress: { ipAddressHeaders: ["x-client-ip"] }
  },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
  // Otherwise it writes what failed to the console, with PostgreSQL's detail: the row, session token and all.
  onAPIError: { throw: true }
})

/** A request of Better Auth's: what the contract's schemas, limits and rules have understood, and nothing else. */
export interface AuthRequest {
  readonly method: "GET" | "POST"
  readonly path: `/${string}`
  readonly caller: Caller
  readonly query?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: object
  /** The count of credentials that a session is based on that it may make. */
  readonly credentials?: number
}

/** A live session. */
export interface LiveSession {
  readonly id: string
  readonly userId: string
}

/** Better Auth, on the service's own database client. */
export class BetterAuth extends Context.Service<BetterAuth, {
  /**
   * Answers a request. Fails when the database did not answer, or when a session was to be made that is based on
   * credentials that have changed, whatever Better Auth made of that.
   */
  handle(request: AuthRequest): Effect.Effect<Response, ServiceUnavailable | StaleCredentials>
  /** The live session that the caller's bearer token or cookie belongs to. It is not renewed by this. */
  sessionOf(caller: Caller): Effect.Effect<Option.Option<LiveSession>, ServiceUnavailable>
  /** Signs a JWT with these claims, for as long as every other. */
  mint(claims: { readonly sub: string; readonly sid: string; readonly scope: string }): Effect.Effect<string>
  /** The cookie of a session, and the one that says that it ends with the browser. */
  readonly cookies: Effect.Effect<{ readonly session: SessionCookie; readonly endsWithBrowser: SessionCookie }>
  /** What it was made with: the test of the migrations asks Better Auth what it would still change. */
  readonly options: BetterAuthOptions
  /** The paths that it has endpoints for, of which the contract mounts some: a test compares. */
  readonly paths: ReadonlyArray<string>
}>()("todo/api/accounts/BetterAuth") {
  static readonly layer = Layer.effect(
    BetterAuth,
    Effect.gen(function*() {
      const config = yield* AppConfig
      const keys = yield* SigningKeys
      const run = Effect.runPromiseWith(yield* Effect.context<never>())
      const { pool, runLong } = yield* makeSqlPool
      const options = makeOptions({
        ...config,
        trustedOrigins: trustedOrigins(config),
        secret: Redacted.value(yield* Secret),
        dialect: new PostgresDialect({ pool }),
        account: makeAccountOptions({
          verifiesEmail: config.verifiesEmail,
          // Files that nobody asked for would only pile up.
          writesOnSignUp: config.verifiesEmail || config.mail.kind === "smtp",
          mails: yield* makeAccountMails,
          passwords: yield* Passwords,
          runLong
        }),
        // There is a key always: the service makes them, not Better Auth.
        keys: { getJwks: () => run(keys.forSigning) }
      })
      const auth = betterAuth(options)
      const mint = Effect.fn("BetterAuth.mint")(
        function*(claims: { readonly sub: string; readonly sid: string; readonly scope: string }) {
          const iat = Math.floor((yield* Clock.currentTimeMillis) / 1000)
          return (yield* Effect.promise(() => auth.api.signJWT({ body: { payload: { ...claims, iat } } }))).token
        }
      )
      const headersOf = ({ address, headers }: Caller) => {
        const copy = new Headers(headers)
        copy.set("x-client-ip", address)
        return copy
      }
      const handle = ({ body, caller, credentials, method, path, query }: AuthRequest) =>
        runAuth(credentials, () => {
          const url = new URL(`${config.publicUrl}/api/auth${path}`)
          for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
          const headers = headersOf(caller)
          if (body !== undefined) headers.set("content-type", "application/json")
          return auth.handler(
            new Request(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
          )
        })
      const sessionOf = (caller: Caller) =>
        runAuth(undefined, () => auth.api.getSession({ headers: headersOf(caller), query: { disableRefresh: true } }))
          .pipe(
            // It makes none.
            Effect.catchTag("StaleCredentials", Effect.die),
            Effect.map((found) =>
              Option.map(Option.fromNullishOr(found), ({ session: { id, userId } }) => ({ id, userId }))
            )
          )
      const cookies = Effect.map(
        Effect.promise(() => auth.$context),
        ({ authCookies }) => ({ session: authCookies.sessionToken, endsWithBrowser: authCookies.dontRememberToken })
      )
      const paths = Object.values(auth.api).flatMap(({ path }: { readonly path?: string }) => path ?? [])
      return BetterAuth.of({ options, mint, handle, sessionOf, cookies, paths })
    })
  ).pipe(Layer.provide([Mailer.layer]))
}
