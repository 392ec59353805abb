import { FindMyWay } from "effect/http"
import { HttpApi, type HttpApiGroup } from "effect/http-api"
import { routerConfig } from "./CanonicalPath.ts"
import type { SitePath } from "./Site.ts"

/** The methods that the path of a URL answers, `OPTIONS` among them; none when it has no operation at all. */
export type AllowedMethods = (url: string) => ReadonlyArray<string>

/** The methods of each path, as the contract and the paths beside it have them. */
const methodsByPath = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>,
  paths: ReadonlyArray<SitePath>
): ReadonlyMap<string, ReadonlyArray<string>> => {
  const byPath = new Map<string, ReadonlyArray<string>>(
    paths.map(({ path, post }) => [path, post === undefined ? ["GET"] : ["GET", "POST"]])
  )
  HttpApi.reflect(api, {
    onGroup: () => {},
    onEndpoint: ({ endpoint }) => {
      byPath.set(endpoint.path, [...(byPath.get(endpoint.path) ?? []), endpoint.method])
    }
  })
  return new Map([...byPath].map(([path, methods]) => [
    path,
    [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"]
  ]))
}

/** Reads them off the contract and the paths beside it, for `Allow` (RFC 9110, 10.2.1). */
export const allowedMethods = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>,
  paths: ReadonlyArray<SitePath>
): AllowedMethods => {
  const router = FindMyWay.make<ReadonlyArray<string>>(routerConfig)
  for (const [path, methods] of methodsByPath(api, paths)) router.on("GET", path as `/${string}`, methods)
  return (url) => router.find("GET", url)?.handler ?? []
}

/**
 * The same of a path without parameters that lacks a method which another path would answer in its place: `GET /tasks/parse`
 * is no task called `parse`. None of all others, which the router tells.
 */
export const literalMethods = <Id extends string, Groups extends HttpApiGroup.Constraint>(
  api: HttpApi.HttpApi<Id, Groups>
): AllowedMethods => {
  const byPath = methodsByPath(api, [])
  const above = (path: string) => path.slice(0, path.lastIndexOf("/") + 1)
  const parents = new Set([...byPath.keys()].filter((path) => path.startsWith(":", above(path).length)).map(above))
  const literal = new Map([...byPath].filter(([path]) => !path.includes(":") && parents.has(above(path))))
  return (url) => {
    const query = url.indexOf("?")
    return literal.get(query < 0 ? url : url.slice(0, query)) ?? []
  }
}

/** The same in a 405 and in the answer to OPTIONS. */
export const allow = (methods: ReadonlyArray<string>) => ({ allow: methods.join(", ") })
