import { Schema } from "effect"
import { Text } from "../http/Text.ts"

/** How many values a task may keep for others. */
export const maxExtra = 50
/** How many bytes they may have together, with their names, in UTF-8. */
export const maxExtraBytes = 16_384

/** How many bytes a text has in UTF-8. */
const bytesOf = (text: string) => {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

type Texts = Readonly<Record<string, string | null>>

const isShort = (extra: Texts) =>
  Object.entries(extra).reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value ?? ""), 0) <= maxExtraBytes
  || `Expected at most ${maxExtraBytes} bytes, with the names`

const isName = Schema.is(Text.check(Schema.isBetweenCodePoints(1, 255)))

// An object of JavaScript cannot have a member of that name.
const areNames = (extra: Texts) =>
  Object.keys(extra).every((name) => isName(name) && name !== "__proto__")
  || "Expected names of 1 to 255 characters, other than __proto__"

/** What it is, and how much of it there may be. */
export const howExtra =
  "What an import or a script keeps with the task: texts by names, at most 50, together of at most 16,384 bytes."
const examples = [{ source: "jira" }]

/** What an import or a script keeps with a new task. */
export const NewExtra = Schema.Record(Schema.String, Text).check(
  Schema.makeFilter(areNames),
  Schema.isMaxProperties(maxExtra, { message: `Expected at most ${maxExtra} texts` }),
  Schema.makeFilter(isShort)
).annotate({ examples })

/** All of it taken away, and as much put there. */
const maxChanges = 2 * maxExtra

/** A merge-patch (RFC 7396) of it. */
export const ExtraPatch = Schema.Record(Schema.String, Schema.NullOr(Text)).check(
  Schema.makeFilter(areNames),
  Schema.isMaxProperties(maxChanges, { message: `Expected at most ${maxChanges} texts` }),
  Schema.makeFilter(isShort)
).annotate({ examples: [{ source: "jira", sprint: null }] })

/** What a task keeps. */
export const Extra = Schema.Record(Schema.String, Schema.String).annotate({
  description: "What an import or a script keeps with the task: texts by names; there may be none.",
  default: {},
  examples
})
