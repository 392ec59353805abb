import { strictApi } from "@todo/domain/http/StrictApi"
import { Effect, Record, Schema } from "effect"
import type { HttpClient } from "effect/http"
import { HttpApiClient, type HttpApiEndpoint, type HttpApiGroup, HttpApiSchema } from "effect/http-api"
import { lenient } from "./LenientAnswer.ts"

type Group = HttpApiGroup.Constraint

/** The body as far as it can be read, and the headers as they come: proxies change them, and the client needs none. */
const lenientResponse = (response: Schema.Top): Schema.Top =>
  HttpApiSchema.isWithHeaders(response)
    ? HttpApiSchema.WithHeaders(lenient(response.schema), Schema.Unknown)
    : lenient(response)

/**
 * An operation as the client reads it. The service may be of the release before or after: what it is sent is the same,
 * and its answers are taken leniently.
 */
export const lenientEndpoint = <Endpoint extends HttpApiEndpoint.Top>(endpoint: Endpoint): Endpoint =>
  Object.create(endpoint, { success: { value: new Set([...endpoint.success].map(lenientResponse)) } })

/** A contract of nothing but one operation. */
const contractOf = (group: Group, name: string) => {
  const endpoint = lenientEndpoint(group.endpoints[name] as HttpApiEndpoint.Top)
  return strictApi.add(Object.create(group, { endpoints: { value: { [name]: endpoint } } }) as Group)
}

/** What loads groups of the contract. */
type Loaders = Readonly<Record<string, () => Promise<Group>>>

type Loaded<Given extends Loaders, Name extends keyof Given> = Awaited<ReturnType<Given[Name]>>

/** The operations of groups. */
export type GroupClients<Given extends Loaders> = {
  readonly [Name in keyof Given]: HttpApiClient.Client.Group<Loaded<Given, Name>, never, never>
}

type Operation = (request: unknown) => Effect.Effect<unknown>

/** Operations by their names, each made when it is first asked for. */
const operations = (make: (name: string) => Operation) => {
  const made = new Map<string, Operation>()
  return new Proxy({}, {
    get: (_, name: string) => {
      const operation = made.get(name) ?? make(name)
      made.set(name, operation)
      return operation
    }
  })
}

/**
 * The operations of groups of the contract. A group is loaded and an operation made when it is first used: a command needs
 * few of them, and to make them all would take longer than the rest of it.
 */
export const groupClients = <Given extends Loaders>(loaders: Given, httpClient: HttpClient.HttpClient) =>
  Effect.map(
    Effect.context<HttpApiGroup.MiddlewareClient<Loaded<Given, keyof Given>>>(),
    (context) => {
      const clientOf = (load: () => Promise<Group>) =>
        operations((endpoint) => {
          const operation = Effect.runSync(Effect.cached(
            Effect.flatMap(Effect.promise(load), (group) =>
              // Which operations there are is known of each group, and of none in general.
              HttpApiClient.endpoint(contractOf(group, endpoint), {
                group: group.identifier,
                endpoint: endpoint as never,
                httpClient
              })).pipe(Effect.provideContext(context))
          )) as Effect.Effect<Operation>
          return (request) => Effect.flatMap(operation, (it) => it(request))
        })
      return Record.map(loaders, clientOf) as GroupClients<Given>
    }
  )
