import { Context, type Effect } from "effect"
import type { HttpRouter, HttpServerResponse } from "effect/http"

type Response = HttpServerResponse.HttpServerResponse
type Answer = Effect.Effect<Response, never, HttpRouter.Provided>

/** A path outside of the contract, such as that of a page, and what it answers. */
export interface SitePath {
  readonly path: `/${string}`
  readonly get: Answer
  readonly post?: Answer
}

/** What the service answers beside its contract: the edge and the router read it here, and know no page themselves. */
export class Site extends Context.Service<Site, {
  readonly paths: ReadonlyArray<SitePath>
  /** Tells a person what a problem document tells a program. */
  readonly problemPage: (problem: Response) => Response
}>()("todo/api/http/Site") {}
