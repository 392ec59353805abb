import { type JsonSchema, Schema } from "effect"

/**
 * The JSON Schema of what a schema accepts, as its own rules say it. The
 * generator looks at the wire side, before a title is trimmed and a limit is
 * read as a number, and so does not see these rules.
 */
export const definition = (schema: Schema.Top): JsonSchema.JsonSchema => {
  const { definitions, schema: root } = Schema.toJsonSchemaDocument(Schema.toType(schema))
  const { $ref } = root
  return named(typeof $ref === "string" ? definitions[nameOf($ref)] ?? root : root, definitions)
}

const nameOf = (reference: string) => reference.slice("#/$defs/".length)

/** A schema whose parts are components of the document, or spelt out: parts of what has itself within have no name of ours. */
const named = (schema: JsonSchema.JsonSchema, definitions: JsonSchema.Definitions): JsonSchema.JsonSchema =>
  JSON.parse(
    JSON.stringify(schema, (_key, part: unknown) =>
      isNameless(part) ? named(definitions[nameOf(part.$ref)]!, definitions) : part)
  ) as JsonSchema.JsonSchema

const isNameless = (part: unknown): part is { readonly $ref: string } =>
  typeof part === "object" && part !== null && "$ref" in part && typeof part.$ref === "string" &&
  part.$ref.endsWith("_")
