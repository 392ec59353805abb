import { Result, Schema } from "effect"
import { Text } from "../http/Text.ts"
import { nearestTimeZones } from "./NearestTimeZones.ts"
import { Unprocessable } from "./Unprocessable.ts"

const shape = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/

/**
 * The name of a time zone, such as `Europe/Berlin`, as it was written. Whether there is one of that name is another
 * question, which `timeZoneNamed` answers where zones are computed: who reads an answer may not know the zone.
 */
export const TimeZoneName = Text.check(
  Schema.isMaxLength(64, { message: "Expected the name of a time zone, such as Europe/Berlin" })
).pipe(Schema.brand("TimeZoneName")).annotate({
  identifier: "TimeZone",
  description: "The name of a time zone, as IANA has it.",
  examples: ["Europe/Berlin" as never]
})
export type TimeZoneName = typeof TimeZoneName.Type

/**
 * Names that engines take for the sake of old Java, and that IANA does not have. They are traps: `BST` is Bangladesh there.
 * Real ones of three letters (`EST`, `CET`, `PRC`) are not among them.
 */
const ofOldJava = new Set(
  "ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST".split(" ")
)

/** Names in any case, by their spelling. */
let spellings: ReadonlyMap<string, string> | undefined

/** What is known of names by now, right and wrong: to ask the engine is some 100 µs. */
const known = new Map<string, string | undefined>()
const mostKnown = 2_000

const lookUp = (text: string): string | undefined => {
  if (!shape.test(text) || ofOldJava.has(text.toUpperCase()) || /^systemv\//i.test(text)) return undefined
  try {
    Intl.DateTimeFormat("en-US", { timeZone: text })
  } catch {
    return undefined
  }
  spellings ??= new Map(Intl.supportedValuesOf("timeZone").map((name) => [name.toLowerCase(), name]))
  return spellings.get(text.toLowerCase()) ?? text
}

/** The zone that a text names, in any case; none where there is no such zone. */
export const zoneNamed = (text: string): TimeZoneName | undefined => {
  if (!known.has(text)) {
    if (known.size >= mostKnown) known.clear()
    known.set(text, lookUp(text))
  }
  return known.get(text) as TimeZoneName | undefined
}

/**
 * The zone that a text names, in any case. An alias stays what it is (`Asia/Kathmandu`). Offsets and abbreviations are no
 * zones: `nearest` has the names that may be meant.
 */
export const timeZoneNamed = (
  text: string,
  path: ReadonlyArray<string | number>
): Result.Result<TimeZoneName, Unprocessable> => {
  const name = zoneNamed(text)
  if (name !== undefined) return Result.succeed(name)
  const nearest = nearestTimeZones(text)
  return Result.fail(
    new Unprocessable({
      code: "unknown_time_zone",
      path,
      message: `There is no time zone of this name; did you mean ${nearest.join(" or ")}?`,
      nearest
    })
  )
}
