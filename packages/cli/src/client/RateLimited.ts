import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"

/** What the limits of the service are on, by the names of its policies (docs/http.md, "Rate limits"). */
const subjects: Readonly<Record<string, string>> = {
  signin: "signing in from this network",
  guess: "wrong passwords for this account",
  account: "wrong passwords for this account",
  password: "asking for the password",
  signup: "signing up from this network",
  mail: "asking for mails from this network",
  mailbox: "mails to this address",
  device: "signing in with a browser from this network",
  usercode: "codes that were not good",
  token: "commands with this session or token",
  auth: "requests from this network"
}

const units: Readonly<Record<string, string>> = { 1: "second", 60: "minute", 3600: "hour", 86400: "day" }

/** What was too often, as `RateLimit-Policy` has it: `"token";q=120;w=60` (draft-ietf-httpapi-ratelimit-headers). */
const limitOf = (policy: string | undefined): string | undefined => {
  const [, name = "", quota, window = ""] = /^"([^"]+)";q=(\d+);w=(\d+)/.exec(policy ?? "") ?? []
  if (quota === undefined) return undefined
  const unit = units[window]
  return `Too often: ${subjects[name] ?? name}, ${quota} times in ${
    unit === undefined ? `${window} seconds` : `a ${unit}`
  }`
}

const whenOf = (retryAfter: string | undefined): string => {
  if (retryAfter === undefined || !/^\d+$/.test(retryAfter)) return "in a minute"
  const seconds = Number(retryAfter)
  if (seconds > 120) return `in ${Math.ceil(seconds / 60)} minutes`
  return `in ${seconds} ${seconds === 1 ? "second" : "seconds"}`
}

/** The service has limits, and says which one was reached and when there is room again. */
export const rateLimited = (
  problem:
    | { readonly code: string; readonly detail?: string | undefined; readonly title?: string | undefined }
    | undefined,
  headers: Readonly<Record<string, string | undefined>>
): Failure =>
  new Failure({
    exitCode: ExitCode.rateLimited,
    code: problem?.code ?? "rate_limited",
    message: limitOf(headers["ratelimit-policy"]) ?? problem?.detail ?? problem?.title ?? "Too many requests",
    status: 429,
    hints: [`Try again ${whenOf(headers["retry-after"])}.`]
  })
