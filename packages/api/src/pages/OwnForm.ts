import { Effect } from "effect"
import { HttpServerRequest } from "effect/http"
import { AppConfig } from "../Config.ts"
import { ownOrigins } from "../http/Origins.ts"
import { utf8Body } from "../http/Utf8Body.ts"
import { html } from "./Html.ts"
import { page } from "./Page.ts"
import { PageRefusal } from "./PageRefusal.ts"

/** No longer text is typed into any of them; the contract's operations take no more either. */
const longestField = 2048

/**
 * Reads a form that a page of this service has sent. Fails when its `Origin` is
 * absent, `null` or another's, be it one of `CORS_ORIGINS`: those may call the
 * API for a person, but not press a button for them. And when a field is no
 * text that the operations behind the page would take.
 */
export const makeOwnForm = Effect.map(AppConfig, (config) => {
  const origins = ownOrigins(config)
  return Effect.gen(function*() {
    const request = yield* HttpServerRequest.HttpServerRequest
    const { origin } = request.headers
    if (origin === undefined || !origins.includes(origin)) return yield* new PageRefusal({ response: foreign })
    const form = new URLSearchParams(new TextDecoder().decode(yield* utf8Body(request)))
    for (const [, text] of form) {
      if (text.length > longestField || text.includes("\u0000")) return yield* new PageRefusal({ response: unreadable })
    }
    return form
  })
})

const unreadable = page({
  status: 400,
  title: "This cannot be read",
  main: html`<p>A field is longer than any that could be meant, or holds what is no text. Go back and try again.</p>`
})

const foreign = page({
  status: 403,
  title: "This form came from elsewhere",
  main: html`<p>Another website sent it, or your browser did not say where it is from. Nothing was done.</p>
<p class="soft">Open this service's own page and try again there.</p>`
})
