import { HttpServerResponse } from "effect/http"
import { randomUUID } from "node:crypto"
import { refusalResponse } from "./AuthRefusal.ts"

type Response = HttpServerResponse.HttpServerResponse

/** The JSON of an answer. */
const jsonOf = ({ body }: Response): Record<string, unknown> =>
  body._tag === "Uint8Array" ? JSON.parse(new TextDecoder().decode(body.body)) as Record<string, unknown> : {}

const withJson = (response: Response, value: unknown): Response =>
  HttpServerResponse.setBody(response, HttpServerResponse.jsonUnsafe(value).body)

/**
 * What a sign-up answers where addresses must be confirmed: made of the request alone, and so the same whether the
 * address was free. What else Better Auth answers is a refusal of the request itself, and says nothing of an address.
 */
export const sameForAll = (
  response: Response,
  { email, image = null, name }: { readonly email: string; readonly image?: string | null; readonly name: string }
): Response => {
  if (response.status !== 200 && response.status !== 422) return response
  const now = new Date().toISOString()
  const user = {
    name,
    email: email.toLowerCase(),
    emailVerified: false,
    image,
    createdAt: now,
    updatedAt: now,
    id: randomUUID()
  }
  return HttpServerResponse.jsonUnsafe({ token: null, user })
}

/** Of two sign-ups at once the second meets the unique index. Nothing else gets so far and is refused there. */
export const alreadyThere = (response: Response): Response =>
  response.status === 422 && jsonOf(response)["code"] === "FAILED_TO_CREATE_USER"
    ? refusalResponse({
      status: 422,
      code: "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL",
      message: "User already exists. Use another email."
    })
    : response

/**
 * The one refusal of a sign-in where addresses must be confirmed. The right
 * password of an account that has not done so must not look different from a
 * wrong one: who has just signed up with somebody's address would learn whether
 * that made an account.
 */
export const unconfirmedIsWrong = (response: Response): Response => {
  if (response.status < 400) return response
  const { code } = jsonOf(response)
  return code === "EMAIL_NOT_VERIFIED" || code === "INVALID_EMAIL_OR_PASSWORD"
    ? refusalResponse({
      status: 401,
      code: "INVALID_EMAIL_OR_PASSWORD",
      message: "The address or the password is wrong, or the address is not confirmed yet"
    })
    : response
}

/** A session without its token, which is as good as a password to any script of a page that may ask. */
export const withoutToken = (response: Response): Response => {
  const answered = response.status === 200 ? jsonOf(response) : null
  if (answered === null) return response
  const { session, user } = answered as { readonly session: Record<string, unknown>; readonly user: unknown }
  const { token: _, ...kept } = session
  return withJson(response, { session: kept, user })
}
