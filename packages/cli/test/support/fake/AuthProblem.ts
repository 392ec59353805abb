import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"

/** A problem document of Better Auth. */
export const authProblem = <const Status extends number>(status: Status, code: string, message: string) => ({
  type: "about:blank",
  title: message,
  status,
  detail: message,
  code,
  message
})

/** The session token that a request carries. */
export const bearer = Effect.map(
  HttpServerRequest.HttpServerRequest,
  ({ headers }) => headers.authorization?.replace(/^Bearer /, "") ?? ""
)
