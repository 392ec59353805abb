import { type JsonSchema, type Schema } from "effect"
import { type ProblemCode, problemKinds } from "../ProblemKinds.ts"
import { definition } from "./Definition.ts"
import { mapValues, plainSchema } from "./PlainSchema.ts"

type Schemas = Record<string, JsonSchema.JsonSchema>

/**
 * The generator names the wire side of a class `TaskNotFoundEncoded`, and the
 * second use of a schema with another media type `TaskPatch_1`. The reader
 * knows one TaskNotFound and one TaskPatch.
 */
export const componentName = (generated: string) => generated.replace(/_\d+$/, "").replace(/Encoded$/, "")

/**
 * The named schemas, each once, in alphabetical order. `closed` are those of bodies which are refused if they have more
 * in them.
 */
export const components = (generated: Schemas, closed: ReadonlyMap<string, Schema.Top>): Schemas => {
  const named: Schemas = {}
  for (const [key, schema] of Object.entries(generated)) {
    const name = componentName(key)
    // What has itself within is called so once more, where it is within.
    if (typeof schema.$ref === "string" && componentName(schema.$ref).endsWith(`/${name}`)) continue
    const plain = asProblem(plainSchema(schema))
    if (named[name] !== undefined && JSON.stringify(named[name]) !== JSON.stringify(plain)) {
      throw new Error(`Two schemas of the contract are called ${name}`)
    }
    named[name] = plain
  }
  for (const [name, request] of closed) {
    const { examples, ...schema } = plainSchema(definition(request))
    const inside = closedInside(schema)
    // Of alternatives each is closed by itself.
    named[name] = { ...inside, ..."anyOf" in inside ? {} : { additionalProperties: false }, examples }
  }
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => a < b ? -1 : 1))
}

/** The objects in what is closed are it, too. */
const closedInside = (schema: JsonSchema.JsonSchema) =>
  JSON.parse(
    JSON.stringify(schema, (key, member: unknown) => key === "additionalProperties" && member === true ? false : member)
  ) as JsonSchema.JsonSchema

/** Names every reference anew. */
export const renameReferences = <A>(value: A): A =>
  JSON.parse(
    JSON.stringify(
      value,
      (key, member: unknown) =>
        key === "$ref" && typeof member === "string"
          ? member.replace("#/$defs/", "#/components/schemas/").replace(/[^/]+$/, componentName)
          : member
    )
  ) as A

/** What RFC 9457 says of its members; `instance` is not used here. */
const standard: Record<string, string> = {
  type: "Which kind of problem it is: a URI (RFC 9457).",
  title: "The kind of problem, in words for people.",
  status: "The HTTP status, once more.",
  detail: "What is wrong with this request, for people to read.",
  code: "Stable and machine-readable: branch on this."
}

/** The type and the title of a problem as one release sends them: examples, and no promise that a client could check. */
const exampleOf = (code: JsonSchema.JsonSchema, name: "type" | "title") => {
  const kind = code["const"] as ProblemCode | undefined
  if (kind === undefined) return {}
  return { examples: [name === "type" ? `https://todo.example.com/problems/${kind}` : problemKinds[kind].title] }
}

/** A problem's members in the order in which they are sent, and those that are always sent as required. */
const asProblem = (schema: JsonSchema.JsonSchema): JsonSchema.JsonSchema => {
  const properties = schema["properties"] as Schemas | undefined
  if (properties?.["code"] === undefined || properties["type"] === undefined) return schema
  const { type, title, status, detail, code, requestId, instance: _, ...others } = properties
  const sent = schema["required"] as ReadonlyArray<string>
  return {
    ...schema,
    properties: mapValues(
      {
        type: { format: "uri", ...type, ...exampleOf(code, "type") },
        title: { ...title, ...exampleOf(code, "title") },
        status,
        detail,
        code,
        requestId,
        ...others
      },
      (member, name) => standard[name] === undefined ? member : { description: standard[name], ...member }
    ),
    required: [
      "type",
      "title",
      "status",
      "code",
      "requestId",
      ...Object.keys(others).filter((name) => sent.includes(name))
    ]
  }
}
