import { weightOf } from "./QualityValue.ts"

/** The codings that the service has of what it compresses, the best first; `identity` is none. */
export const contentCodings = ["br", "gzip", "identity"] as const
export type ContentCoding = typeof contentCodings[number]

/**
 * The coding that a request's `Accept-Encoding` likes best (RFC 9110, 12.5.3). Without the header it is `identity`, and
 * where all are refused too: an answer that may be read is better than none.
 */
export const preferredCoding = (acceptEncoding: string | undefined): ContentCoding => {
  if (acceptEncoding === undefined) return "identity"
  const weights = new Map(
    acceptEncoding.split(",").map((element) => {
      const [name, ...parameters] = element.split(";")
      const coding = name!.trim().toLowerCase()
      return [coding === "x-gzip" ? "gzip" : coding, weightOf(parameters)]
    })
  )
  let preferred: ContentCoding = "identity"
  let most = 0
  for (const coding of contentCodings) {
    // Bare bytes are always acceptable unless they are refused, but who names a coding would rather have that.
    const weight = weights.get(coding) ?? weights.get("*") ?? (coding === "identity" ? Number.MIN_VALUE : 0)
    if (weight > most) [preferred, most] = [coding, weight]
  }
  return preferred
}
