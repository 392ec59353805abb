import type { JsonSchema } from "effect"
import { type HttpApi, type HttpApiGroup, OpenApi } from "effect/http-api"
import { componentName, components, renameReferences } from "./Components.ts"
import { headerName, type SharedHeader, sharedHeaders, sharedHeadersOf } from "./Headers.ts"
import { defaultsOf } from "./PathDefaults.ts"
import { mapValues, plainSchema } from "./PlainSchema.ts"
import { type Rules, rulesOf } from "./Rules.ts"
import { type DocumentedOperation, type DocumentedResponse, withSharedResponses } from "./SharedResponses.ts"

type Json = Record<string, unknown>

/**
 * Edits the generated document into a reference that people read: one name for
 * each schema, rules of the body where the body is described, headers as they
 * are known, and what every operation has in common said of every operation.
 */
export const openApiDocument = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>
) =>
  OpenApi.annotations({
    transform: (generated) => {
      const rules = rulesOf(api)
      const { openapi, info, servers, tags, paths, components: parts } = generated as OpenApi.OpenAPISpec
      const schemas = describedByResponses(
        describedByErrors(components(parts.schemas, rules.closed), rules.errors),
        paths
      )
      const edited = mapValues(
        paths,
        (methods, path) => mapValues(methods, (operation) => editOperation(path, operation as never, schemas, rules))
      )
      const shared = withSharedResponses(renameReferences(edited), schemas)
      return renameReferences({
        openapi,
        info,
        servers,
        tags,
        paths: shared.paths,
        components: {
          schemas,
          responses: shared.responses,
          headers: sharedHeaders,
          securitySchemes: { ...mapValues(parts.securitySchemes, lowerCaseScheme), scriptToken, sessionCookie }
        }
      })
    }
  })

const editOperation = (
  path: string,
  operation: OpenApi.OpenAPISpecOperation,
  schemas: Record<string, JsonSchema.JsonSchema>,
  rules: Rules
): DocumentedOperation => {
  const { operationId, summary, description, tags, security, parameters, requestBody, responses } = operation
  const defaults = defaultsOf(path)
  const bodies = requestBody?.content ?? {}
  const takesKey = parameters.some(({ name }) => name === "idempotency-key")
  const edit = (status: string, response: OpenApi.OpenApiSpecResponse) =>
    editResponse(status, response, [
      ...(takesKey && replayable(status) ? ["Idempotency-Replayed" as const] : []),
      ...(takesKey && status === "409" ? ["Retry-After" as const] : []),
      ...(advice[status] ?? []),
      ...(status === "415" && "application/merge-patch+json" in bodies ? ["Accept-Patch" as const] : []),
      ...defaults.headers,
      "X-Request-Id",
      "Todo-Version"
    ])
  return {
    operationId,
    summary,
    description,
    tags,
    security: security.flatMap((scheme) => "sessionToken" in scheme ? [scheme, { sessionCookie: [] }] : [scheme]),
    ...(parameters.length === 0
      ? {}
      : { parameters: parameters.map((one) => editParameter(one, rules.parameters.get(operationId), schemas)) }),
    ...(requestBody === undefined ? {} : { requestBody }),
    // No `default`: generators would have every answer be what it is, too.
    responses: Object.fromEntries(
      Object.entries<OpenApi.OpenApiSpecResponse>({ ...defaults.responses, ...withTag(responses) })
        // A body that is too large, or of another type, takes a body.
        .filter(([status]) => requestBody !== undefined || (status !== "413" && status !== "415"))
        .map(([status, response]) => [status, edit(status, response)])
    )
  }
}

const editParameter = (
  { name, in: place, required, schema: generated }: OpenApi.OpenAPISpecParameter,
  known: Readonly<Record<string, JsonSchema.JsonSchema>> = {},
  schemas: Record<string, JsonSchema.JsonSchema>
): Json => {
  const schema = (place === "path" ? generated : known[name] ?? generated) as JsonSchema.JsonSchema
  const { examples, ...rules }: JsonSchema.JsonSchema = { ...describing(schema, schemas), ...schema }
  return {
    name: place === "header" ? headerName(name) : name,
    in: place,
    required,
    // Tools put every example into the request that they propose: a filter and a condition that nobody asked for.
    ...withDescription(required && examples !== undefined ? { ...rules, examples } : rules)
  }
}

const editResponse = (
  status: string,
  { content, description, headers }: OpenApi.OpenApiSpecResponse,
  shared: ReadonlyArray<SharedHeader>
): DocumentedResponse => ({
  description,
  headers: {
    ...Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, header]) => [
        headerName(name),
        "$ref" in header
          ? header
          : { required: header.required, ...withDescription(header.schema as JsonSchema.JsonSchema) }
      ])
    ),
    ...sharedHeadersOf(shared)
  },
  ...(content === undefined ? {} : { content })
})

/** A 304 has the `ETag` that its 200 would have (RFC 9110, 15.4.5). */
const withTag = (responses: OpenApi.OpenAPISpecOperation["responses"]): typeof responses => {
  const { 200: whole, 304: unchanged } = responses
  return unchanged === undefined ? responses : { ...responses, 304: { ...unchanged, headers: { ...whole?.headers } } }
}

/** Headers of all answers with a status. */
const advice: Readonly<Record<string, ReadonlyArray<SharedHeader>>> = {
  401: ["WWW-Authenticate"],
  429: ["Retry-After", "RateLimit-Policy", "RateLimit"],
  415: ["Accept-Encoding"],
  503: ["Retry-After"]
}

/** Whether answers of this status are stored: what a write itself answers. */
const replayable = (status: string) => ["200", "201", "204", "404", "409", "412"].includes(status)

/** A parameter's or header's schema, its description one level up, where tools look for it. */
const withDescription = (schema: JsonSchema.JsonSchema) => {
  const { description, ...rest } = plainSchema(schema)
  return description === undefined ? { schema: rest } : { description, schema: rest }
}

/** The description of what a schema refers to: tools that list parameters do not follow. */
const describing = ({ $ref }: JsonSchema.JsonSchema, schemas: Record<string, JsonSchema.JsonSchema>) =>
  typeof $ref === "string" ? { description: schemas[componentName(lastOf($ref))]?.["description"] } : {}

const lastOf = (reference: string) => reference.slice(reference.lastIndexOf("/") + 1)

/** Gives errors their descriptions, which the generator loses on the way to the wire side. */
const describedByErrors = (schemas: Record<string, JsonSchema.JsonSchema>, errors: Rules["errors"]) =>
  mapValues(schemas, (schema, name) => errors.has(name) ? { description: errors.get(name), ...schema } : schema)

/** Gives a schema that has none the description of the answer that it is. */
const describedByResponses = (schemas: Record<string, JsonSchema.JsonSchema>, paths: OpenApi.OpenAPISpecPaths) => {
  const descriptions = new Map<string, string>()
  for (const path of Object.values(paths)) {
    for (const { responses } of Object.values(path) as ReadonlyArray<OpenApi.OpenAPISpecOperation>) {
      for (const { content, description } of Object.values(responses)) {
        for (const { schema } of Object.values(content ?? {})) {
          if (typeof schema.$ref === "string") {
            descriptions.set(componentName(lastOf(schema.$ref)), description)
          }
        }
      }
    }
  }
  return mapValues(schemas, (schema, name) => {
    const description = descriptions.get(name)
    return description === undefined ? schema : { description, ...schema }
  })
}

const lowerCaseScheme = (scheme: JsonSchema.JsonSchema) =>
  typeof scheme["scheme"] === "string" ? { ...scheme, scheme: scheme["scheme"].toLowerCase() } : scheme

/** What the middleware that checks JWTs takes as well. */
const scriptToken = {
  type: "http",
  scheme: "bearer",
  description: "The secret of a token for scripts: the service exchanges it for a JWT with the token's scopes."
}

/** Better Auth's cookie: a browser sends it by itself, so no client of ours is typed to. */
const sessionCookie = {
  type: "apiKey",
  in: "cookie",
  name: "better-auth.session_token",
  description: "The session cookie that sign-up and sign-in set; over https its name begins with `__Host-`."
}
