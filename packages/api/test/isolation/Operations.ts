import { Api } from "@todo/domain/Api"
import { Authorization } from "@todo/domain/auth/Authorization"
import { RequiredScope } from "@todo/domain/auth/RequiredScope"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { BodyLimit } from "@todo/domain/http/BodyLimit"
import type { Scope } from "@todo/domain/users/CurrentUser"
import { Context, Schema, SchemaAST } from "effect"
import { HttpApi, type HttpApiEndpoint } from "effect/http-api"
import { jsonSizeOf } from "../../src/http/JsonSize.ts"
import { type IdPlace, idPlacesOf, isId } from "./IdPlaces.ts"

/** An operation of the contract, as far as it matters who asks. */
export interface Operation {
  readonly name: string
  readonly group: string
  readonly method: string
  readonly path: string
  /** Who may ask: the bearer of a JWT, of a session token, or anybody. */
  readonly security: "jwt" | "session" | "none"
  /** The scope that a JWT needs; undefined where none is named. */
  readonly scope: Scope | undefined
  /** The parameters of the path. */
  readonly parameters: ReadonlyArray<string>
  /** The headers that it reads, beside those of every request. */
  readonly headers: ReadonlyArray<string>
  /** Parameters of its query that are ids, and queries of its examples with one there. */
  readonly idsOfQuery: ReadonlyArray<{
    readonly name: string
    readonly having: (id: string) => Readonly<Record<string, string>>
  }>
  /** Where an id may stand in its body. */
  readonly idPlaces: ReadonlyArray<IdPlace>
  /** The longest body that it takes, in bytes. */
  readonly bodyLimit: number
  /** How many members and elements its body may have. */
  readonly bodyValues: number
  /** What it may answer, as the contract says. */
  readonly successes: ReadonlyArray<number>
  readonly errors: ReadonlyMap<number, ReadonlyArray<Schema.Top>>
  /** What its reference proposes to send; throws where there is no example. */
  readonly example: () => Example
}

export interface Example {
  readonly query: Readonly<Record<string, string>>
  /** Absent where the operation takes none. */
  readonly body?: { readonly contentType: string; readonly value: unknown }
}

const membersOf = (schema: Schema.Top | undefined) =>
  schema !== undefined && SchemaAST.isObjects(schema.ast) ? schema.ast.propertySignatures : []

const payloadsOf = (endpoint: HttpApiEndpoint.Top) =>
  [...endpoint.payload].map(([contentType, { schemas }]) => ({ contentType, schema: schemas[0] as Schema.Top }))

const firstExample = (ast: SchemaAST.AST, whose: string): unknown => {
  const example = (SchemaAST.resolve(ast)?.["examples"] as ReadonlyArray<unknown> | undefined)?.[0]
  if (example === undefined) throw new Error(`The contract has no example of ${whose}`)
  return example
}

const exampleOf = (name: string, endpoint: HttpApiEndpoint.Top): Example => {
  const needed = membersOf(endpoint.query).filter(({ type }) => !SchemaAST.isOptional(type))
  const query = Object.fromEntries(
    needed.map((member) => [
      String(member.name),
      String(firstExample(member.type, `${String(member.name)} of ${name}`))
    ])
  )
  // Where one at least of several is needed, the query as a whole has an example.
  const examples = endpoint.query && SchemaAST.resolve(endpoint.query.ast)?.["examples"]
  for (const [name, value] of Object.entries((examples as ReadonlyArray<object> | undefined)?.[0] ?? {})) {
    query[name] = String(value)
  }
  const [payload] = payloadsOf(endpoint)
  if (payload === undefined) return { query }
  const encode = Schema.encodeUnknownSync(payload.schema as Schema.Codec<unknown>)
  const value = encode(firstExample(payload.schema.ast, `the body of ${name}`))
  return { query, body: { contentType: payload.contentType, value } }
}

/** The example of a query that has a parameter; what nothing else goes with needs none. */
const queryWith = (
  endpoint: HttpApiEndpoint.Top,
  parameter: string
): Readonly<Record<string, string>> => {
  const examples = endpoint.query && SchemaAST.resolve(endpoint.query.ast)?.["examples"]
  const found = (examples as ReadonlyArray<Readonly<Record<string, string>>> | undefined)?.find((example) =>
    parameter in example
  )
  return found ?? {}
}

/** Every operation, read from the contract itself: a new one cannot be forgotten. */
export const operations: ReadonlyArray<Operation> = (() => {
  const found: Array<Operation> = []
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, errors, group, middleware, successes }) => {
      const name = `${group.identifier}.${endpoint.identifier}`
      const secured = new Set([...middleware].map(({ key }) => key))
      found.push({
        name,
        group: group.identifier,
        method: endpoint.method,
        path: endpoint.path,
        security: secured.has(Authorization.key) ? "jwt" : secured.has(SessionAuthorization.key) ? "session" : "none",
        scope: Context.getOrUndefined(endpoint.annotations, RequiredScope),
        parameters: (endpoint.path.match(/:\w+/g) ?? []).map((parameter) => parameter.slice(1)),
        headers: membersOf(endpoint.headers).map((member) => String(member.name)),
        idsOfQuery: membersOf(endpoint.query).filter(({ type }) => isId(type)).map((member) => {
          const parameter = String(member.name)
          return { name: parameter, having: (id) => ({ ...queryWith(endpoint, parameter), [parameter]: id }) }
        }),
        idPlaces: payloadsOf(endpoint).slice(0, 1).flatMap(({ schema }) => idPlacesOf(schema.ast)),
        bodyLimit: Context.get(endpoint.annotations, BodyLimit),
        bodyValues: jsonSizeOf(endpoint).values,
        successes: [...successes.keys()],
        errors,
        example: () => exampleOf(name, endpoint)
      })
    }
  })
  return found
})()

/** Whether an operation is on a thing that there is: one with an external id makes it where there is none. */
export const takesId = ({ parameters }: Operation) => parameters.length > 0 && !parameters.includes("externalId")
