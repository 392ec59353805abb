import { FindMyWay } from "effect/http"
import { HttpApi, type HttpApiGroup } from "effect/http-api"
import { routerConfig } from "./CanonicalPath.ts"
import type { SitePath } from "./Site.ts"

/** The methods that the path of a URL answers, `OPTIONS` among them; none when it has no operation at all. */
export type AllowedMethods = (url: string) => ReadonlyArray<string>

/** Reads them off the contract and the paths beside it, for `Allow` (RFC 9110, 10.2.1). */
export const allowedMethods = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>,
  paths: ReadonlyArray<SitePath>
): AllowedMethods => {
  const byPath = new Map<string, ReadonlyArray<string>>(
    paths.map(({ path, post }) => [path, post === undefined ? ["GET"] : ["GET", "POST"]])
  )
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint }) => {
      byPath.set(endpoint.path, [...(byPath.get(endpoint.path) ?? []), endpoint.method])
    }
  })
  const router = FindMyWay.make<ReadonlyArray<string>>(routerConfig)
  for (const [path, methods] of byPath) {
    router.on("GET", path as `/${string}`, [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"])
  }
  return (url) => router.find("GET", url)?.handler ?? []
}

/** The same in a 405 and in the answer to OPTIONS. */
export const allow = (methods: ReadonlyArray<string>) => ({ allow: methods.join(", ") })
