import { problemReference } from "@todo/domain/http/ProblemReference"
import type { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Data, Effect } from "effect"
import { HttpServerRespondable, HttpServerResponse, ProblemDetails } from "effect/http"

/** Why an operation below `/api/auth` is refused, with the members that Better Auth's client library reads. */
export class AuthRefusal extends Data.TaggedError("AuthRefusal")<{
  readonly status: 400 | 401 | 403 | 422
  readonly code: string
  readonly message: string
  readonly errors?: InvalidRequest["errors"]
}> {
  [HttpServerRespondable.symbol]() {
    return Effect.succeed(refusalResponse(this))
  }
}

/** The title of a problem of Better Auth. */
export const authTitle = (code: string): string => problemReference.get(code)?.title ?? "Better Auth refused"

/** The problem document of a refusal. */
export const refusalResponse = (
  { code, errors, message, status }: Pick<AuthRefusal, "code" | "message" | "errors"> & { readonly status: number }
): HttpServerResponse.HttpServerResponse =>
  HttpServerResponse.jsonUnsafe({
    title: authTitle(code),
    status,
    detail: message,
    code,
    message,
    ...(errors === undefined ? {} : { errors })
  }, { status, contentType: ProblemDetails.contentType })

/** There is no live session. */
export const unauthorized = new AuthRefusal({ status: 401, code: "UNAUTHORIZED", message: "Unauthorized" })
