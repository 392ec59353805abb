import { Option, Schema } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { ProxyError } from "./Proxy.ts"

/** The service is away: worth a retry. */
export const unavailable = (code: string, message: string, status: number | null, cause?: unknown): Failure =>
  new Failure({
    exitCode: ExitCode.unavailable,
    code,
    message,
    status,
    hints: status === null
      ? ["Is it running? `npm start` in the service's repository starts it; TODO_API_URL names another address."]
      : ["Try again in a moment."],
    cause
  })

/** The service took too long; the answer, if one comes, is not waited for. */
export const timedOut = (apiUrl: string, seconds: number): Failure =>
  unavailable("timeout", `${apiUrl} did not answer within ${seconds} s`, null)

/** What has to be mended before it can work: trying again is no use, nor is asking whether the service runs. */
const mistake = (code: string, message: string, hints: ReadonlyArray<string>, cause: unknown): Failure =>
  new Failure({ exitCode: ExitCode.unexpected, code, message, status: null, hints, isGeneral: true, cause })

/** Why there is no connection, by the code of the system. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name could not be looked up",
  ETIMEDOUT: "it does not answer",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no network"
}

/** Codes of the system, `ECONNREFUSED` and `EAI_AGAIN`, but not those of TLS and of Node's own complaints. */
const isNetworkCode = (code: string): boolean => /^E(?:AI_)?[A-Z0-9]+$/.test(code) && code !== "EPROTO"

const untrustedCodes = new Set([
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE"
])

/** What was not reached, and why. */
interface Trouble {
  /** The service's address, or the proxy's. */
  readonly address: string
  readonly name: string
  readonly code: string
  readonly cause: unknown
}

const messageOf = (cause: unknown): string => cause instanceof Error && cause.message !== "" ? cause.message : ""

/** So many names of a certificate are told; more would not help anybody. */
const mostHosts = 5

const Certified = Schema.Struct({ cert: Schema.Struct({ subjectaltname: Schema.String }) })

/** Whom a certificate is for, as it says itself: `DNS:localhost, IP Address:127.0.0.1`. */
const hostsOf = (cause: unknown): ReadonlyArray<string> =>
  Option.match(Schema.decodeUnknownOption(Certified)(cause), {
    onNone: () => [],
    onSome: ({ cert }) => cert.subjectaltname.split(", ").map((name) => name.replace(/^[^:]*:/, "")).slice(0, mostHosts)
  })

const certificateFailure = ({ cause, code, name }: Trouble): Failure | undefined => {
  if (untrustedCodes.has(code)) {
    return mistake("certificate_untrusted", `The certificate of ${name} is signed by nobody who is trusted here`, [
      "NODE_EXTRA_CA_CERTS names a file (PEM) with the authority that signed it, if you trust that;",
      "NODE_USE_SYSTEM_CA=1 trusts those of this machine (Node 22.19, 24.6)."
    ], cause)
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    const state = code === "CERT_HAS_EXPIRED" ? "has expired" : "is not valid yet"
    return mistake("certificate_expired", `The certificate of ${name} ${state}`, [
      "If the clock of this machine is right, whoever runs it has to renew the certificate."
    ], cause)
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    const hosts = hostsOf(cause)
    return mistake("certificate_of_another_host", `The certificate of ${name} is for another host`, [
      hosts.length === 0
        ? "Check its address."
        : `It is for ${hosts.join(", ")}. Check the address.`
    ], cause)
  }
  return undefined
}

/** TLS that did not come about. OpenSSL's own words are the fourth part of what it says. */
const tlsFailure = ({ address, cause, code, name }: Trouble): Failure | undefined => {
  if (code !== "EPROTO" && !code.startsWith("ERR_SSL_")) return undefined
  const [, reason = code] = /:SSL routines:[^:]*:([^:]+):/.exec(messageOf(cause)) ?? []
  return /wrong.version.number|packet.length.too.long/i.test(reason)
    ? mistake("not_https", `${name} does not speak https`, [`Try ${address.replace(/^https/, "http")}.`], cause)
    : mistake("tls_failed", `${name} and this machine find no common TLS: ${reason.replaceAll("_", " ")}`, [
      "Check its address, and what stands in between."
    ], cause)
}

/** The address is that of a port where https is spoken. */
export const speaksHttps = (address: string, cause?: unknown): Failure =>
  mistake("not_http", `${address} speaks https`, [`Try ${address.replace(/^http:/, "https:")}.`], cause)

const tlsAlert = 0x15

/** An answer that is no HTTP at all: of a mail server, or one of TLS, which begins with an alert. */
const parseFailure = ({ address, cause, code, name }: Trouble): Failure | undefined => {
  if (!code.startsWith("HPE_")) return undefined
  const packet = cause instanceof Error && "rawPacket" in cause ? cause.rawPacket : undefined
  return packet instanceof Uint8Array && packet[0] === tlsAlert
    ? speaksHttps(address, cause)
    : mistake("unexpected_answer", `The answer of ${name} is not HTTP`, [
      "Check the address in --api-url or TODO_API_URL."
    ], cause)
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : ""

/** Whether it cannot go better the next time, because of an address, a certificate or a setting. */
export const isMistake = (cause: unknown): boolean => {
  const code = codeOf(cause)
  return cause instanceof Failure || code !== "" && !isNetworkCode(code)
}

const troubleOf = (cause: unknown, apiUrl: string): Trouble => {
  const code = codeOf(cause)
  return cause instanceof ProxyError
    ? { address: cause.proxy.url.origin, name: cause.name, code, cause: cause.cause }
    : { address: apiUrl, name: apiUrl, code, cause }
}

/** Tells why no answer came, from what Node says of it. */
export const connectionFailure = (cause: unknown, apiUrl: string): Failure => {
  if (cause instanceof Failure) return cause
  const trouble = troubleOf(cause, apiUrl)
  if (!isMistake(cause)) {
    const reason = reasons[trouble.code] ?? (messageOf(trouble.cause) || trouble.code || "no connection")
    const failure = unavailable("unreachable", `Cannot reach ${trouble.name}: ${reason}`, null, cause)
    return cause instanceof ProxyError
      ? new Failure({ ...failure, message: failure.message, hints: cause.hints })
      : failure
  }
  return certificateFailure(trouble) ?? tlsFailure(trouble) ?? parseFailure(trouble) ??
    mistake("request_failed", `The request to ${trouble.name} failed: ${messageOf(trouble.cause) || trouble.code}`, [
      "TODO_DEBUG=1 shows more."
    ], cause)
}
