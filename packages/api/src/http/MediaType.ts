import { weightOf } from "./QualityValue.ts"

/** No browser's header is longer; of another only so much is looked at. */
const longestHeader = 1000

/**
 * Which of these media types a request's `Accept` likes best (RFC 9110, 12.5.1); the first where it likes several
 * equally, or none of them, or is absent.
 */
export const preferredMediaType = <const Type extends string>(
  accept: string | undefined,
  offered: readonly [Type, ...ReadonlyArray<Type>]
): Type => {
  const weights = new Map(
    (accept ?? "").slice(0, longestHeader).split(",").map((element) => {
      const [name, ...parameters] = element.split(";")
      return [name!.trim().toLowerCase(), weightOf(parameters)]
    })
  )
  let preferred = offered[0]
  let most = 0
  for (const type of offered) {
    // The narrowest range counts.
    const weight = weights.get(type) ?? weights.get(type.replace(/\/.*/, "/*")) ?? weights.get("*/*") ?? 0
    if (weight > most) [preferred, most] = [type, weight]
  }
  return preferred
}

/** Whether a request would rather have a page than JSON, as a browser would that somebody has given an address to. */
export const prefersPage = (accept: string | undefined): boolean =>
  accept !== undefined && preferredMediaType(accept, ["application/json", "text/html"]) === "text/html"
