import { createHash, createHmac, randomBytes } from "node:crypto"
import { crc32 } from "node:zlib"

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
const prefix = "todo_"
const randomLength = 30
const combinations = 62n ** BigInt(randomLength)
const checksumLength = 6

/** The CRC-32 of the rest in six characters of base 62, as GitHub's tokens have it: a scanner can tell a secret from a look-alike. */
const checksum = (text: string): string => {
  let value = crc32(text)
  let digits = ""
  while (digits.length < checksumLength) {
    digits = alphabet[value % alphabet.length]! + digits
    value = Math.floor(value / alphabet.length)
  }
  return digits
}

/** A secret of 256 random bits, of which it keeps 178: so many more that none of them is likelier than another. */
const secretOf = (bits: Buffer): string => {
  let value = BigInt(`0x${bits.toString("hex")}`) % combinations
  let random = ""
  while (random.length < randomLength) {
    random += alphabet[Number(value % 62n)]
    value /= 62n
  }
  return prefix + random + checksum(prefix + random)
}

/** A new secret. */
export const makeSecret = (): string => secretOf(randomBytes(32))

/**
 * The secret of a token that was made with an `Idempotency-Key`: the same each
 * time, as random as the service's own secret to whoever does not have that.
 */
export const rederivableSecret = (serviceSecret: string, tokenId: string, key: string): string =>
  secretOf(createHmac("sha256", serviceSecret).update(`todo script token ${tokenId} ${key}`).digest())

/** Whether it may be one of our secrets: the right shape and checksum. The database is not asked about anything else. */
export const isSecret = (text: string): boolean =>
  /^todo_[0-9A-Za-z]{36}$/.test(text) && checksum(text.slice(0, -checksumLength)) === text.slice(-checksumLength)

/** Whether it means to be one of our secrets. */
export const looksLikeSecret = (text: string): boolean => text.startsWith(prefix)

/** What is stored. A fast hash is enough: nobody guesses 178 bits. */
export const hashSecret = (secret: string): Buffer => createHash("sha256").update(secret).digest()
