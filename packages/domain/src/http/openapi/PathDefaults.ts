import type { OpenApi } from "effect/http-api"
import { originRefused } from "../../auth/AuthProblem.ts"
import type { SharedHeader } from "./Headers.ts"

/** What the document says of all operations below a path, because of what stands in front of them. */
interface PathDefaults {
  /** Answers that no endpoint types, by status. */
  readonly responses: Readonly<Record<string, OpenApi.OpenApiSpecResponse>>
  /** Headers that each answer may have. */
  readonly headers: ReadonlyArray<SharedHeader>
}

const answer = (schema: string, description: string, type = "application/problem+json") =>
  ({
    description,
    content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } }
  }) as unknown as OpenApi.OpenApiSpecResponse

const oauth = (description: string) => answer("DeviceProblem", description, "application/json")

const unavailable = answer("ServiceUnavailable", "The service cannot answer now; the same request may succeed later.")
const wentWrong = "Something went wrong inside; the log says what, under the request's id."
const tooOften = "Too often: try again after `Retry-After` seconds."
const limits: ReadonlyArray<SharedHeader> = ["RateLimit-Policy", "RateLimit"]

const defaults: ReadonlyArray<readonly [prefix: string, PathDefaults]> = [
  ["/api/auth/device", {
    responses: {
      413: oauth("The body is longer than the operation takes."),
      415: oauth("The body is neither a form nor JSON."),
      429: oauth("Too often: `slow_down`. Try again after `Retry-After` seconds."),
      500: answer("InternalError", wentWrong),
      503: oauth("The service cannot answer now: `temporarily_unavailable`.")
    },
    headers: limits
  }],
  ["/api/auth/", {
    responses: {
      403: answer("AuthProblem", originRefused),
      413: answer("BodyTooLarge", "The body is longer than the operation takes."),
      415: answer("UnsupportedMediaType", "The body is of a media type that the operation does not take."),
      429: answer("AuthProblem", tooOften),
      500: answer("InternalError", wentWrong),
      503: unavailable
    },
    headers: limits
  }],
  [
    "/api/v1/",
    {
      responses: {
        429: answer(
          "RateLimited",
          "More of the user's requests wait than may, or there are as many streams of events, or a token for scripts was exchanged too often."
        )
      },
      headers: []
    }
  ],
  // While it starts, every path is 503.
  ["/health/", { responses: { 503: unavailable }, headers: [] }]
]

/** What the document says of the operations of a path beside what their endpoints say. */
export const defaultsOf = (path: string): PathDefaults =>
  defaults.find(([prefix]) => path.startsWith(prefix))?.[1] ?? { responses: {}, headers: [] }
