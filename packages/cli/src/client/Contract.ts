import { Api } from "@todo/domain/Api"
import { Schema } from "effect"
import { HttpApiSchema } from "effect/http-api"
import { lenient } from "./LenientAnswer.ts"

/** The part of an endpoint that is about answers, and the groups of them. */
interface Endpoint {
  readonly success: ReadonlySet<Schema.Top>
}
interface Group {
  readonly endpoints: Readonly<Record<string, Endpoint>>
}

/** The body as far as it can be read, and the headers as they come: proxies change them, and the client needs none. */
const lenientResponse = (response: Schema.Top): Schema.Top =>
  HttpApiSchema.isWithHeaders(response)
    ? HttpApiSchema.WithHeaders(lenient(response.schema), Schema.Unknown)
    : lenient(response)

/** The endpoint with lenient answers, made when they are asked for: a command needs few of them. */
const lenientEndpoint = (endpoint: Endpoint): Endpoint => {
  let success: ReadonlySet<Schema.Top> | undefined
  return Object.create(endpoint, {
    success: { get: () => success ??= new Set([...endpoint.success].map(lenientResponse)) }
  })
}

const lenientGroup = (group: Group): Group =>
  Object.create(group, { endpoints: { value: mapValues(group.endpoints, lenientEndpoint) } })

const mapValues = <A extends object>(record: Readonly<Record<string, A>>, change: (value: A) => A) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))

/**
 * The contract as the client reads it. The service may be of the release before or after: what it is sent is the same,
 * and its answers are taken leniently.
 */
export const Contract: typeof Api = Object.create(Api, {
  groups: { value: mapValues<Group>(Api.groups, lenientGroup) }
})
