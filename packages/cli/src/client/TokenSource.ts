import { Clock, Context, Duration, Effect, Layer, Option, Redacted, Schema } from "effect"
import type { Entry } from "../accounts/StoredAccounts.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { AuthClient, SessionToken } from "./AuthClient.ts"
import { Credentials } from "./Credentials.ts"
import { asFailure } from "./HttpFailure.ts"

/** A token this close to its end is not used any more: the request takes time, and clocks differ. */
const marginSeconds = 30

const Claims = Schema.fromJsonString(Schema.Struct({ exp: Schema.Finite }))
const decodeClaims = Schema.decodeUnknownOption(Claims)

/** When a JWT ends, in seconds since 1970 (RFC 7519, 4.1.4); null if it does not say. Nothing is verified. */
const expiryOf = (jwt: string): number | null => {
  const claims = Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8")
  return Option.match(decodeClaims(claims), { onNone: () => null, onSome: ({ exp }) => exp })
}

/** Whether it has the form of one; nothing is verified. */
export const isJwt = (token: string): boolean => /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)

/** Gives the JWTs that requests for tasks carry, and remembers each until shortly before its end. */
export class TokenSource extends Context.Service<TokenSource, {
  readonly current: Effect.Effect<Redacted.Redacted, Failure>
  /** A new one, because the service refused the current one; none when `TODO_TOKEN` is a JWT itself. */
  readonly renew: Effect.Effect<Option.Option<Redacted.Redacted>, Failure>
}>()("todo/cli/TokenSource") {
  static readonly layer = Layer.effect(
    TokenSource,
    Effect.gen(function*() {
      const settings = yield* Settings
      return TokenSource.of(
        settings.token === undefined ? yield* fromCredentials : yield* fromVariable(settings.token)
      )
    })
  )

  /** In the name of one session, kept in memory only. */
  static readonly ofSession = (session: Redacted.Redacted) => Layer.effect(TokenSource, inMemory(session))
}

/** Asks the service for a JWT in the name of a session or a token for scripts. */
const exchange = Effect.gen(function*() {
  const settings = yield* Settings
  const { auth } = yield* AuthClient
  return (session: Redacted.Redacted): Effect.Effect<string, Failure> =>
    auth.token().pipe(
      Effect.provideService(SessionToken, session),
      Effect.map(({ token }) => token),
      asFailure,
      Effect.provideService(Settings, settings)
    )
})

/**
 * `TODO_TOKEN`: a token for scripts, a session token, or a JWT that is used as
 * it is. What comes of it is kept in memory only.
 */
const fromVariable = Effect.fnUntraced(function*(token: Redacted.Redacted) {
  if (isJwt(Redacted.value(token))) {
    return { current: Effect.succeed(token), renew: Effect.succeed(Option.none<Redacted.Redacted>()) }
  }
  return yield* inMemory(token)
})

const inMemory = Effect.fnUntraced(function*(session: Redacted.Redacted) {
  const ask = yield* exchange
  const [current, invalidate] = yield* Effect.cachedInvalidateWithTTL(
    Effect.map(ask(session), (jwt) => Redacted.make(jwt)),
    Duration.infinity
  )
  return { current, renew: Effect.asSome(Effect.andThen(invalidate, current)) }
})

const fromCredentials = Effect.gen(function*() {
  const credentials = yield* Credentials
  const ask = yield* exchange
  // What the file has is older, and where it cannot be written, as on a mounted secret, it stays so.
  let latest: Pick<Entry, "sessionToken" | "jwt" | "jwtExpiresAt"> | undefined

  const renew = Effect.gen(function*() {
    const { sessionToken } = yield* credentials.required
    const jwt = yield* ask(yield* credentials.read(sessionToken))
    const made = { jwt, jwtExpiresAt: expiryOf(jwt) }
    latest = { sessionToken, ...made }
    // Another process may have signed out, or in as somebody else, in the meantime.
    yield* Effect.ignore(
      credentials.update((entry) => entry?.sessionToken === sessionToken ? { ...entry, ...made } : entry)
    )
    return Redacted.make(jwt)
  })

  const current = Effect.gen(function*() {
    const entry = yield* credentials.required
    const { jwt, jwtExpiresAt } = latest?.sessionToken === entry.sessionToken ? latest : entry
    const now = (yield* Clock.currentTimeMillis) / 1000
    return jwt !== null && jwtExpiresAt !== null && now < jwtExpiresAt - marginSeconds
      ? Redacted.make(jwt)
      : yield* renew
  })

  return { current, renew: Effect.asSome(renew) }
})
