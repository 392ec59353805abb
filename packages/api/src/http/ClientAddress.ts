import { Option } from "effect"
import type { HttpServerRequest } from "effect/http"
import { isIP } from "node:net"
import { makeProxies } from "../AddressRange.ts"

/** The address in one spelling: IPv4 also where IPv6 carries it, no zone; undefined when it is none. */
export const normalAddress = (text: string): string | undefined => {
  const address = text.split("%", 1)[0]!
  const family = isIP(address)
  if (family !== 6) return family === 4 ? address : undefined
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(canonical)
  if (mapped === null) return canonical
  const [high, low] = [parseInt(mapped[1]!, 16), parseInt(mapped[2]!, 16)]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

/** An entry of `X-Forwarded-For`, which some proxies write with a port. */
const forwardedAddress = (entry: string) =>
  normalAddress(/^\[([^\]]*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry)

/**
 * The client's address: the socket's, or, where that is a trusted proxy's, the
 * right-most of `X-Forwarded-For` that is not. What stands left of it the
 * client may have written itself. Empty when the socket has none.
 */
export const clientAddress = (
  isProxy: (address: string) => boolean,
  peer: string | undefined,
  forwardedFor: string | undefined
): string => {
  let client = normalAddress(peer ?? "")
  if (client === undefined) return ""
  const hops = (forwardedFor ?? "").split(",").map((entry) => entry.trim())
  while (isProxy(client)) {
    const next = forwardedAddress(hops.pop() ?? "")
    if (next === undefined) break
    client = next
  }
  return client
}

/** Reads the client's address off requests, which may come through proxies in these ranges. */
export const makeClientAddress = (ranges: ReadonlyArray<string>) => {
  const isProxy = makeProxies(ranges)
  return ({ headers, remoteAddress }: HttpServerRequest.HttpServerRequest): string =>
    clientAddress(isProxy, Option.getOrUndefined(remoteAddress), headers["x-forwarded-for"])
}

/** The groups of an IPv6 address, one by one. */
const groupsOf = (address: string) => {
  const [left = "", right] = address.split("::")
  const groups = left === "" ? [] : left.split(":")
  const tail = right === undefined || right === "" ? [] : right.split(":")
  const zeros = right === undefined ? [] : Array.from({ length: 8 - groups.length - tail.length }, () => "0")
  return [...groups, ...zeros, ...tail]
}

/** What stands for a client where clients are counted: an IPv4 address, or the /64 of an IPv6 one, which is one site. */
export const networkOf = (address: string): string =>
  address.includes(":") ? `${groupsOf(address).slice(0, 4).join(":")}::/64` : address

/**
 * What one customer of a provider has at most where clients take turns: the /24 of an IPv4 address, the /48 of an IPv6
 * one, with 65,536 of the /64 that count as a client each.
 */
export const blockOf = (address: string): string =>
  address.includes(":")
    ? `${groupsOf(address).slice(0, 3).join(":")}::/48`
    : address.replace(/\.\d+$/, ".0/24")
