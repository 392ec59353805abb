import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { once } from "node:events"
import { connect } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { operations } from "../isolation/Operations.ts"
import { committed, operationsOf, responsesOf } from "../openapi/committed.ts"
import { rawConnection } from "../support/RawConnection.ts"
import { rawRequest, rawRequestWith } from "../support/rawRequest.ts"
import { assertProblem, bearer, invalidPaths, newPerson, send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { allowedOrigin, TestService } from "../support/TestService.ts"

suite("the edge", (it) => {
  it.effect("answers 404 for a path that nothing has", () =>
    Effect.gen(function*() {
      for (
        const path of ["/nope", "/problems/nope", "/api/v1/nope", "/api/v2/tasks", "/health", "/api/v1/tasks/a/b", "/%"]
      ) {
        assertProblem(yield* send(path), 404, "not_found")
      }
      assertProblem(yield* send("/nope", { method: "POST", body: "x" }), 404, "not_found")
    }))

  it.effect("answers 405 with Allow for a method that the path does not have", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (
        const [method, path, allow] of [
          ["PUT", "/api/v1/tasks", "POST, GET, PATCH, DELETE, HEAD, OPTIONS"],
          ["PUT", "/api/v1/tasks?x=1", "POST, GET, PATCH, DELETE, HEAD, OPTIONS"],
          ["POST", "/api/v1/tasks/01980000-0000-7000-8000-000000000000", "GET, PATCH, DELETE, HEAD, OPTIONS"],
          ["POST", "/api/v1/me", "GET, HEAD, OPTIONS"],
          ["POST", "/health/live", "GET, HEAD, OPTIONS"],
          ["POST", "/openapi.json", "GET, HEAD, OPTIONS"],
          ["DELETE", "/docs", "GET, HEAD, OPTIONS"]
        ] as const
      ) {
        const answer = yield* send(path, { method, headers: { authorization: `Bearer ${pat.jwt}` } })
        assertProblem(answer, 405, "method_not_allowed")
        assert.strictEqual(answer.headers.get("allow"), allow)
        assert.strictEqual((yield* send(path, { method: "OPTIONS" })).headers.get("allow"), allow)
      }
    }))

  it.effect("refuses a parameter where an operation knows none", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("x")
      assert.deepStrictEqual(invalidPaths(yield* pat.get("/api/v1/me?userId=x")), ["query.userId"])
      assert.deepStrictEqual(invalidPaths(yield* pat.get(`/api/v1/tasks/${task.id}?a=1&b=2`)), ["query.a", "query.b"])
      const made = yield* pat.json("POST", "/api/v1/tasks?title=y", { title: "y" })
      assert.deepStrictEqual(invalidPaths(made), ["query.title"])
    }))

  it.effect("answers HEAD as GET, without the body, wherever there is GET", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id } = yield* pat.add("x")
      for (const { group, method, path } of operations) {
        if (method !== "GET") continue
        const token = group === "auth" || group === "device" ? pat.session : pat.jwt
        const ask = (method: string) => send(path.replace(":id", id), { method, headers: bearer(token) })
        const head = yield* ask("HEAD")
        const get = yield* ask("GET")
        assert.strictEqual(head.status, get.status, path)
        assert.strictEqual(head.text, "")
        assert.strictEqual(head.headers.get("content-type"), get.headers.get("content-type"), path)
      }
      for (const path of ["/docs", "/openapi.json", "/device", "/reset-password", "/verify-email"]) {
        assert.strictEqual((yield* send(path, { method: "HEAD" })).status, 200, path)
      }
    }))

  it.effect("answers OPTIONS with what the path has, and 404 where there is none", () =>
    Effect.gen(function*() {
      const options = (path: string, headers: Record<string, string> = {}) => send(path, { method: "OPTIONS", headers })
      const list = yield* options("/api/v1/tasks")
      assert.deepStrictEqual([list.status, list.headers.get("allow")], [204, "POST, GET, PATCH, DELETE, HEAD, OPTIONS"])
      assert.isNull((yield* options("/api/v1/trash")).headers.get("accept-patch"))
      const one = yield* options("/api/v1/tasks/01980000-0000-7000-8000-000000000000")
      assert.strictEqual(one.headers.get("allow"), "GET, PATCH, DELETE, HEAD, OPTIONS")
      assert.strictEqual(one.headers.get("accept-patch"), "application/merge-patch+json, application/json")
      assertProblem(yield* options("/nope"), 404, "not_found")
      assertProblem(yield* options("/nope", { origin: allowedOrigin }), 404, "not_found")
      // A page could not read the 404 that comes after a preflight that is refused.
      const preflight = yield* options("/nope", { "origin": allowedOrigin, "access-control-request-method": "GET" })
      assert.deepStrictEqual([preflight.status, preflight.headers.get("allow")], [204, null])
    }))

  it.effect("says with 415 what it takes instead", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id } = yield* pat.add("x")
      const ask = (method: string, path: string, headers: Record<string, string>) =>
        pat.json(method, path, { title: "y" }, headers)
      const gzip = { "content-encoding": "gzip" }
      const text = { "content-type": "text/plain" }
      for (
        const [method, path, headers, coding, patch] of [
          ["POST", "/api/v1/tasks", gzip, "identity", null],
          ["POST", "/api/auth/sign-in/email", gzip, "identity", null],
          ["POST", "/api/auth/device/code", gzip, "identity", null],
          ["PATCH", `/api/v1/tasks/${id}`, gzip, "identity", null],
          ["POST", "/api/v1/tasks", text, null, null],
          ["PATCH", `/api/v1/tasks/${id}`, text, null, "application/merge-patch+json, application/json"]
        ] as const
      ) {
        const answer = yield* ask(method, path, headers)
        assert.strictEqual(answer.status, 415, path)
        assert.strictEqual(answer.headers.get("accept-encoding"), coding, path)
        assert.strictEqual(answer.headers.get("accept-patch"), patch, path)
      }
    }))

  it.effect("takes a body that says nothing of its type for JSON", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const add = (...lines: ReadonlyArray<string>) =>
        rawRequestWith(
          "{\"title\":\"x\"}",
          "POST /api/v1/tasks HTTP/1.1",
          "Host: todo.test",
          `Authorization: Bearer ${pat.jwt}`,
          ...lines
        )
      assert.strictEqual((yield* add()).status, 201)
      assert.strictEqual((yield* add("Content-Type:")).status, 415)
    }))

  it.effect("says that it lives and is ready", () =>
    Effect.gen(function*() {
      for (const path of ["/health/live", "/health/ready"]) {
        const answer = yield* send(path)
        assert.strictEqual(answer.status, 200)
        assert.deepStrictEqual(answer.body, { status: "ok" })
      }
    }))

  it.effect("gives every response an id, or keeps the one that came with the request", () =>
    Effect.gen(function*() {
      const first = yield* send("/health/live")
      const second = yield* send("/nope")
      assert.match(first.headers.get("x-request-id")!, /^[0-9a-f-]{36}$/)
      assert.notStrictEqual(second.headers.get("x-request-id"), first.headers.get("x-request-id"))
      const given = yield* send("/nope", { headers: { "x-request-id": "run-7.step:2" } })
      assertProblem(given, 404, "not_found")
      assert.strictEqual(given.headers.get("x-request-id"), "run-7.step:2")
      for (const bad of ["a b", "x".repeat(129), "{\"a\":1}"]) {
        assert.match(
          (yield* send("/nope", { headers: { "x-request-id": bad } })).headers.get("x-request-id")!,
          /^[0-9a-f-]{36}$/
        )
      }
    }))

  it.effect("lets exactly the configured origins read its answers", () =>
    Effect.gen(function*() {
      const ask = (origin: string, init: RequestInit = {}) =>
        send("/api/v1/tasks", { ...init, headers: { ...init.headers, origin } })
      const preflight = {
        method: "OPTIONS",
        headers: {
          "access-control-request-method": "PATCH",
          "access-control-request-headers": "authorization,if-match,baggage,sentry-trace"
        }
      }
      for (const init of [{}, preflight]) {
        const allowed = yield* ask(allowedOrigin, init)
        assert.strictEqual(allowed.headers.get("access-control-allow-origin"), allowedOrigin)
        assert.strictEqual(allowed.headers.get("access-control-allow-credentials"), "true")
        assert.include(allowed.headers.get("vary")!, "Origin")
        for (
          const origin of [
            "http://evil.test",
            `${allowedOrigin}.evil.test`,
            "https://app.test",
            "null",
            `${allowedOrigin}:81`
          ]
        ) {
          assert.isNull((yield* ask(origin, init)).headers.get("access-control-allow-origin"), origin)
        }
      }
      const asked = yield* ask(allowedOrigin, preflight)
      assert.strictEqual(asked.headers.get("access-control-max-age"), "7200")
      assert.strictEqual(asked.status, 204)
      assert.match(asked.headers.get("x-request-id")!, /^[0-9a-f-]{36}$/)
      assert.include(asked.headers.get("access-control-allow-methods")!, "PATCH")
      const headers = asked.headers.get("access-control-allow-headers")!.split(",")
      assert.includeMembers(headers, ["Authorization", "traceparent", "baggage", "sentry-trace"])
      const exposed = (yield* ask(allowedOrigin)).headers.get("access-control-expose-headers")!.split(",")
      const document = committed()
      const described = operationsOf(document).flatMap(([, operation]) =>
        responsesOf(operation, document).flatMap(([, { headers }]) => Object.keys(headers))
      )
      // Cookies are the browser's own, and no page reads them.
      assert.sameMembers(exposed, [...new Set(described)].filter((name) => name !== "Set-Cookie"))
    }))

  it.effect("answers a problem document to what is no HTTP", () =>
    Effect.gen(function*() {
      const { body, head, status } = yield* rawRequest("NONSENSE")
      assert.strictEqual(status, 400)
      assert.match(head, /content-type: application\/problem\+json/i)
      assert.match(head, /x-request-id: /i)
      assert.match(head, /cache-control: no-store/i)
      assert.strictEqual(JSON.parse(body).code, "invalid_request")
    }))

  it.effect("gives nobody a tunnel, and says so", () =>
    Effect.gen(function*() {
      const { body, head, status } = yield* rawRequest("CONNECT example.com:443 HTTP/1.1", "Host: example.com:443")
      assert.strictEqual(status, 405)
      assert.match(head, /^allow: *\r?$/im)
      assert.strictEqual(JSON.parse(body).code, "method_not_allowed")
    }))

  it.effect("closes the connection of what is no HTTP, also where the client keeps its side open", () =>
    Effect.gen(function*() {
      const { url } = yield* TestService
      const isClosed = yield* Effect.promise(async () => {
        const socket = connect({ port: Number(new URL(url).port), host: "127.0.0.1", allowHalfOpen: true })
        socket.on("error", () => {}).resume().write("NONSENSE\r\n\r\n")
        await once(socket, "end")
        // Whoever writes to a connection that is gone is told so.
        for (let i = 0; i < 100 && !socket.closed; i++) {
          socket.write("more\r\n")
          await sleep(50)
        }
        return socket.closed
      })
      assert.isTrue(isClosed)
    }))

  it.effect("speaks no other protocol, and answers who asks for one as everybody", () =>
    Effect.gen(function*() {
      const connection = yield* rawConnection
      for (let i = 1; i <= 2; i++) {
        connection.send("GET /health/live", { connection: "Upgrade, HTTP2-Settings", upgrade: "h2c" })
        const answers = yield* Effect.promise(() =>
          connection.until(new RegExp(`(HTTP/1.1 200 OK[^]*?{"status":"ok"}){${i}}`))
        )
        assert.notMatch(answers, /^connection: close/im)
      }
    }))

  it.effect("keeps what is somebody's own out of caches", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const cacheControl = (path: string) => Effect.map(pat.get(path), (answer) => answer.headers.get("cache-control"))
      assert.strictEqual(yield* cacheControl("/api/v1/tasks"), "private, no-cache")
      assert.strictEqual(yield* cacheControl("/api/v1/me"), "private, no-cache")
      // Another user of the same browser gets none of it, even where a page forces the cache.
      assert.strictEqual((yield* pat.get("/api/v1/me")).headers.get("vary"), "Authorization, Time-Zone, Origin")
      const framed = yield* pat.get("/api/v1/me", { origin: allowedOrigin })
      assert.strictEqual(framed.headers.get("vary"), "Authorization, Time-Zone, Origin")
      assert.strictEqual(yield* cacheControl("/api/auth/token"), "no-store")
      // Everybody's: whoever verifies JWTs need not ask each time.
      assert.strictEqual(yield* cacheControl("/api/auth/jwks"), "public, max-age=60")
      assert.strictEqual(yield* cacheControl("/api/auth/jwks?x=y"), "no-store")
      assert.strictEqual(yield* cacheControl("/api/auth/get-session"), "no-store")
    }))

  it.effect("hands out no session token in a list of sessions", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const answer = yield* send("/api/auth/list-sessions", { headers: { authorization: `Bearer ${pat.session}` } })
      assertProblem(answer, 404, "not_found")
    }))
})
