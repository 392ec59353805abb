import { DocumentedApi } from "@todo/domain/DocumentedApi"
import { Effect } from "effect"
import { HttpRouter } from "effect/http"
import { HttpApiScalar, OpenApi } from "effect/http-api"
import { createHash } from "node:crypto"
import { AppConfig } from "../Config.ts"
import type { SitePath } from "../http/Site.ts"
import { docsStylesheet, withBar } from "./docsPage.ts"
import { makePublished } from "./PublishedFile.ts"

/**
 * Scalar without what leads to its makers' cloud: nobody but this service hears of a look at the documentation. Of the
 * operations it opens a group when somebody goes there: all at once take a browser seconds in which it answers nothing.
 */
const scalar = {
  withDefaultFonts: false,
  authentication: { preferredSecurityScheme: "accessToken" },
  favicon: "/icon.svg",
  theme: "none" as const,
  customCss: docsStylesheet,
  // Options of Scalar that Effect's type does not list.
  telemetry: false,
  showDeveloperTools: "never",
  hideClientButton: true
}

/**
 * The policy of the documentation: Scalar's own scripts and ours, by their hashes,
 * and requests to this service alone. Scalar writes styles into the page, and
 * its fonts and icons are data.
 */
const policyOf = (html: string) => {
  const hashes = Array.from(
    html.matchAll(/<script>([^]*?)<\/script>/g),
    ([, script]) => `'sha256-${createHash("sha256").update(script!).digest("base64")}'`
  )
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join("; ")
}

/** It says where the service is: tools that have imported it from a file send their requests there. */
const documentAt = (publicUrl: string) =>
  Effect.sync(() => ({
    text: JSON.stringify({
      ...OpenApi.fromApi(DocumentedApi),
      servers: [{ url: publicUrl, description: "This service." }]
    }),
    contentType: "application/json"
  }))

const path = "/docs"

/** A router of its own, when somebody asks: what it is made of is 3 MB, which the heap has more than once. */
const page = Effect.map(
  // It has the path that is asked for, the only one of that router.
  Effect.orDie(Effect.flatten(HttpRouter.toHttpEffect(HttpApiScalar.layer(DocumentedApi, { path, scalar })))),
  ({ body }) => {
    const text = withBar(body._tag === "Uint8Array" ? new TextDecoder().decode(body.body) : "")
    return { text, contentType: "text/html; charset=utf-8", headers: { "content-security-policy": policyOf(text) } }
  }
)

/** The reference for people, and the document that it is made of. */
export const documentation = Effect.gen(function*() {
  const { publicUrl } = yield* AppConfig
  const paths: ReadonlyArray<SitePath> = [
    { path, get: yield* makePublished(page) },
    { path: "/openapi.json", get: yield* makePublished(documentAt(publicUrl)) }
  ]
  return paths
})
