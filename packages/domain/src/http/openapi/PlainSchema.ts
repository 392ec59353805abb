import type { JsonSchema } from "effect"

/**
 * A JSON Schema as a person would write it: what the generator spells out for
 * machines (bounds of a safe integer, the pattern of every UUID, unions with
 * null, enumerations of one) goes or gets its short form.
 *
 * Objects are open, since a release may add members to an answer; the closed
 * ones are read off the contract (Rules.ts).
 */
export const plainSchema = (schema: JsonSchema.JsonSchema): JsonSchema.JsonSchema => {
  const entries = Object.entries(withoutNullUnion(withoutAllOf(schema))).flatMap(([key, value]) => {
    if (key === "properties") return [[key, mapValues(value, plainSchema)] as const]
    if (isSchema(value)) return [[key, plainSchema(value)] as const]
    if (key === "anyOf" && Array.isArray(value)) return [[key, value.map(plainSchema)] as const]
    if (key === "enum" && Array.isArray(value) && value.length === 1) return [["const", value[0]] as const]
    return isNoise(key, value, schema) ? [] : [[key, value] as const]
  })
  const plain = Object.fromEntries(entries.toSorted(([a], [b]) => rank(a) - rank(b)))
  return Number.isInteger(plain["const"]) ? { ...plain, type: "integer" } : plain
}

const leading = ["description", "type", "format", "const", "enum", "minLength", "maxLength", "minimum", "maximum"]
const trailing = ["additionalProperties", "default", "examples"]

const rank = (key: string) => leading.includes(key) ? leading.indexOf(key) - leading.length : trailing.indexOf(key) + 1

/** Applies a change to each member of an object of schemas. */
export const mapValues = <A>(record: unknown, change: (schema: JsonSchema.JsonSchema, name: string) => A) =>
  Object.fromEntries(
    Object.entries(record as Record<string, JsonSchema.JsonSchema>).map(([name, value]) => [name, change(value, name)])
  )

const isSchema = (value: unknown): value is JsonSchema.JsonSchema =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isNoise = (key: string, value: unknown, schema: JsonSchema.JsonSchema) =>
  (key === "minimum" && value === Number.MIN_SAFE_INTEGER)
  || (key === "maximum" && value === Number.MAX_SAFE_INTEGER)
  || (key === "pattern" && schema["format"] === "uuid")
  || (key === "additionalProperties" && value === false)

/** What a later check says goes before what the schema said that it checks, such as its description. */
const withoutAllOf = ({ allOf, ...schema }: JsonSchema.JsonSchema): JsonSchema.JsonSchema =>
  Array.isArray(allOf) ? Object.assign({}, schema, ...allOf.map(withoutAllOf)) : schema

const withoutNullUnion = ({ anyOf, ...schema }: JsonSchema.JsonSchema): JsonSchema.JsonSchema => {
  if (!Array.isArray(anyOf)) return schema
  // One of one is it.
  if (anyOf.length === 1) return { ...anyOf[0], ...schema }
  const [member, nothing] = anyOf.map(withoutAllOf)
  return anyOf.length === 2 && nothing?.["type"] === "null" && typeof member?.["type"] === "string"
    ? { ...member, type: [member["type"], "null"], ...nullAmong(member["enum"]), ...schema }
    : { ...schema, anyOf }
}

/** An enumeration has all there is: null, too, where it may be. */
const nullAmong = (values: unknown) => Array.isArray(values) ? { enum: [...values, null] } : {}
