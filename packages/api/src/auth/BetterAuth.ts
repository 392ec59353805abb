import { terminalClientId } from "@todo/domain/auth/DeviceApi"
import type { ServiceUnavailable } from "@todo/domain/http/RequestProblems"
import { betterAuth, type BetterAuthOptions } from "better-auth"
import { bearer, deviceAuthorization, jwt, type JwtOptions } from "better-auth/plugins"
import { Clock, Context, Duration, Effect, Layer, Redacted } from "effect"
import { PostgresDialect } from "kysely"
import { AppConfig } from "../Config.ts"
import { RateLimits } from "../limits/RateLimits.ts"
import { Mailer } from "../mail/Mailer.ts"
import { Secret } from "../Secret.ts"
import { makeAccountMails } from "./AccountMails.ts"
import { makeAccountOptions } from "./AccountOptions.ts"
import { unconfirmedIsWrong } from "./AccountRules.ts"
import { deviceGrant } from "./DeviceGrant.ts"
import { makeEvenTime } from "./EvenTime.ts"
import { inItsLane } from "./PasswordLane.ts"
import { makePasswords } from "./Passwords.ts"
import { SigningKeys } from "./SigningKeys.ts"
import { makeSqlPool, noticingOutage } from "./SqlPool.ts"

/** What a JWT says of its issuer and its audience. */
export const tokenNames = (publicUrl: string) => ({ issuer: publicUrl, audience: `${publicUrl}/api/v1` })

/** The service's own origins: the configured one, and the name by which it was reached. */
export const ownOrigins = (config: { readonly publicUrl: string }, url: URL): Array<string> => [
  new URL(config.publicUrl).origin,
  url.origin
]

/** The origins whose pages may use the service: those configured, and its own. */
export const trustedOrigins = (
  config: { readonly corsOrigins: ReadonlyArray<string>; readonly publicUrl: string },
  url: URL
): Array<string> => [...config.corsOrigins, ...ownOrigins(config, url)]

const everyScope = "tasks:read tasks:write account"

const makeOptions = (parts: {
  readonly publicUrl: string
  readonly secret: string
  readonly corsOrigins: ReadonlyArray<string>
  readonly accessTokenTtl: Duration.Duration
  readonly dialect: PostgresDialect
  readonly keys: NonNullable<JwtOptions["adapter"]>
  readonly account: ReturnType<typeof makeAccountOptions>
}) => ({
  appName: "todo",
  baseURL: parts.publicUrl,
  secret: parts.secret,
  trustedOrigins: (request?: Request) =>
    request === undefined ? [...parts.corsOrigins] : trustedOrigins(parts, new URL(request.url)),
  // Better Auth's statements run one by one on shared connections (SqlPool.ts).
  database: { dialect: parts.dialect, type: "postgres" as const, transaction: false, schemaName: "auth" },
  ...parts.account,
  session: { expiresIn: 60 * 60 * 24 * 30, updateAge: 60 * 5 },
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
    useSecureCookies: parts.publicUrl.startsWith("https:"),
    // Better Auth would leave them out where NODE_ENV is "test", or TEST is set.
    disableOriginCheck: false,
    disableCSRFCheck: false,
    // Set by BetterAuthMount, from the socket; what a client sends under this name is overwritten.
    ipAddress: { ipAddressHeaders: ["x-client-ip"] }
  },
  // It would answer session tokens, each as good as a password.
  disabledPaths: ["/list-sessions"],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
  // Otherwise it writes what failed to the console, with PostgreSQL's detail: the row, session token and all.
  onAPIError: { throw: true }
})

/** Better Auth, on the service's own database client. */
export class BetterAuth extends Context.Service<BetterAuth, {
  /** Answers a request under `/api/auth`. Fails when the database did not answer, whatever Better Auth made of that. */
  handle(request: Request): Effect.Effect<Response, ServiceUnavailable>
  /** Signs a JWT with these claims, for as long as every other. */
  mint(claims: { readonly sub: string; readonly sid: string; readonly scope: string }): Effect.Effect<string>
  /** What it was made with: the test of the migrations asks Better Auth what it would still change. */
  readonly options: BetterAuthOptions
}>()("todo/api/auth/BetterAuth") {
  static readonly layer = Layer.effect(
    BetterAuth,
    Effect.gen(function*() {
      const config = yield* AppConfig
      const keys = yield* SigningKeys
      const limits = yield* RateLimits
      const run = Effect.runPromiseWith(yield* Effect.context<never>())
      const pool = yield* makeSqlPool
      const options = makeOptions({
        ...config,
        secret: Redacted.value(yield* Secret),
        dialect: new PostgresDialect({ pool }),
        account: makeAccountOptions({
          verifiesEmail: config.verifiesEmail,
          // Files that nobody asked for would only pile up.
          writesOnSignUp: config.verifiesEmail || config.mail.kind === "smtp",
          mails: yield* makeAccountMails,
          passwords: yield* makePasswords,
          query: async (text, parameters) => (await pool.connect()).query(text, [...parameters]),
          trust: (email, address) => run(limits.trust(email, address))
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
      /** A changed address opens the account, so that it takes the password. Better Auth does not ask for it. */
      const refusalOfChange = async (request: Request) => {
        const body: unknown = await request.clone().json().catch(() => undefined)
        const password = body instanceof Object && "password" in body ? String(body.password) : ""
        const answer = await auth.api.verifyPassword({ body: { password }, headers: request.headers, asResponse: true })
        return answer.ok ? undefined : answer
      }
      const inEvenTime = makeEvenTime(config.verifiesEmail)
      const handle = (request: Request) => {
        const path = new URL(request.url).pathname
        const work = inItsLane(async () => {
          const refusal = path === "/api/auth/change-email" ? await refusalOfChange(request) : undefined
          const response = refusal ?? await auth.handler(request)
          return config.verifiesEmail ? unconfirmedIsWrong(path, response) : response
        })
        const answer = Effect.flatMap(work, noticingOutage)
        return inEvenTime(path, answer)
      }
      return BetterAuth.of({ options, mint, handle })
    })
  ).pipe(Layer.provide([RateLimits.layer, Mailer.layer]))
}
