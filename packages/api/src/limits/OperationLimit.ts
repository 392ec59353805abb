import { Api } from "@todo/domain/Api"
import type { AccountApi } from "@todo/domain/auth/AccountApi"
import type { AuthApi } from "@todo/domain/auth/AuthApi"
import type { DeviceApi } from "@todo/domain/auth/DeviceApi"
import { RateLimit, type RateLimitKind } from "@todo/domain/auth/RateLimit"
import { Context } from "effect"
import { HttpApi, type HttpApiEndpoint, type HttpApiGroup } from "effect/http-api"

type NameOf<Group> = Group extends
  { readonly identifier: infer Name extends string; readonly endpoints: infer Endpoints }
  ? `${Name}.${keyof Endpoints & string}`
  : never

/** The name of an operation that has limits, such as `auth.signIn`. */
export type Operation = NameOf<typeof AuthApi> | NameOf<typeof AccountApi> | NameOf<typeof DeviceApi>

const nameOf = (endpoint: HttpApiEndpoint.Top, group: HttpApiGroup.Top) => `${group.identifier}.${endpoint.identifier}`

/** What each operation counts as, read off the contract. */
const kinds = (() => {
  const found = new Map<string, RateLimitKind>()
  HttpApi.reflect(Api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint, group }) => {
      const kind = Context.getOrUndefined(endpoint.annotations, RateLimit)
      if (kind !== undefined) found.set(nameOf(endpoint, group), kind)
    }
  })
  return found
})()

/** What an operation counts as. */
export const limitOf = (operation: Operation): RateLimitKind => kinds.get(operation)!

/** The name of an operation of the contract; throws where it has no limit. */
export const limitedOperation = (endpoint: HttpApiEndpoint.Top, group: HttpApiGroup.Top): Operation => {
  const name = nameOf(endpoint, group)
  if (!kinds.has(name)) throw new Error(`${name} has no limits`)
  return name as Operation
}
