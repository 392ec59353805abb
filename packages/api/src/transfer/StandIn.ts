import { createHash } from "node:crypto"

/** How many ids are tried for a thing whose own is taken by what was deleted. */
export const mostStandIns = 8

/**
 * The nth id in the place of one that is taken: always the same, so that an import again finds what the one before has made.
 * It is a UUID of version 7 of the same time.
 */
export const standIn = (user: string, id: string, nth: number): string => {
  const hash = createHash("sha256").update(`${user} ${id} ${nth}`).digest("hex")
  const variant = (8 + Number.parseInt(hash[3]!, 16) % 4).toString(16)
  return `${id.slice(0, 13)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(8, 20)}`
}
