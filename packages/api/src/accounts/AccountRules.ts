import { isName, maxNameLength } from "@todo/domain/auth/DisplayName"
import { isAddress, maxAddressLength } from "@todo/domain/auth/EmailAddress"
import { passwordLength, passwordLimits } from "@todo/domain/auth/Password"
import { AuthRefusal } from "./AuthRefusal.ts"

const refusal = (code: string, message: string) => new AuthRefusal({ status: 400, code, message })

/** A rule answers why a value is refused, or nothing. */
type Rule<A> = (value: A) => AuthRefusal | undefined

export const checkAddress: Rule<string> = (email) =>
  email.length > maxAddressLength
    ? refusal("INVALID_EMAIL", `An address has at most ${maxAddressLength} characters`)
    : isAddress(email)
    ? undefined
    : refusal("VALIDATION_ERROR", "Invalid email address")

export const checkName: Rule<string> = (name) =>
  isName(name)
    ? undefined
    : refusal("INVALID_NAME", `Expected a name of 1 to ${maxNameLength} characters, on one line`)

export const checkImage: Rule<string | null> = (image) =>
  image === null || /^https?:$/.test(URL.parse(image)?.protocol ?? "")
    ? undefined
    : refusal("INVALID_IMAGE", "Expected an http or https URL of at most 2048 characters")

export const checkNewPassword: Rule<string> = (password) => {
  const length = passwordLength(password)
  if (length < passwordLimits.min) return refusal("PASSWORD_TOO_SHORT", "Password too short")
  return length > passwordLimits.max ? refusal("PASSWORD_TOO_LONG", "Password too long") : undefined
}

/**
 * Refuses a page of a frontend that is none of the origins that may call the service. A path is one of the service's
 * own, but not one that a browser takes for another host's. Either is written in ASCII, as RFC 3986 has it: it ends up
 * in a header.
 */
export const checkPage = (page: string, origins: ReadonlyArray<string>, code: string): AuthRefusal | undefined => {
  const isWritten = /^[\x21-\x7e]+$/.test(page)
  if (isWritten && /^\/(?!\/)[^\\]*$/.test(page)) return undefined
  const url = isWritten ? URL.parse(page) : null
  return url !== null && url.username === "" && url.password === "" && origins.includes(url.origin)
    ? undefined
    : new AuthRefusal({ status: 403, code, message: "Expected a page of an allowed origin, percent-encoded" })
}
