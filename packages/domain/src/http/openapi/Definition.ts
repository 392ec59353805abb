import { type JsonSchema, Schema } from "effect"

/**
 * The JSON Schema of what a schema accepts, as its own rules say it. The
 * generator looks at the wire side, before a title is trimmed and a limit is
 * read as a number, and so does not see these rules.
 */
export const definition = (schema: Schema.Top): JsonSchema.JsonSchema => {
  const { definitions, schema: root } = Schema.toJsonSchemaDocument(Schema.toType(schema))
  const { $ref } = root
  return typeof $ref === "string" ? definitions[$ref.slice("#/$defs/".length)] ?? root : root
}
