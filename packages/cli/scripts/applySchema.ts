import { Schema } from "effect"
import { ApplyFile } from "../src/apply/ApplyFile.ts"

type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value)

/** A schema without the layers that checks of checks make; where two say the same each stays. */
const flat = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(flat)
  if (!isJson(value)) return value
  const { allOf, ...own } = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, flat(part)])) as
    & Json
    & { readonly allOf?: unknown }
  if (!Array.isArray(allOf) || !allOf.every(isJson)) return own
  const parts: ReadonlyArray<Json> = allOf
  const names = [own, ...parts].flatMap((part) => Object.keys(part))
  return new Set(names).size === names.length ? Object.assign({}, own, ...parts) : { ...own, allOf: parts }
}

/** The JSON Schema of the files of `todo apply`, for editors (docs/apply.schema.json). */
export const applySchema = (): Json => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(Schema.toType(ApplyFile), { onExcessProperty: "error" })
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "todo apply",
    ...flat(schema) as Json,
    $defs: flat(definitions)
  }
}
