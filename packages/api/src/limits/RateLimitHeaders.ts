import type { Bucket } from "./Buckets.ts"

/** What a bucket answered: whether it gave, what is left, and the seconds until it is full, or gives again. */
export interface Decision {
  readonly allowed: boolean
  readonly remaining: number
  readonly waitSeconds: number
}

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers), one item for each bucket. */
export const rateLimitHeaders = (
  taken: ReadonlyArray<readonly [Bucket, Decision]>
): Record<"ratelimit-policy" | "ratelimit", string> => ({
  "ratelimit-policy": taken.map(([{ policy }]) => `"${policy.name}";q=${policy.quota};w=${policy.window}`).join(", "),
  "ratelimit": taken
    .map(([{ policy }, { remaining, waitSeconds }]) => `"${policy.name}";r=${remaining};t=${waitSeconds}`)
    .join(", ")
})
