import { Context, type JsonSchema, type Schema, SchemaAST } from "effect"
import { HttpApi, type HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { definition } from "./Definition.ts"

/** What the contract knows and the generated document does not. */
export interface Rules {
  /**
   * The parameters of query and headers, by the id of their operation. On the wire everything is a string, and the
   * reader wants to know which strings are numbers, between what, and what the others look like.
   */
  readonly parameters: ReadonlyMap<string, Readonly<Record<string, JsonSchema.JsonSchema>>>
  /** What each error is, by the name of its schema. */
  readonly errors: ReadonlyMap<string, string>
  /** The bodies that are refused if they have a member beyond those of their schema, by its name. */
  readonly closed: ReadonlyMap<string, Schema.Top>
}

/** Reads the rules off a contract. */
export const rulesOf = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>
): Rules => {
  const parameters = new Map<string, Record<string, JsonSchema.JsonSchema>>()
  const described = new Map<string, string>()
  const closed = new Map<string, Schema.Top>()
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, errors, mergedAnnotations }) => {
      const id = Context.getOrUndefined(endpoint.annotations, OpenApi.Identifier)
      if (id === undefined) throw new Error(`${endpoint.path} has no operation id`)
      parameters.set(id, { ...propertiesOf(endpoint.query), ...propertiesOf(endpoint.headers) })
      for (const error of [...errors.values()].flat()) {
        const body = HttpApiSchema.isWithHeaders(error) ? error.schema : error
        const { description, identifier } = namedAs(body)
        if (identifier !== undefined && description !== undefined) described.set(identifier, description)
      }
      const options = Context.getOrUndefined(mergedAnnotations, HttpApi.PayloadParseOptions)
      if (options?.onExcessProperty !== "error") return
      for (const payload of [...endpoint.payload.values()].flatMap(({ schemas }) => schemas)) {
        // Null, where there may be no body, has no members.
        if (SchemaAST.isNull(payload.ast)) continue
        const { identifier } = namedAs(payload)
        if (identifier === undefined) throw new Error(`The body of ${id} has no name`)
        closed.set(identifier, payload)
      }
    }
  })
  return { parameters, errors: described, closed }
}

const namedAs = (schema: Schema.Top) =>
  (SchemaAST.resolve(schema.ast) ?? {}) as { readonly description?: string; readonly identifier?: string }

const propertiesOf = (schema: Schema.Top | undefined) =>
  schema === undefined
    ? {}
    : definition(schema)["properties"] as Record<string, JsonSchema.JsonSchema> | undefined ?? {}
