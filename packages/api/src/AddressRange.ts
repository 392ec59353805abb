import { BlockList, isIP, isIPv4 } from "node:net"

/** Splits `10.0.0.0/8`; a plain address has no prefix. */
const parseRange = (text: string) => {
  const [address = "", prefix, ...rest] = text.split("/")
  const family = isIP(address)
  const bits = prefix === undefined ? undefined : Number(prefix)
  const valid = family !== 0 && !address.includes("%") && rest.length === 0
    && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128)))
  return valid ? { address, bits, family: family === 4 ? "ipv4" as const : "ipv6" as const } : undefined
}

/** Whether the text is an IP address or a CIDR range. */
export const isAddressRange = (text: string): boolean => parseRange(text) !== undefined

/** Decides whether an address, as `normalAddress` writes it, is in one of the ranges. */
export const makeProxies = (ranges: ReadonlyArray<string>): (address: string) => boolean => {
  const list = new BlockList()
  for (const range of ranges) {
    const { address, bits, family } = parseRange(range)!
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, bits, family)
  }
  return (address) => list.check(address, isIPv4(address) ? "ipv4" : "ipv6")
}
