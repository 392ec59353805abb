import { Unauthorized } from "@todo/domain/auth/Authorization"
import { type CurrentUser, Scope, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Clock, Context, Effect, Layer, Option, Schema } from "effect"
import { type CryptoKey, importJWK, type JWK, type JWTHeaderParameters, jwtVerify, type JWTVerifyGetKey } from "jose"
import { tokenNames } from "../accounts/BetterAuth.ts"
import { AppConfig } from "../Config.ts"
import { SigningKeys } from "../keys/SigningKeys.ts"

type Identity = CurrentUser["Service"]

/** No token of ours is longer; a longer one is not looked at. */
const maxTokenLength = 4096
/**
 * A token has one spelling only. jose takes white space and padding inside
 * base64url, and anything in the four bits that the last of a signature's 86
 * characters has to spare.
 */
const spelling = /^[\w-]+\.[\w-]+\.[\w-]{85}[AQgw]$/
/** What sign-in answers as `token`, or in `Set-Auth-Token`, which has a signature behind it. */
const sessionToken = /^[0-9A-Za-z]{32}(?:\.|$)/
/** How far the clocks of two replicas may be apart. */
const maxClockSkewSeconds = 60
/** How many verified tokens are remembered; at some 600 bytes each, 12 MB. */
const maxRemembered = 20_000
/** How often an unknown `kid` may make the keys be read again. */
const reloadCooldownMillis = 5000

const Claims = Schema.Struct({
  sub: UserId,
  sid: SessionId,
  scope: Schema.String,
  iat: Schema.Int,
  exp: Schema.Int
})
const decodeClaims = Schema.decodeUnknownOption(Claims)
const isScope = Schema.is(Scope)
/** The header's `typ`, which jose hands on as it finds it: absent, as in our own tokens, or "JWT". */
const isJwtType = (typ: unknown) => typ === undefined || (typeof typ === "string" && typ.toUpperCase() === "JWT")

/**
 * Verifies JWTs as RFC 8725 wants it: EdDSA only, by our own keys, our issuer
 * and audience, in time, of type JWT, with the claims we need. Whether the
 * session still lives is the database's to say, on each request.
 */
export class AccessTokens extends Context.Service<AccessTokens, {
  /** Who the token speaks for. Fails with `Unauthorized` for anything but a valid token. */
  verify(token: string): Effect.Effect<Identity, Unauthorized>
}>()("todo/api/identity/AccessTokens") {
  static readonly layer = Layer.effect(
    AccessTokens,
    Effect.gen(function*() {
      const { publicUrl } = yield* AppConfig
      const keys = yield* SigningKeys
      const clock = yield* Clock.Clock
      const run = Effect.runPromiseWith(yield* Effect.context<never>())

      const imported = new Map<string, Promise<CryptoKey | Uint8Array>>()
      let reloadedAt = Number.NEGATIVE_INFINITY
      const findKey = async (kid: string | undefined) => {
        const byId = (all: ReadonlyArray<{ readonly id: string; readonly publicKey: string }>) =>
          all.find((key) => key.id === kid)
        let key = byId(await run(keys.all))
        const now = clock.currentTimeMillisUnsafe()
        if (key === undefined && now - reloadedAt >= reloadCooldownMillis) {
          reloadedAt = now
          await run(keys.reload)
          key = byId(await run(keys.all))
        }
        return key
      }
      const getKey: JWTVerifyGetKey = async ({ kid }: JWTHeaderParameters) => {
        const key = await findKey(kid)
        if (key === undefined) throw new Error("unknown kid")
        let pending = imported.get(key.id)
        if (pending === undefined) {
          pending = importJWK(JSON.parse(key.publicKey) as JWK, "EdDSA")
          imported.set(key.id, pending)
        }
        return pending
      }

      interface Remembered {
        readonly token: string
        readonly identity: Identity
        readonly expiresAtMillis: number
      }
      // By signature: a new string is hashed with each request, and a token is five times as long.
      const remembered = new Map<string, Remembered>()

      const verifyAfresh = Effect.fn("AccessTokens.verify")(function*(token: string) {
        const verified = yield* Effect.tryPromise({
          try: () =>
            jwtVerify(token, getKey, {
              ...tokenNames(publicUrl),
              algorithms: ["EdDSA"],
              requiredClaims: ["exp", "iat", "sub", "sid"],
              currentDate: new Date(clock.currentTimeMillisUnsafe())
            }),
          catch: invalid
        })
        const { typ } = verified.protectedHeader
        const claims = decodeClaims(verified.payload)
        if (Option.isNone(claims) || !isJwtType(typ)) return yield* invalid()
        const { exp, iat, scope, sid, sub } = claims.value
        if (iat > clock.currentTimeMillisUnsafe() / 1000 + maxClockSkewSeconds) return yield* invalid()
        const identity: Identity = { id: sub, sessionId: sid, scopes: scope.split(" ").filter(isScope) }
        if (remembered.size >= maxRemembered) {
          remembered.delete(remembered.keys().next().value!)
        }
        remembered.set(signatureOf(token), { token, identity, expiresAtMillis: exp * 1000 })
        return identity
      })

      return AccessTokens.of({
        verify: (token) => {
          const signature = signatureOf(token)
          const known = remembered.get(signature)
          if (known?.token === token) {
            if (clock.currentTimeMillisUnsafe() < known.expiresAtMillis) return Effect.succeed(known.identity)
            remembered.delete(signature)
          }
          if (token === "") return Effect.fail(missing())
          if (token.length <= maxTokenLength && spelling.test(token)) return verifyAfresh(token)
          return Effect.fail(sessionToken.test(token) ? misplaced() : invalid())
        }
      })
    })
  )
}

/** Those of its characters that make a token what it is, where it is one. */
const signatureOf = (token: string) => token.slice(-86)

const missing = () =>
  new Unauthorized({
    code: "token_missing",
    detail: "Send a JWT, or a token for scripts, as Authorization: Bearer <token>"
  })

const invalid = () => new Unauthorized({ code: "token_invalid", detail: "The token is not valid or has expired" })

/** The first mistake of whoever writes a client. */
const misplaced = () =>
  new Unauthorized({
    code: "token_invalid",
    detail: "This looks like a session token: GET /api/auth/token gives the JWT for it"
  })
