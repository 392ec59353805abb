import type { OpenApi } from "effect/http-api"
import type { SharedHeader } from "./Headers.ts"

/** What the document says of all operations below a path, because of what stands in front of them. */
interface Surroundings {
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

const tooOften = "Too often: try again after `Retry-After` seconds."
const limits: ReadonlyArray<SharedHeader> = ["RateLimit-Policy", "RateLimit"]

const places: ReadonlyArray<readonly [prefix: string, Surroundings]> = [
  ["/api/auth/device", {
    responses: {
      413: oauth("The body is longer than the operation takes."),
      415: oauth("The body is neither a form nor JSON."),
      429: oauth("Too often: `slow_down`. Try again after `Retry-After` seconds."),
      503: oauth("The service cannot answer now: `temporarily_unavailable`.")
    },
    headers: limits
  }],
  ["/api/auth/", {
    responses: {
      429: answer("AuthProblem", tooOften),
      503: answer("ServiceUnavailable", "The service cannot answer now; the same request may succeed later.")
    },
    headers: limits
  }],
  ["/api/v1/", {
    responses: {
      429: answer(
        "Problem",
        "More of the user's requests wait than may, or a token for scripts was exchanged too often."
      )
    },
    headers: []
  }]
]

/** What stands in front of the operations of a path. */
export const surroundingsOf = (path: string): Surroundings =>
  places.find(([prefix]) => path.startsWith(prefix))?.[1] ?? { responses: {}, headers: [] }
