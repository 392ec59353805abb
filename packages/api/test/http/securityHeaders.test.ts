import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { version } from "../../src/Version.ts"
import { rawRequest } from "../support/rawRequest.ts"
import { newPerson, send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { allowedOrigin, TestService } from "../support/TestService.ts"

suite("the security headers, and the release", (it) => {
  it.effect("are on every response, whatever it is", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("x")
      const answers = [
        yield* send("/health/live"),
        yield* send("/nope"),
        yield* send("/openapi.json"),
        yield* send("/docs"),
        yield* send("/docs", { method: "DELETE" }),
        yield* send("/device"),
        yield* send("/api/v1/tasks"),
        yield* send("/api/auth/token"),
        yield* send("/api/auth/jwks", { headers: { origin: "http://evil.test" } }),
        yield* pat.get("/api/v1/tasks"),
        yield* pat.get(`/api/v1/tasks/${task.id}`, { "if-none-match": "\"1\"" }),
        yield* send("/api/v1/tasks", {
          method: "OPTIONS",
          headers: { "origin": allowedOrigin, "access-control-request-method": "POST" }
        })
      ]
      assert.deepStrictEqual(answers.map(({ status }) => status), [
        200,
        404,
        200,
        200,
        405,
        200,
        401,
        401,
        403,
        200,
        304,
        204
      ])
      for (const { headers } of answers) {
        assert.strictEqual(headers.get("x-content-type-options"), "nosniff")
        assert.strictEqual(headers.get("x-frame-options"), "DENY")
        assert.strictEqual(headers.get("todo-version"), version)
        assert.strictEqual(headers.get("cross-origin-opener-policy"), "same-origin")
        assert.match(headers.get("referrer-policy")!, /^no-referrer$|^same-origin$/)
        assert.match(headers.get("content-security-policy")!, /^default-src 'none'; .*frame-ancestors 'none'$/)
        // The service is reached over http here: nobody may be told to stay away from it.
        assert.isNull(headers.get("strict-transport-security"))
      }
    }))

  it.effect("let the documentation run its own scripts, by their hashes, and nothing else", () =>
    Effect.gen(function*() {
      const policy = (yield* send("/docs")).headers.get("content-security-policy")!
      assert.match(policy, /script-src(?: 'sha256-[\w+/]{43}='){3};/)
      assert.notMatch(policy, /unsafe-eval|https?:|script-src[^;]*unsafe-inline/)
      assert.include(policy, "connect-src 'self'")
      assert.notInclude((yield* send("/openapi.json")).headers.get("content-security-policy")!, "script-src")
    }))
})

layer(TestService.layerWith({ PUBLIC_URL: "https://todo.test" }), { excludeTestServices: true })(
  "behind https",
  (it) => {
    it.effect("a browser is told to stay with it", () =>
      Effect.gen(function*() {
        for (const path of ["/health/live", "/nope", "/docs"]) {
          assert.strictEqual(
            (yield* send(path)).headers.get("strict-transport-security"),
            "max-age=31536000; includeSubDomains"
          )
        }
        for (const lines of [["NONSENSE"], ["GET /docs HTTP/1.1", "Host: todo.test", "Expect: tea"]]) {
          const { head } = yield* rawRequest(...lines)
          assert.match(head, /^strict-transport-security: max-age=31536000; /im)
          assert.include(head.toLowerCase(), `\ntodo-version: ${version}\r`)
        }
      }))
  }
)
