/** A UUID of version 7 (RFC 9562): what is made later is greater, to the millisecond. */
export const newId = (now: number = Date.now()): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  const hex = now.toString(16).padStart(12, "0") + Buffer.from(bytes).toString("hex")
  const variant = (0x8 | Number.parseInt(hex.charAt(15), 16) & 0x3).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(12, 15)}-${variant}${hex.slice(16, 19)}-${
    hex.slice(19, 31)
  }`
}
