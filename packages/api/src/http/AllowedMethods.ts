import { FindMyWay, type HttpMethod } from "effect/http"
import { HttpApi, type HttpApiGroup } from "effect/http-api"
import { routerConfig } from "./CanonicalPath.ts"

/** The methods that the path of a URL has operations for; none when it has no operation at all. */
export type AllowedMethods = (url: string) => ReadonlyArray<string>

/** Reads them off the contract, and from `others`, for `Allow` in a 405 (RFC 9110, 15.5.6). */
export const allowedMethods = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>,
  others: Readonly<Record<string, ReadonlyArray<HttpMethod.HttpMethod>>>
): AllowedMethods => {
  const byPath = new Map(Object.entries(others))
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint }) => {
      byPath.set(endpoint.path, [...(byPath.get(endpoint.path) ?? []), endpoint.method])
    }
  })
  const router = FindMyWay.make<ReadonlyArray<string>>(routerConfig)
  for (const [path, methods] of byPath) {
    router.on("GET", path as `/${string}`, methods.includes("GET") ? [...methods, "HEAD"] : methods)
  }
  return (url) => router.find("GET", url)?.handler ?? []
}
