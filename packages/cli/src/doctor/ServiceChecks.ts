import { Clock, DateTime, Effect, Option, Redacted } from "effect"
import { HttpClient } from "effect/http"
import { ApiClient } from "../client/ApiClient.ts"
import { Credentials } from "../client/Credentials.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { proxyFor } from "../client/Proxy.ts"
import { currentUpdateHint } from "../client/ServiceVersion.ts"
import { version } from "../client/Version.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { allTokens } from "../tokens/AllTokens.ts"
import { fail, type Finding, ok, warn } from "./Check.ts"

const failed = (check: string) => ({ hints, message }: Failure): Finding => fail(check, message, ...hints)

/** The way to the service: encrypted or not, through a proxy or not. */
export const wayFindings = (
  apiUrl: string,
  env: Readonly<Record<string, string | undefined>>
): ReadonlyArray<Finding> => {
  const url = new URL(apiUrl)
  const isHere = /^(?:localhost|127\.[\d.]+|\[::1\])$/.test(url.hostname)
  const encrypted = url.protocol === "https:" || isHere
    ? ok("address", apiUrl)
    : warn("address", `${apiUrl} is not encrypted: others on the way read what you send`, "Use an https address.")
  return [encrypted, proxyFinding(url, env)]
}

const proxyFinding = (url: URL, env: Readonly<Record<string, string | undefined>>): Finding => {
  try {
    const proxy = proxyFor(url, env)
    return ok("proxy", proxy === undefined ? "none" : `${proxy.url.origin} (${proxy.variable})`)
  } catch (error) {
    return error instanceof Failure ? failed("proxy")(error) : fail("proxy", String(error))
  }
}

const slowMillis = 1000
/** A JWT lasts five minutes, and counts as ended half a minute before. */
const skewedSeconds = 30
const wrongSeconds = 240

const clockFinding = (date: string | undefined, from: number, until: number): Finding => {
  const theirs = date === undefined ? Number.NaN : Date.parse(date)
  if (Number.isNaN(theirs)) return ok("clock", "the service does not say what time it has")
  // The header has whole seconds.
  const seconds = Math.max(0, Math.round(Math.max(theirs - until, from - theirs - 1000) / 1000))
  const message = `${seconds} seconds from the service's`
  if (seconds < skewedSeconds) return ok("clock", "as the service's")
  const hint = "Set the clock of this machine, or have it set by NTP."
  return seconds < wrongSeconds ? warn("clock", message, hint) : fail("clock", message, hint)
}

const patience = "10 seconds"

/** Whether the service answers, how fast, and what time it has. */
export const serviceFindings = Effect.fn("serviceFindings")(function*() {
  const { apiUrl } = yield* Settings
  const client = yield* HttpClient.HttpClient
  const from = yield* Clock.currentTimeMillis
  const asked = asFailure(client.get("/health/ready")).pipe(Effect.timeoutOption(patience))
  const answer = yield* Effect.result(asked)
  const until = yield* Clock.currentTimeMillis
  if (answer._tag === "Failure") return [failed("service")(answer.failure)]
  if (Option.isNone(answer.success)) {
    return [
      fail("service", `${apiUrl} has not answered within ${patience}`, "Is it running, and is the address right?")
    ]
  }
  const { headers, status } = answer.success.value
  if (status !== 200) {
    return [
      fail(
        "service",
        `${apiUrl} answered ${status}`,
        "It is starting or has no database: try again, or ask who runs it."
      )
    ]
  }
  const took = until - from
  return [
    took > slowMillis
      ? warn("service", `${apiUrl} took ${took} ms to answer`, "Is the network slow, or the service busy?")
      : ok("service", `answers in ${took} ms`),
    clockFinding(headers.date, from, until)
  ]
})

/** Whether somebody is signed in, and until when. */
const signInFinding = Effect.gen(function*() {
  const { token } = yield* Settings
  if (token !== undefined) {
    const kind = Redacted.value(token).split(".").length === 3 ? "a JWT, which lasts five minutes" : "a token"
    return ok("credentials", `TODO_TOKEN is set: ${kind}`)
  }
  const entry = yield* (yield* Credentials).required
  return ok("credentials", `a session of ${entry.user.email}`)
})

const weekMillis = 7 * 24 * 60 * 60 * 1000

/** Tokens for scripts that end soon, which a token for scripts cannot tell. */
const tokenEnd = Effect.gen(function*() {
  const now = yield* Clock.currentTimeMillis
  const soon = (yield* allTokens()).filter(({ expiresAt }) => DateTime.toEpochMillis(expiresAt) - now < weekMillis)
  return soon.length === 0
    ? []
    : [warn("tokens", `${soon.map(({ name }) => name).join(", ")}: a week or less to go`, "todo token create")]
})

/** Whether the service takes what is stored here; and what the account has that differs from this machine. */
export const accountFindings = Effect.fn("accountFindings")(function*() {
  const signedIn = yield* Effect.result(asFailure(signInFinding))
  if (signedIn._tag === "Failure") return [failed("credentials")(signedIn.failure)]
  const user = yield* Effect.result(
    asFailure(Effect.flatMap(ApiClient, ({ users }) => users.me()))
  )
  if (user._tag === "Failure") return [signedIn.success, failed("account")(user.failure)]
  const { email, name } = user.success
  const ends = yield* Effect.orElseSucceed(asFailure(tokenEnd), () => [])
  return [signedIn.success, ok("account", `${name} <${email}>`), yield* zoneFinding, ...ends]
})

const zoneFinding = Effect.gen(function*() {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  const { settings } = yield* ApiClient
  const answer = yield* settings.get({ headers: {} })
  const { timeZone } = answer!.body
  if (timeZone === here) return ok("time zone", here)
  const said = timeZone === null
    ? "your account has none, so that days are those of UTC"
    : `your account is in ${timeZone}`
  return warn("time zone", `This machine is in ${here}, and ${said}`, `todo settings set --time-zone ${here}`)
}).pipe(asFailure, Effect.catch((failure) => Effect.succeed(failed("time zone")(failure))))

/** Whether client and service are of one release, as its answers say. */
export const versionFinding = Effect.gen(function*() {
  const hint = yield* currentUpdateHint
  return hint === undefined
    ? ok("version", `todo ${version}`)
    : warn("version", hint, "`npm install --global` of the tarball of the other release updates the client.")
})
