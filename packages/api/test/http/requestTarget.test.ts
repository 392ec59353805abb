import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { rawRequest, rawRequestWith } from "../support/rawRequest.ts"
import { assertProblem, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { allowedOrigin } from "../support/TestService.ts"

const codeOf = (body: string): unknown => JSON.parse(body).code

suite("a request", (it) => {
  it.effect("is for this service by the host of PUBLIC_URL, or a loopback name with any port", () =>
    Effect.gen(function*() {
      const own = [
        "todo.test",
        "Todo.TEST",
        "todo.test:80",
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1:65535",
        "[::1]:4000"
      ]
      for (const host of own) {
        assert.strictEqual((yield* rawRequest("GET /api/v1/tasks HTTP/1.1", `Host: ${host}`)).status, 401, host)
      }
    }))

  it.effect("is for another service otherwise, which a page that has rebound its name finds out", () =>
    Effect.gen(function*() {
      const foreign = [
        "evil.example",
        "evil.example:80",
        "todo.test:81",
        "todo.test.evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "todo.test.",
        "192.0.2.1",
        "[::2]",
        "localhost:123456",
        "evil.example,todo.test"
      ]
      for (const host of foreign) {
        for (const path of ["/api/v1/tasks", "/api/auth/jwks", "/device", "/docs", "/nope"]) {
          const answer = yield* rawRequest(`GET ${path} HTTP/1.1`, `Host: ${host}`)
          assert.strictEqual(answer.status, 421, `${host} ${path}`)
          assert.strictEqual(codeOf(answer.body), "misdirected_request")
          assert.notInclude(answer.head + answer.body, "evil")
        }
        const preflight = yield* rawRequest(
          "OPTIONS /api/v1/tasks HTTP/1.1",
          `Host: ${host}`,
          `Origin: ${allowedOrigin}`
        )
        assert.strictEqual(preflight.status, 421, host)
      }
    }))

  it.effect("may ask for health under any name: probes come with addresses", () =>
    Effect.gen(function*() {
      for (const path of ["/health/live", "/health/ready", "/health/ready?x"]) {
        assert.strictEqual((yield* rawRequest(`GET ${path} HTTP/1.1`, "Host: 10.0.0.7:4000")).status, 200, path)
      }
    }))

  it.effect("names its host once, as a host is written", () =>
    Effect.gen(function*() {
      const malformed = [
        [],
        ["Host:"],
        ["Host: todo.test", "Host: todo.test"],
        ["Host: todo.test", "hOST: evil.example"],
        ["Host: a/../b@c"],
        ["Host: todo.test/"],
        ["Host: pat@todo.test"],
        ["Host: todo.test:http"],
        ["Host: http://todo.test"]
      ]
      for (const path of ["/api/v1/tasks", "/health/live"]) {
        for (const lines of malformed) {
          const answer = yield* rawRequest(`GET ${path} HTTP/1.1`, ...lines)
          assert.strictEqual(answer.status, 400, lines.join())
          assert.strictEqual(codeOf(answer.body), "invalid_request")
          assert.match(answer.head, /\r\nx-request-id: /i)
        }
      }
    }))

  it.effect("need name no host in HTTP/1.0, which balancers check health with", () =>
    Effect.gen(function*() {
      assert.strictEqual((yield* rawRequest("GET /health/ready HTTP/1.0")).status, 200)
      assert.strictEqual((yield* rawRequest("GET /api/v1/tasks HTTP/1.0")).status, 401)
      assert.strictEqual((yield* rawRequest("GET /api/v1/tasks HTTP/1.0", "Host: evil.example")).status, 421)
    }))

  it.effect("is for the host of its target, where the target has one", () =>
    Effect.gen(function*() {
      for (
        const [target, host, status] of [
          ["http://todo.test/api/v1/tasks", "todo.test", 401],
          ["HTTP://Todo.Test:80/api/v1/tasks?limit=1", "evil.example", 401],
          ["http://evil.example/api/v1/tasks", "todo.test", 421],
          ["http://evil.example:99999/api/v1/tasks", "todo.test", 421],
          ["http://pat@todo.test/api/v1/tasks", "todo.test", 400],
          ["http:///api/v1/tasks", "todo.test", 400],
          ["http://todo.test/x/../api/v1/tasks", "todo.test", 404],
          ["http://todo.test", "todo.test", 404],
          ["ftp://todo.test/api/v1/tasks", "todo.test", 404],
          ["http://10.0.0.7/health/live", "10.0.0.7", 200]
        ] as const
      ) {
        const answer = yield* rawRequest(`GET ${target} HTTP/1.1`, `Host: ${host}`)
        assert.strictEqual(answer.status, status, target)
      }
      assert.strictEqual((yield* rawRequest("OPTIONS * HTTP/1.1", "Host: todo.test")).status, 204)
    }))

  it.effect("finds a path by its one spelling: every other is 404, with Better Auth too", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id } = yield* pat.add("x")
      const canonical = [
        "/api/v1/tasks",
        `/api/v1/tasks/${id}`,
        "/api/auth/get-session",
        "/health/live",
        "/device",
        "/docs"
      ]
      for (const path of canonical) {
        const spellings = [
          path.toUpperCase(),
          path.replace("/a", "/A").replace("/h", "/H").replace("/d", "/D"),
          `/${path}`,
          path.replaceAll("/", "//"),
          `${path}/`,
          `${path}//`,
          `/.${path}`,
          `/x/..${path}`,
          `/%2e${path}`,
          `${path}/.`,
          `${path};x`,
          `${path}#x`,
          `${path}?x#y`,
          path.replace("i", "%69").replace("e", "%65").replace("o", "%6F"),
          path.replace("i", "%69").replace("e", "%65").replace("o", "%6f"),
          path.replaceAll("/", "\\"),
          `${path}%`
        ]
        for (const spelling of spellings) {
          const answer = yield* rawRequest(
            `GET ${spelling} HTTP/1.1`,
            "Host: todo.test",
            `Authorization: Bearer ${path.startsWith("/api/auth") ? pat.session : pat.jwt}`
          )
          // Node itself refuses a target that does not begin with a slash.
          assert.include(spelling.startsWith("/") ? [404] : [400], answer.status, spelling)
        }
      }
    }))

  it.effect("has no other path for Better Auth than for the log, limits and metrics", () =>
    Effect.gen(function*() {
      const { email, password } = yield* newPerson
      const body = JSON.stringify({ email, password })
      const signIn = (path: string) =>
        rawRequestWith(body, `POST ${path} HTTP/1.1`, "Host: todo.test", "Content-Type: application/json")
      assert.strictEqual((yield* signIn("/api/auth/sign-in/email")).status, 200)
      for (const path of ["/api/auth/x/../sign-in/email", "/api/auth//sign-in/email", "/api/auth/sign-in/./email"]) {
        assert.strictEqual((yield* signIn(path)).status, 404, path)
      }
    }))

  it.effect("may have escapes in its path where they are needed, in upper case", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      // They come to the schema of an id, which says no.
      for (const name of ["%C3%A9", "a%2Fb", "a%20b", "a+b", "a%2Bb", "%E2%82%AC", "it's", "it%27s"]) {
        assertProblem(yield* pat.get(`/api/v1/tasks/${name}`), 400, "invalid_request")
      }
      for (const name of ["%c3%a9", "a%2fb", "%61", "%7E", "%2D"]) {
        const answer = yield* rawRequest(
          `GET /api/v1/tasks/${name} HTTP/1.1`,
          "Host: todo.test",
          `Authorization: Bearer ${pat.jwt}`
        )
        assert.strictEqual(answer.status, 404, name)
      }
    }))

  it.effect("has one line of Authorization: of two a proxy might have looked at the other", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const authorization = `Authorization: Bearer ${pat.jwt}`
      const once = yield* rawRequest("GET /api/v1/me HTTP/1.1", "Host: todo.test", authorization)
      assert.strictEqual(once.status, 200)
      for (const second of [authorization, "Authorization: Bearer x"]) {
        const answer = yield* rawRequest("GET /api/v1/me HTTP/1.1", "Host: todo.test", authorization, second)
        assert.strictEqual(answer.status, 401)
      }
    }))
})
