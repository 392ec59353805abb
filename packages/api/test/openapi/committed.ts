import { readFileSync } from "node:fs"

/** The parts of an OpenAPI document that the tests look at. */
export interface Document {
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: {
    readonly schemas: Record<string, Record<string, unknown>>
    readonly responses: Record<string, Response>
  }
}

/** An operation of it. */
export interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly tags: ReadonlyArray<string>
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly schema: Record<string, unknown> }>
  readonly requestBody?: { readonly content: Record<string, { readonly schema: BodySchema }> }
  readonly responses: Record<string, Response | SharedResponse>
}

/** An answer of it. */
export interface Response {
  readonly description: string
  readonly headers: Record<string, unknown>
  readonly content?: Record<string, unknown>
}

/** One that stands in `components/responses`. */
export interface SharedResponse {
  readonly $ref: string
}

/** The schema of a body, or those that it may have. */
interface BodySchema {
  readonly $ref: string
  readonly anyOf?: ReadonlyArray<BodySchema>
}

/** Where the committed document is. */
export const committedFile = new URL("../../../../docs/openapi.json", import.meta.url)

/** The committed document. */
export const committed = (): Document => JSON.parse(readFileSync(committedFile, "utf8")) as Document

/** Every operation of a document, under a name such as `GET /api/v1/tasks`. */
export const operationsOf = (document: Document): ReadonlyArray<readonly [name: string, operation: Operation]> =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const)
  )

/** The answers of an operation by status, whether they stand there or are referred to. */
export const responsesOf = <R extends object = Response>(
  { responses }: { readonly responses: Record<string, R | SharedResponse> },
  { components }: { readonly components: { readonly responses: Record<string, R> } }
): ReadonlyArray<readonly [status: string, response: R]> =>
  Object.entries(responses).map(([status, response]) => [
    status,
    "$ref" in response ? components.responses[response.$ref.split("/").at(-1)!]! : response
  ])

/** Parts of a document whose entries people look up. */
const lists = new Set(["properties", "schemas", "responses", "headers", "parameters"])

/** Where the document has an entry without a description, and without a reference to what has one. */
export const undescribed = (part: unknown, at = ""): ReadonlyArray<string> =>
  typeof part !== "object" || part === null
    ? []
    : Object.entries(part).flatMap(([name, value]: readonly [string, object]) => [
      ...(lists.has(name)
        ? Object.entries(value as Record<string, object>)
          .filter(([, entry]) => !("description" in entry || "$ref" in entry))
          .map(([entry]) => `${at}/${name}/${entry}`)
        : []),
      ...undescribed(value, `${at}/${name}`)
    ])

/** The name of the schema of a body; where there may be none, of the other. */
export const nameOfBody = ({ $ref, anyOf }: BodySchema): string => (anyOf?.[0]?.$ref ?? $ref).split("/").at(-1)!
