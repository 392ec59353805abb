import type * as Http from "node:http"
import { createRequire } from "node:module"
import { isIP } from "node:net"
import type { Duplex } from "node:stream"
import type * as Tls from "node:tls"
import { type Proxy, ProxyError, refusedByProxy } from "./Proxy.ts"

// As in NodeFetch.ts; and TLS is loaded only where it is spoken.
const require = createRequire(import.meta.url)

/** How a request gets to the service: what node:http takes beside its address. */
export interface Route {
  readonly options: Http.RequestOptions
  /** The one that takes the request, and may answer itself. */
  readonly proxy?: Proxy
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "")

/** The name to verify a certificate by; addresses have none (RFC 6066, 3). */
const serverNameOf = (url: URL): string => isIP(hostOf(url)) === 0 ? hostOf(url) : ""

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const authorization = ({ url: { password, username } }: Proxy): Http.OutgoingHttpHeaders =>
  username === "" && password === "" ? {} : {
    "proxy-authorization": `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString("base64")}`
  }

const optionsOf = (proxy: Proxy, path: string, host: string): Http.RequestOptions => ({
  agent: false,
  protocol: proxy.url.protocol,
  hostname: hostOf(proxy.url),
  port: proxy.url.port,
  path,
  ...(proxy.url.protocol === "https:" ? { servername: serverNameOf(proxy.url) } : {}),
  headers: { host, ...authorization(proxy) }
})

/** A connection to a host through a proxy, which sees nothing of what is said on it (RFC 9110, 9.3.6). */
const tunnel = (proxy: Proxy, url: URL, signal: AbortSignal | undefined): Promise<Duplex> => {
  const { request }: typeof Http = require(proxy.url.protocol === "https:" ? "node:https" : "node:http")
  const authority = `${url.hostname}:${url.port || 443}`
  return new Promise((resolve, reject) => {
    request({
      ...optionsOf(proxy, authority, authority),
      method: "CONNECT",
      ...(signal === undefined ? {} : { signal })
    }).on("connect", ({ statusCode = 0 }, socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head)
        resolve(socket)
      } else {
        socket.destroy()
        reject(refusedByProxy(proxy, url.host, statusCode))
      }
    }).on("error", (error) => reject(new ProxyError(proxy, error))).end()
  })
}

/** The way through a proxy: a tunnel for https; http is asked of the proxy itself. */
export const routeThrough = async (proxy: Proxy, url: URL, signal: AbortSignal | undefined): Promise<Route> => {
  if (url.protocol === "http:") return { proxy, options: optionsOf(proxy, url.href, url.host) }
  const socket = await tunnel(proxy, url, signal)
  const { connect }: typeof Tls = require("node:tls")
  return {
    options: {
      protocol: url.protocol,
      createConnection: () => connect({ socket, host: hostOf(url), servername: serverNameOf(url) })
    }
  }
}
