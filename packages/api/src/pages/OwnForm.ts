import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { AppConfig } from "../Config.ts"
import { ownOrigins } from "../http/Origins.ts"
import { utf8Body } from "../http/Utf8Body.ts"
import { html } from "./Html.ts"
import { page } from "./Page.ts"
import { PageRefusal } from "./PageRefusal.ts"

/**
 * Reads a form that a page of this service has sent. Fails when its `Origin` is
 * absent, `null` or another's, be it one of `CORS_ORIGINS`: those may call the
 * API for a person, but not press a button for them.
 */
export const makeOwnForm = Effect.map(AppConfig, (config) => {
  const own = ownOrigins(config)
  return Effect.gen(function*() {
    const request = yield* HttpServerRequest.HttpServerRequest
    const { origin } = request.headers
    if (origin === undefined || !own.includes(origin)) return yield* new PageRefusal({ response: foreign })
    return new URLSearchParams(new TextDecoder().decode(yield* utf8Body(request)))
  })
})

const foreign = page({
  status: 403,
  title: "This form came from elsewhere",
  main: html`<p>Another website sent it, or your browser did not say where it is from. Nothing was done.</p>
<p class="soft">Open this service's own page and try again there.</p>`
})
