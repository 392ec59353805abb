import { Effect } from "effect"
import { HttpRouter } from "effect/http"
import { Site } from "./Site.ts"

/** The routes of the paths outside of the contract. */
export const SiteRoutes = HttpRouter.use(Effect.fnUntraced(function*(router) {
  const { paths } = yield* Site
  for (const { get, path, post } of paths) {
    yield* router.add("GET", path, get)
    if (post !== undefined) yield* router.add("POST", path, post)
  }
}))
