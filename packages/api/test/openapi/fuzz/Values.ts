import * as fc from "fast-check"
import { type JsonSchema, resolve } from "./Contract.ts"

const long = (length: number) => "x".repeat(length)

/** Text that programs trip over. */
export const oddTexts: ReadonlyArray<string> = [
  "",
  " ",
  "\0",
  "a\0b",
  "a\nb",
  "a\u001b[31mb",
  "\ud800",
  "\udfff\ud800",
  "\ufeff",
  "\u202eabc",
  "e\u0301\ufdfa",
  "💩".repeat(129),
  long(101),
  long(256),
  long(2049),
  long(30_000),
  "null",
  "true",
  "1e1",
  "-1",
  "01",
  "+1",
  "1.0",
  "9007199254740993",
  "__proto__",
  "../../etc/passwd",
  "%00",
  "'; DROP TABLE auth.\"user\"; --",
  "javascript:alert(1)",
  "//evil.test",
  "http://evil.test/x",
  "a@b",
  "a@b.c\r\nBcc: d@e.f",
  `${long(250)}@example.com`,
  "todo_000000000000000000000000000000000000",
  "eyJhbGciOiJub25lIn0.e30."
]

/** What a member of a body may be instead of what it should be. */
export const oddValues: ReadonlyArray<unknown> = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  [],
  {},
  [null],
  [[]],
  ["a\nb"],
  [long(5000)],
  { toString: 1 },
  { length: 5 },
  ...oddTexts
]

const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3000 }) },
  { weight: 1, arbitrary: fc.constantFrom(...oddTexts) }
)

const textOf = ({ format, maxLength = 40, minLength = 0 }: {
  readonly format?: string
  readonly maxLength?: number
  readonly minLength?: number
}): fc.Arbitrary<string> => {
  switch (format) {
    case "uuid":
      return fc.uuid()
    case "email":
      return fc.oneof(fc.uuid().map((id) => `${id}@example.com`), fc.emailAddress())
    case "date-time":
      return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
    default:
      return fc.string({ unit: "grapheme", minLength, maxLength: Math.min(maxLength, 300) })
  }
}

const typed = (type: unknown, schema: JsonSchema, depth: number): fc.Arbitrary<unknown> => {
  switch (type) {
    case "null":
      return fc.constant(null)
    case "boolean":
      return fc.boolean()
    case "integer":
    case "number": {
      const { maximum = 2 ** 31, minimum = -(2 ** 31) } = schema as {
        readonly maximum?: number
        readonly minimum?: number
      }
      return fc.integer({ min: minimum, max: maximum })
    }
    case "array": {
      const { items = {}, maxItems = 3, minItems = 0 } = schema as {
        readonly items?: JsonSchema
        readonly maxItems?: number
        readonly minItems?: number
      }
      return fc.array(valueOf(items, depth + 1), { minLength: minItems, maxLength: Math.min(maxItems, 5) })
    }
    case "object": {
      const { properties = {}, required = [] } = schema as {
        readonly properties?: Record<string, JsonSchema>
        readonly required?: ReadonlyArray<string>
      }
      return fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, valueOf(member, depth + 1)])),
        { requiredKeys: [...required] }
      )
    }
    case "string":
      return textOf(schema)
    default:
      return text
  }
}

/** How deep values are where a schema is of itself: below, they are of the first alternative, which is a plain one. */
const deepest = 6

/** Values as a schema of the document wants them: its examples, and others. */
export const valueOf = (reference: JsonSchema, depth = 0): fc.Arbitrary<unknown> => {
  const schema = resolve(reference)
  const { anyOf, enum: words, examples = [], type } = schema as {
    readonly anyOf?: ReadonlyArray<JsonSchema>
    readonly enum?: ReadonlyArray<unknown>
    readonly examples?: ReadonlyArray<unknown>
    readonly type?: string | ReadonlyArray<string>
  }
  if ("const" in schema) return fc.constant(schema["const"])
  if (words !== undefined) return fc.constantFrom(...words)
  const made = anyOf !== undefined
    ? fc.oneof(...(depth > deepest ? anyOf.slice(0, 1) : anyOf).map((schema) => valueOf(schema, depth + 1)))
    : fc.oneof(...[type].flat().map((each) => typed(each, schema, depth)))
  return examples.length === 0 ? made : fc.oneof(fc.constantFrom(...examples), made)
}

/** Any text, the odd one among it. */
export const anyText = text

/** Anything that JSON can say. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...oddValues) },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }
)
