import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import { plainText } from "../http/PlainText.ts"
import type { SitePath } from "../http/Site.ts"
import { icon } from "./Icon.ts"

/** The pages behind a sign-in, and those of mails, are nothing to be found; what anybody may read is. */
const robots = `User-agent: *
Disallow: /api/
Disallow: /device
Disallow: /reset-password
Disallow: /sign-in
Disallow: /tasks/
Disallow: /verify-email
`

const keptForADay = { "cache-control": "public, max-age=86400" }

const svg = HttpServerResponse.text(icon, { contentType: "image/svg+xml", headers: keptForADay })

/** What browsers and crawlers ask for without being told of it. */
export const siteFiles: ReadonlyArray<SitePath> = [
  { path: "/icon.svg", get: Effect.succeed(svg) },
  // Browsers look at the media type, not at the name.
  { path: "/favicon.ico", get: Effect.succeed(svg) },
  { path: "/robots.txt", get: Effect.succeed(plainText(robots, { headers: keptForADay })) }
]
