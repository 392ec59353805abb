import { BodyValues } from "@todo/domain/http/BodyLimit"
import { Context, type JsonSchema, Schema } from "effect"
import type { HttpApiEndpoint } from "effect/http-api"

/** How large a JSON text may be, whatever its bytes. */
export interface JsonSize {
  /** Members of objects and elements of arrays, all together. */
  readonly values: number
  /** How deep objects and arrays stand in one another. */
  readonly depth: number
}

/** Room for what does not belong there, so that each of a few mistakes is named. */
const spare: JsonSize = { values: 20, depth: 2 }
/** How many values an array or object has whose schema does not say it, since more are refused as a limit (409). */
const unsaid = 200
/** How many things of a list are as large as they can be: a list of more has them smaller. */
const largeThings = 100

/** How large a body of this operation may be before anybody looks at what is in it, by its schema. */
export const jsonSizeOf = (endpoint: Pick<HttpApiEndpoint.Top, "payload" | "annotations">): JsonSize => {
  const schemas = [...endpoint.payload.values()].flatMap((payload) => payload.schemas as ReadonlyArray<Schema.Top>)
  const { depth, values } = largest(schemas.map((schema) => {
    const { definitions, schema: root } = Schema.toJsonSchemaDocument(schema)
    return sizeOf(root, definitions)
  }))
  const most = Math.max(values, Context.get(endpoint.annotations, BodyValues))
  return { values: most + spare.values, depth: depth + spare.depth }
}

const nothing: JsonSize = { values: 0, depth: 0 }

const largest = (sizes: ReadonlyArray<JsonSize>): JsonSize => ({
  values: Math.max(0, ...sizes.map(({ values }) => values)),
  depth: Math.max(0, ...sizes.map(({ depth }) => depth))
})

/** Of what has `count` values, none larger than `each`. */
const containing = (count: number, each: JsonSize): JsonSize => ({
  values: count + Math.min(count, largeThings) * each.values,
  depth: 1 + each.depth
})

/** How large what has itself within may be: whoever reads it goes no deeper. */
const recursive: JsonSize = { values: 1000, depth: 64 }

const sizeOf = (schema: JsonSchema.JsonSchema, definitions: JsonSchema.Definitions): JsonSize => {
  const parts = (name: string) => Object.values((schema[name] ?? {}) as Record<string, JsonSchema.JsonSchema>)
  const { $ref, additionalProperties, items, maxItems, maxProperties, type } = schema
  if (typeof $ref === "string") {
    return hasItself($ref, definitions) ? recursive : sizeOf(definitions[nameOf($ref)]!, definitions)
  }
  const sizes = (name: string) => parts(name).map((part) => sizeOf(part, definitions))
  const own = type === "array"
    ? containing(
      typeof maxItems === "number" ? maxItems : unsaid,
      isSchema(items) ? sizeOf(items, definitions) : largest(sizes("prefixItems"))
    )
    : type === "object"
    ? isSchema(additionalProperties)
      ? containing(
        typeof maxProperties === "number" ? maxProperties : unsaid,
        sizeOf(additionalProperties, definitions)
      )
      : members(sizes("properties"))
    : nothing
  return largest([own, ...sizes("anyOf"), ...sizes("oneOf"), ...sizes("allOf")])
}

const nameOf = (reference: string) => reference.slice("#/$defs/".length)

/** Whether a definition refers to itself, by way of others or not. */
const hasItself = (reference: string, definitions: JsonSchema.Definitions): boolean => {
  const seen = new Set<string>()
  const reaches = (from: string): boolean =>
    references(definitions[nameOf(from)]).some((next) => {
      if (next === reference) return true
      if (seen.has(next)) return false
      seen.add(next)
      return reaches(next)
    })
  return reaches(reference)
}

/** What a schema refers to, wherever in it. */
const references = (schema: unknown): ReadonlyArray<string> =>
  Object.entries(isSchema(schema) ? schema : {}).flatMap(([name, part]: [string, unknown]) =>
    name === "$ref" && typeof part === "string" ? [part] : references(part)
  )

const members = (sizes: ReadonlyArray<JsonSize>): JsonSize => ({
  values: sizes.reduce((sum, { values }) => sum + 1 + values, 0),
  depth: 1 + largest(sizes).depth
})

const isSchema = (value: unknown): value is JsonSchema.JsonSchema => typeof value === "object" && value !== null

const quote = 0x22
const backslash = 0x5C

/** How much is in a JSON text, and what of it is more than may be; after that it is not looked at. */
export interface Found {
  readonly values: number
  readonly excess: keyof JsonSize | undefined
}

/**
 * Looks through a JSON text without reading it as JSON: that would make each value, and checking it a complaint of
 * each.
 */
export const lookThrough = (text: string, most: JsonSize): Found => {
  let values = 0
  let level = 0
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case quote:
        for (i++; i < text.length && text.charCodeAt(i) !== quote; i++) {
          if (text.charCodeAt(i) === backslash) i++
        }
        break
      case 0x5B: // [
      case 0x7B: // {
        if (++level > most.depth) return { values, excess: "depth" }
        if (++values > most.values) return { values, excess: "values" }
        break
      case 0x5D: // ]
      case 0x7D: // }
        level--
        break
      case 0x2C: // ,
        if (++values > most.values) return { values, excess: "values" }
    }
  }
  return { values, excess: undefined }
}
