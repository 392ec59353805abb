import { BlockList, isIP } from "node:net"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"

type Environment = Readonly<Record<string, string | undefined>>

/** A proxy, and the variable that names it. */
export interface Proxy {
  readonly url: URL
  readonly variable: string
}

/** Without the password that may stand in it. */
const nameOf = ({ url, variable }: Proxy): string => `proxy ${url.origin} (${variable})`

const around = "NO_PROXY lists the hosts that are reached without it."

/** There is no way to a proxy. */
export class ProxyError extends Error {
  readonly proxy: Proxy
  /** As the system has it. */
  readonly code: string
  readonly hints: ReadonlyArray<string>

  constructor(proxy: Proxy, cause: Error) {
    super(cause.message, { cause })
    this.proxy = proxy
    this.name = `the ${nameOf(proxy)}`
    this.code = "code" in cause && typeof cause.code === "string" ? cause.code : ""
    this.hints = [`Is ${proxy.variable} right? ${around}`]
  }
}

/** A proxy that answers in the place of the service, which has not been asked. */
export const refusedByProxy = (proxy: Proxy, host: string, status: number): Failure =>
  status === 407
    ? new Failure({
      exitCode: ExitCode.refused,
      code: "proxy_authentication_required",
      message: `The ${nameOf(proxy)} wants a user and a password`,
      status,
      hints: [`Put them into ${proxy.variable}: ${proxy.url.protocol}//user:password@${proxy.url.host}`]
    })
    : new Failure({
      exitCode: status >= 502 && status <= 504 ? ExitCode.unavailable : ExitCode.unexpected,
      code: "proxy_refused",
      message: `The ${nameOf(proxy)} gives no way to ${host}: it answered ${status}`,
      status,
      hints: [around],
      isGeneral: true
    })

const unusable = (variable: string): Failure =>
  new Failure({
    exitCode: ExitCode.usage,
    code: "proxy_unusable",
    message: `${variable} names no proxy of http or https`,
    status: null,
    hints: [`It takes http://host:port. ${around}`],
    isGeneral: true
  })

/** The first of these variables that is set: lower case goes first, as with curl. */
const lookUp = (env: Environment, ...names: ReadonlyArray<string>): readonly [string, string] | undefined => {
  for (const name of names) {
    for (const variable of [name.toLowerCase(), name]) {
      const value = env[variable]?.trim()
      // A web server gives CGI programs a header `Proxy` under this name (CVE-2016-5385).
      const isHeader = variable === "HTTP_PROXY" && env.REQUEST_METHOD !== undefined
      if (value !== undefined && value !== "" && !isHeader) return [variable, value]
    }
  }
  return undefined
}

const isLoopback = (host: string): boolean =>
  host === "localhost" || host.endsWith(".localhost") || host === "::1" || isIP(host) === 4 && host.startsWith("127.")

/** Whether an address is one, or in a range: `10.0.0.0/8`, `10.0.0.1-10.0.0.9`. */
const isInRange = (address: string, range: string): boolean => {
  const family = isIP(address) === 6 ? "ipv6" : "ipv4"
  const list = new BlockList()
  const [, network = "", prefix] = /^(.*)\/(\d+)$/.exec(range) ?? []
  const [, first = "", last] = /^(.*)-(.*)$/.exec(range) ?? []
  try {
    if (prefix !== undefined) list.addSubnet(network, Number(prefix), family)
    else if (last !== undefined) list.addRange(first, last, family)
    else list.addAddress(range, family)
  } catch {
    // Of the other family, or a name.
    return false
  }
  return list.check(address, family)
}

/** Whether an entry of `NO_PROXY` means a host: `*`, a name with all below it, an address or a range; also with a port. */
const isMeant = (entry: string, host: string, port: string): boolean => {
  const [, bracketed, plain = entry, entryPort = port] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d+))?$/.exec(entry) ?? []
  const name = (bracketed ?? plain).toLowerCase()
  if (entryPort !== port) return false
  if (name === "*") return true
  if (isIP(host) !== 0) return isInRange(host, name)
  const domain = name.replace(/^\*?\./, "")
  return domain !== "" && (host === domain || host.endsWith(`.${domain}`))
}

/**
 * The proxy that the environment has for an address, as curl and Node read it: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`
 * and `NO_PROXY`; undefined where there is none. A loopback address is this machine's, and no proxy's. Throws a `Failure`
 * where it is of another kind: what was to go through a proxy does not go around it.
 */
export const proxyFor = (url: URL, env: Environment): Proxy | undefined => {
  const host = url.hostname.replace(/^\[|\]$|\.$/g, "")
  const isSecure = url.protocol === "https:"
  const found = lookUp(env, isSecure ? "HTTPS_PROXY" : "HTTP_PROXY", "ALL_PROXY")
  if (found === undefined || isLoopback(host)) return undefined
  const port = url.port || (isSecure ? "443" : "80")
  const [, exceptions = ""] = lookUp(env, "NO_PROXY") ?? []
  if (exceptions.split(/[\s,]+/).some((entry) => entry !== "" && isMeant(entry, host, port))) return undefined
  const [variable, value] = found
  const text = value.includes("://") ? value : `http://${value}`
  const proxy = URL.canParse(text) ? new URL(text) : undefined
  if (proxy?.protocol !== "http:" && proxy?.protocol !== "https:") throw unusable(variable)
  return { url: proxy, variable }
}
