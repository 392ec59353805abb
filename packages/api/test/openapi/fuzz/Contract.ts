import { committed, responsesOf, type SharedResponse } from "../committed.ts"

/** A schema of the document. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** Something that a request has in its path, its query or its headers. */
export interface Parameter {
  readonly name: string
  readonly in: "path" | "query" | "header"
  readonly required: boolean
  readonly schema: JsonSchema
}

/** An answer that the document describes. */
export interface Described {
  readonly headers: Readonly<Record<string, { readonly required?: boolean; readonly schema: JsonSchema }>>
  readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>
}

/** An operation of the document, its references to answers and headers followed. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  /** What it wants to see: a JWT, a session token, or nothing. */
  readonly security: "jwt" | "session" | "none"
  readonly parameters: ReadonlyArray<Parameter>
  /** The schemas of bodies, by media type; none where it takes no body. */
  readonly bodies: ReadonlyMap<string, JsonSchema>
  /** Answers by status. */
  readonly responses: ReadonlyMap<string, Described>
}

const document = committed() as unknown as {
  readonly paths: Record<string, Record<string, Written>>
  readonly components: {
    readonly schemas: Record<string, JsonSchema>
    readonly headers: Record<string, Described["headers"][string]>
    readonly responses: Record<string, WrittenResponse>
  }
}

interface WrittenResponse {
  readonly headers?: Record<string, Described["headers"][string] | { readonly $ref: string }>
  readonly content?: Described["content"]
}

interface Written {
  readonly operationId: string
  readonly security: ReadonlyArray<Record<string, unknown>>
  readonly parameters?: ReadonlyArray<Parameter>
  readonly requestBody?: { readonly content: Record<string, { readonly schema: JsonSchema }> }
  readonly responses: Record<string, WrittenResponse | SharedResponse>
}

const lastOf = (reference: string) => reference.split("/").at(-1)!

/** The schemas that others refer to, by their names. */
export const schemas = document.components.schemas

/** The schema itself, where one refers to it. */
export const resolve = (schema: JsonSchema): JsonSchema =>
  typeof schema["$ref"] === "string" ? resolve(schemas[lastOf(schema["$ref"])]!) : schema

const securityOf = (security: Written["security"]) =>
  security.some((scheme) => "accessToken" in scheme) ? "jwt" : security.length > 0 ? "session" : "none"

/** Every operation of the committed document. */
export const operations: ReadonlyArray<Operation> = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, written]) => ({
    id: written.operationId,
    method: method.toUpperCase(),
    path,
    security: securityOf(written.security),
    parameters: written.parameters ?? [],
    bodies: new Map(Object.entries(written.requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema])),
    responses: new Map(
      responsesOf<WrittenResponse>(written, document).map(([status, { content = {}, headers = {} }]) => [status, {
        content,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, header]) => [
            name.toLowerCase(),
            "$ref" in header ? document.components.headers[lastOf(header.$ref)]! : header
          ])
        )
      }])
    )
  }))
)

/**
 * The methods that a path of the document has, or another that it is, too: `/tasks/count` is a `/tasks/{id}` where that has
 * the method, and it has not.
 */
export const methodsAt = (path: string): ReadonlyArray<string> =>
  Object.keys(document.paths)
    .filter((template) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path))
    .flatMap(methodsOf)

/** The methods that a path of the document has, HEAD with GET. */
export const methodsOf = (path: string): ReadonlyArray<string> => {
  const methods = Object.keys(document.paths[path] ?? {}).map((method) => method.toUpperCase())
  return methods.includes("GET") ? [...methods, "HEAD"] : methods
}
