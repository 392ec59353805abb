import type { NetConnectOpts } from "node:net"
import { userInfo } from "node:os"

/** Of a URL such as `postgres://user:password@/database?host=/run/postgresql`, which libpq takes and URLs are not. */
const withoutHost = /^(postgres(?:ql)?:\/\/[^/?#]*@)(?=\/|\?|$)/

/** A connection URI of PostgreSQL; undefined where it is none. The parameters `host`, `port` and `user` go before its authority. */
export const parsePostgresUrl = (text: string): URL | undefined => {
  const url = URL.parse(text.replace(withoutHost, "$1localhost"))
  return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && isDecodable(url) ? url : undefined
}

const isDecodable = ({ hostname, password, pathname, username }: URL) => {
  try {
    for (const part of [hostname, username, password, pathname]) decodeURIComponent(part)
    return true
  } catch {
    return false
  }
}

/** Where the PostgreSQL of this URL listens: a host, or a socket in a folder. */
export const addressOf = ({ hostname, port, searchParams }: URL): NetConnectOpts => {
  const host = searchParams.get("host") ?? (decodeURIComponent(hostname).replace(/^\[(.*)\]$/, "$1") || "localhost")
  const number = searchParams.get("port") ?? (port || "5432")
  return host.startsWith("/") ? { path: `${host}/.s.PGSQL.${number}` } : {
    host,
    port: Number(number),
    noDelay: true,
    // Finds out that an idle connection is dead, behind a NAT or a proxy that has forgotten it.
    keepAlive: true,
    keepAliveInitialDelay: 30_000
  }
}

/** The same in words. */
export const placeOf = (url: URL): string => {
  const address = addressOf(url)
  return "path" in address ? address.path : `${address.host}:${address.port}`
}

/** The role that a URL signs in as: by default whoever runs the process. */
export const roleOf = ({ searchParams, username }: URL): string =>
  searchParams.get("user") ?? (decodeURIComponent(username) || process.env["USER"] || userInfo().username)

/** The database of a URL: by default that of the role's name. */
export const databaseOf = (url: URL): string =>
  url.searchParams.get("dbname") ?? (decodeURIComponent(url.pathname.slice(1)) || roleOf(url))
