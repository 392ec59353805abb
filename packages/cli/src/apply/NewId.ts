import crypto from "node:crypto"

/** A new UUID of version 7 (RFC 9562): the time in milliseconds, and the rest by chance. */
export const newId = <Id extends string>(): Id => {
  const time = Date.now().toString(16).padStart(12, "0")
  const chance = crypto.randomBytes(10).toString("hex")
  const variant = (8 + (Number.parseInt(chance[3]!, 16) % 4)).toString(16)
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${chance.slice(0, 3)}`,
    `${variant}${chance.slice(4, 7)}`,
    chance.slice(7, 19)
  ].join("-") as Id
}
