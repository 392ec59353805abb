import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { allowedOrigin, publicUrl } from "../support/TestService.ts"

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8" }
const repository = join(import.meta.dirname, "../../../..")
const isPage = (headers: Headers) => headers.get("content-type") === "text/html; charset=utf-8"

suite("the address that people are given", (it) => {
  it.effect("is a page to a browser, and every link of it leads somewhere", () =>
    Effect.gen(function*() {
      const home = yield* send("/", { headers: browser })
      assert.strictEqual(home.status, 200)
      assert.isTrue(isPage(home.headers))
      // A narrow screen breaks the line before the address, and not within.
      assert.include(home.text, `export TODO_API_URL=<wbr>${publicUrl}`)
      assert.notInclude(home.text, "About this service")
      assert.notInclude(home.text, "npx todo")
      const links = [...home.text.matchAll(/ href="(\/[^"]*)"/g)].map(([, link]) => link!)
      assert.includeMembers(links, ["/", "/docs", "/openapi.json", "/problems", "/sign-in", "/device", "/icon.svg"])
      for (const link of new Set(links)) assert.strictEqual((yield* send(link, { headers: browser })).status, 200, link)
    }))

  it.effect("says which Node the terminal client needs, as its package and the README do", () =>
    Effect.gen(function*() {
      const { engines } = JSON.parse(readFileSync(join(repository, "packages/cli/package.json"), "utf8"))
      const needed = `Node ${engines.node.replace(">=", "")} or later`
      assert.include((yield* send("/", { headers: browser })).text, needed)
      for (const file of ["README.md", "packages/cli/README.md"]) {
        assert.include(readFileSync(join(repository, file), "utf8"), needed, file)
      }
    }))

  it.effect("is links to a program, and every one of them is an operation or a document", () =>
    Effect.gen(function*() {
      for (
        const headers of [{}, { accept: "*/*" }, { accept: "application/json" }] as ReadonlyArray<
          Record<string, string>
        >
      ) {
        const home = yield* send("/", { headers })
        assert.strictEqual(home.headers.get("content-type"), "application/json")
        assert.strictEqual(home.headers.get("vary"), "Accept, Origin")
        assert.strictEqual(home.body.name, "todo")
        for (const link of Object.values<string>(home.body.links)) {
          assert.strictEqual(new URL(link).origin, publicUrl)
          // Not there would be 404; those for POST, or for somebody who is signed in, are something else.
          assert.include([200, 401, 405], (yield* send(new URL(link).pathname)).status, link)
        }
      }
      const plain = yield* send("/", { headers: { accept: "text/plain" } })
      assert.strictEqual(plain.headers.get("content-type"), "text/plain; charset=utf-8")
      assert.include(plain.text, `${publicUrl}/docs`)
      const head = yield* send("/", { method: "HEAD" })
      assert.deepStrictEqual([head.status, head.text], [200, ""])
    }))

  it.effect("may be kept for a minute, but not with a query, of which there is no end", () =>
    Effect.gen(function*() {
      for (const headers of [browser, { accept: "application/json" }, { accept: "text/plain" }]) {
        const cacheControl = (path: string) =>
          Effect.map(send(path, { headers }), (answer) => answer.headers.get("cache-control"))
        for (const path of ["/", "/problems", "/problems/not_found"]) {
          assert.strictEqual(yield* cacheControl(path), "public, max-age=60, must-revalidate", path)
          assert.strictEqual(yield* cacheControl(`${path}?token=x`), "no-store", path)
        }
        assert.strictEqual(yield* cacheControl("/icon.svg?x"), "no-store")
      }
    }))

  it.effect("has an icon, and tells crawlers what is not for them", () =>
    Effect.gen(function*() {
      for (const path of ["/favicon.ico", "/icon.svg"]) {
        const icon = yield* send(path)
        assert.strictEqual(icon.headers.get("content-type"), "image/svg+xml")
        assert.match(icon.text, /^<svg /)
      }
      const robots = yield* send("/robots.txt")
      assert.strictEqual(robots.headers.get("content-type"), "text/plain; charset=utf-8")
      assert.include(robots.text, "Disallow: /api/\n")
    }))
})

suite("an error", (it) => {
  const page = (path: string, method = "GET") => send(path, { method, headers: browser })

  it.effect("is a page where a browser asks outside of the API, with the same status, headers and words", () =>
    Effect.gen(function*() {
      for (const [path, method] of [["/nothing", "GET"], ["/device/nothing", "GET"], ["/docs", "DELETE"]] as const) {
        const shown = yield* page(path, method)
        const told = yield* send(path, { method })
        assert.isTrue(isPage(shown.headers), path)
        assert.strictEqual(shown.status, told.status)
        assert.strictEqual(shown.headers.get("allow"), told.headers.get("allow"))
        assert.include(shown.text, `<h1>${told.body.title}</h1>`)
        assert.include(shown.text, told.body.detail)
        assert.include(shown.text, shown.headers.get("x-request-id")!)
        assert.include(shown.headers.get("content-security-policy")!, "style-src 'sha256-")
      }
    }))

  it.effect("is kept by nobody, and outside of the API every answer says that Accept counts", () =>
    Effect.gen(function*() {
      const errors = [["/nothing", "GET"], ["/problems/nothing", "GET"], ["/docs", "DELETE"], ["/a//b", "GET"]] as const
      const others = ["/", "/docs", "/openapi.json", "/problems/not_found", "/sign-in", "/icon.svg", "/health/live"]
      for (const headers of [browser, { accept: "*/*" }, { ...browser, origin: allowedOrigin }]) {
        for (const [path, method] of [...errors, ...others.map((path) => [path, "GET"] as const)]) {
          const answer = yield* send(path, { method, headers })
          assert.includeMembers(answer.headers.get("vary")!.split(", "), ["Accept", "Origin"], path)
          if (answer.status >= 400) assert.strictEqual(answer.headers.get("cache-control"), "no-store", path)
        }
        assert.notInclude((yield* send("/api/v1/nothing", { headers })).headers.get("vary")!, "Accept")
      }
    }))

  it.effect("is a problem document in the API, whatever is asked for, and to programs everywhere", () =>
    Effect.gen(function*() {
      for (const path of ["/api/v1/tasks", "/api/v1/nothing", "/api/auth/token", "/api/nothing"]) {
        assert.strictEqual((yield* page(path)).headers.get("content-type"), "application/problem+json", path)
      }
      for (
        const accept of [
          "*/*",
          "application/json",
          "application/json, text/html;q=0.9",
          "image/png",
          ";",
          "text/html;q=0"
        ]
      ) {
        const { headers } = yield* send("/nothing", { headers: { accept } })
        assert.strictEqual(headers.get("content-type"), "application/problem+json", accept)
      }
    }))
})
