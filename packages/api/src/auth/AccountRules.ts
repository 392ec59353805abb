import { passwordLength, passwordLimits } from "@todo/domain/auth/Password"
import { APIError, createAuthMiddleware } from "better-auth/api"

const refuse = (code: string, message: string) => new APIError("BAD_REQUEST", { code, message })

/** RFC 5321, 4.5.3.1.3, less the angle brackets. */
const maxAddressLength = 254
const maxNameLength = 100

const checkName = (name: unknown) => {
  if (typeof name !== "string") return
  const length = [...name.trim()].length
  if (length < 1 || length > maxNameLength || /\p{Cc}|\p{Cs}/u.test(name)) {
    throw refuse("INVALID_NAME", `Expected a name of 1 to ${maxNameLength} characters, on one line`)
  }
}

const checkAddress = (address: unknown) => {
  if (typeof address === "string" && address.length > maxAddressLength) {
    throw refuse("INVALID_EMAIL", `An address has at most ${maxAddressLength} characters`)
  }
}

const checkImage = (image: unknown) => {
  if (typeof image === "string" && !(image.length <= 2048 && /^https?:/.test(URL.parse(image)?.protocol ?? ""))) {
    throw refuse("INVALID_IMAGE", "Expected an http or https URL of at most 2048 characters")
  }
}

const checkNewPassword = (password: unknown) => {
  if (typeof password !== "string") return
  const length = passwordLength(password)
  if (length < passwordLimits.min) throw refuse("PASSWORD_TOO_SHORT", "Password too short")
  if (length > passwordLimits.max) throw refuse("PASSWORD_TOO_LONG", "Password too long")
}

/** What this service asks of a request beyond what Better Auth does. */
export const beforeAccountChange = createAuthMiddleware(async ({ body = {}, path }) => {
  checkNewPassword(path === "/sign-up/email" ? body.password : body.newPassword)
  switch (path) {
    case "/sign-up/email":
    case "/update-user":
      checkName(body.name)
      checkAddress(body.email)
      checkImage(body.image)
      return
    case "/change-email":
      return checkAddress(body.newEmail)
    case "/change-password":
      return { context: { body: { revokeOtherSessions: true } } }
    case "/delete-user":
      // Better Auth would do without it for a day after the sign-in.
      if (typeof body.password !== "string" || body.password === "") {
        throw refuse("INVALID_PASSWORD", "The password is needed to delete the account")
      }
  }
})

/**
 * The one refusal of a sign-in where addresses must be confirmed. The right
 * password of an account that has not done so must not look different from a
 * wrong one: who has just signed up with somebody's address would learn whether
 * that made an account.
 */
export const unconfirmedIsWrong = async (path: string, response: Response): Promise<Response> => {
  if (path !== "/api/auth/sign-in/email" || response.ok) return response
  const { code } = await response.clone().json() as { readonly code?: string }
  return code === "EMAIL_NOT_VERIFIED" || code === "INVALID_EMAIL_OR_PASSWORD"
    ? Response.json({
      code: "INVALID_EMAIL_OR_PASSWORD",
      message: "The address or the password is wrong, or the address is not confirmed yet"
    }, { status: 401 })
    : response
}
