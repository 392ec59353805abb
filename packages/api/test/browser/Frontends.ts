import { Context, Effect, Layer } from "effect"
import { build } from "esbuild"
import { createServer } from "node:http"
import { fileURLToPath } from "node:url"

const entry = fileURLToPath(new URL("./page.ts", import.meta.url))

const page = `<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<title>A frontend</title>
<ul></ul>
<script src="/page.js"></script>
<script>
  const show = (titles) => {
    const items = titles.map((title) => Object.assign(document.createElement("li"), { textContent: title }))
    document.querySelector("ul").replaceChildren(...items)
  }
</script>`

/** `page.ts` as a browser runs it, under the global name `frontend`. */
const bundle = Effect.promise(() =>
  build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "frontend",
    platform: "browser",
    target: "es2024",
    minify: true
  })
).pipe(Effect.map(({ outputFiles }) => outputFiles[0]!.text))

/** Serves the page on a port, and so on an origin, of its own. Answers the origin. */
const serve = (script: string) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly origin: string; readonly close: () => void }>((resume) => {
      const server = createServer((request, response) =>
        request.url === "/page.js"
          ? response.setHeader("content-type", "text/javascript").end(script)
          : response.setHeader("content-type", "text/html").end(page)
      )
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        const port = typeof address === "object" && address !== null ? address.port : 0
        resume(Effect.succeed({
          origin: `http://localhost:${port}`,
          close: () => {
            server.close()
            server.closeAllConnections()
          }
        }))
      })
    }),
    ({ close }) => Effect.sync(close)
  ).pipe(Effect.map(({ origin }) => origin))

/** The same page on two origins. */
export class Frontends extends Context.Service<Frontends, {
  /** In `CORS_ORIGINS`. */
  readonly allowed: string
  /** Not in `CORS_ORIGINS`. */
  readonly stranger: string
}>()("todo/api/test/Frontends") {
  static readonly layer = Layer.effect(
    Frontends,
    Effect.gen(function*() {
      const script = yield* bundle
      return Frontends.of({ allowed: yield* serve(script), stranger: yield* serve(script) })
    })
  )
}
