import { Effect, Option, Redacted } from "effect"
import * as Clock from "effect/Clock"
import { createHmac, timingSafeEqual } from "node:crypto"
import { Secret } from "../Secret.ts"

/** What a code of a mail allows, once and for an hour: each is good for the user's credentials as they were. */
export interface MailCode {
  readonly purpose: "reset-password" | "confirm-address" | "change-address"
  readonly userId: string
  /** The count of the user's credentials when the mail was written. */
  readonly credentials: number
  /** With `change-address`: the address to take. */
  readonly newAddress?: string
}

const lifeSeconds = 3600
const purposes = ["reset-password", "confirm-address", "change-address"] as const
const macLength = 18
/** Purpose, user, count and end. */
const headLength = 1 + 16 + 4 + 4

/**
 * Makes and reads codes that say themselves what they are good for, signed with the service's secret. Nothing is
 * stored: the statement that uses one compares the count, which moves with the password and the address, so that a code
 * is good once, and none outlives what it was made for.
 */
export const makeMailCodes = Effect.gen(function*() {
  const key = createHmac("sha256", Redacted.value(yield* Secret)).update("todo mail codes").digest()
  const clock = yield* Clock.Clock
  const macOf = (body: Buffer) => createHmac("sha256", key).update(body).digest().subarray(0, macLength)

  const seal = ({ credentials, newAddress = "", purpose, userId }: MailCode): string => {
    const body = Buffer.concat([
      Buffer.from([purposes.indexOf(purpose)]),
      Buffer.from(userId.replaceAll("-", ""), "hex"),
      Buffer.alloc(8),
      Buffer.from(newAddress)
    ])
    body.writeUInt32BE(credentials, 17)
    body.writeUInt32BE(Math.floor(clock.currentTimeMillisUnsafe() / 1000) + lifeSeconds, 21)
    return Buffer.concat([macOf(body), body]).toString("base64url")
  }

  /** None where it is no code of ours for one of these purposes, or is too old. */
  const open = (code: string, ...allowed: ReadonlyArray<MailCode["purpose"]>): Option.Option<MailCode> => {
    const bytes = Buffer.from(code, "base64url")
    // One spelling only: Buffer takes more.
    if (bytes.length < macLength + headLength || bytes.toString("base64url") !== code) return Option.none()
    const body = bytes.subarray(macLength)
    if (!timingSafeEqual(macOf(body), bytes.subarray(0, macLength))) return Option.none()
    const purpose = purposes[body[0]!]!
    const isLate = body.readUInt32BE(21) * 1000 <= clock.currentTimeMillisUnsafe()
    if (isLate || !allowed.includes(purpose)) return Option.none()
    const userId = body.toString("hex", 1, 17).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")
    const newAddress = body.toString("utf8", headLength)
    return Option.some({
      purpose,
      userId,
      credentials: body.readUInt32BE(17),
      ...(newAddress === "" ? {} : { newAddress })
    })
  }

  return { seal, open }
})
