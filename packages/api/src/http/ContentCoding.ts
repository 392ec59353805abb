/** The codings that the service has of what it compresses, the best first; `identity` is none. */
export const contentCodings = ["br", "gzip", "identity"] as const
export type ContentCoding = typeof contentCodings[number]

/** A q-value as RFC 9110, 12.4.2, has it; what is none counts as a refusal. */
const weightOf = (parameters: ReadonlyArray<string>): number => {
  const quality = parameters.find((parameter) => /^\s*q\s*=/i.test(parameter))
  if (quality === undefined) return 1
  const value = quality.slice(quality.indexOf("=") + 1).trim()
  return /^(0(\.[0-9]{0,3})?|1(\.0{0,3})?)$/.test(value) ? Number(value) : 0
}

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
