import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { type RawConnection, rawConnection } from "../support/RawConnection.ts"
import { assertProblem, bearer, newPerson, origin, send, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { TestService } from "../support/TestService.ts"

const json = { "content-type": "application/json" }
const chunked = { ...json, "transfer-encoding": "chunked" }

const closed = (connection: RawConnection) => Effect.promise(() => connection.closed())
const until = (connection: RawConnection, pattern: RegExp) => Effect.promise(() => connection.until(pattern))

suite("the body of a request", (it) => {
  it.effect("is not waited for where nobody wants it, and the connection is closed", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const half = { ...json, "content-length": 10_000 }
      for (
        const [line, headers, status] of [
          ["POST /nowhere", {}, 404],
          ["PUT /api/v1/tasks", bearer(pat.jwt), 405],
          ["POST /api/v1/tasks", {}, 401],
          ["POST /api/v1/tasks", bearer("nonsense"), 401],
          ["POST /api/auth/sign-in/email", { origin: "http://evil.test" }, 403],
          ["POST /device", { origin: "http://evil.test" }, 403],
          ["GET /api/v1/tasks", bearer(pat.jwt), 200],
          ["OPTIONS /api/v1/tasks", { "origin": "http://app.test", "access-control-request-method": "POST" }, 204]
        ] as const
      ) {
        for (const framing of [half, chunked]) {
          const connection = yield* rawConnection
          connection.send(line, { ...headers, ...framing })
          const answer = yield* closed(connection)
          assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), line)
          assert.match(answer, /^connection: close\r$/im, line)
        }
      }
    }))

  it.effect("is text in UTF-8 as it comes, and is not taken for it where it says otherwise", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const post = (path: string, body: unknown, headers: Record<string, string>) =>
        sendJson("POST", path, body, { ...origin, ...bearer(pat.jwt), ...headers })
      const add = (headers: Record<string, string>) => post("/api/v1/tasks", { title: "Buy milk" }, headers)
      const signIn = (headers: Record<string, string>) => post("/api/auth/sign-in/email", pat, headers)
      for (
        const headers of [
          { "content-encoding": "gzip" },
          { "content-encoding": "identity, br" },
          { "content-type": "application/json; charset=utf-16" },
          { "content-type": "application/json;charset=\"iso-8859-1\"" }
        ]
      ) {
        assertProblem(yield* add(headers), 415, "unsupported_media_type")
        assertProblem(yield* signIn(headers), 415, "unsupported_media_type")
      }
      for (const charset of ["charset=utf-8", "Charset=\"UTF-8\"; v=1", "charset=us-ascii"]) {
        const headers = { "content-type": `application/json; ${charset}`, "content-encoding": "identity" }
        assert.strictEqual((yield* add(headers)).status, 201, charset)
      }
    }))

  it.effect("keeps a connection alive where it came with its head, wanted or not", () =>
    Effect.gen(function*() {
      const connection = yield* rawConnection
      for (let i = 1; i <= 3; i++) {
        connection.send("POST /nowhere", { ...json, "content-length": 9_000 }, "x".repeat(9_000))
        const answers = yield* until(connection, new RegExp(`(HTTP/1.1 404 [^]*?"requestId"[^]*?}){${i}}`))
        assert.notMatch(answers, /^connection: close/im)
      }
    }))

  it.effect("is put together from its pieces", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const text = JSON.stringify({ title: "Pieces", description: "ä€𝄞 ".repeat(5000) })
      const bytes = Buffer.from(text)
      const connection = yield* rawConnection
      connection.send("POST /api/v1/tasks", { ...bearer(pat.jwt), ...chunked })
      for (let i = 0; i < bytes.length; i += 997) connection.chunk(bytes.subarray(i, i + 997))
      connection.socket.write("0\r\n\r\n")
      yield* until(connection, /^HTTP\/1.1 201 /)
      const { body } = yield* pat.get("/api/v1/tasks")
      assert.strictEqual(body.items[0].description, JSON.parse(text).description)
    }))

  it.effect("is given up where it comes in more pieces than it is worth", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (
        const [line, headers, status] of [
          ["POST /api/v1/tasks", bearer(pat.jwt), 400],
          ["POST /api/auth/sign-in/email", origin, 400],
          ["POST /nowhere", {}, 404]
        ] as const
      ) {
        const connection = yield* rawConnection
        connection.send(line, { ...headers, ...chunked }, "1\r\nx\r\n".repeat(40_000))
        const answer = yield* closed(connection)
        assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
        assert.match(answer, /^connection: close\r$/im)
      }
    }))

  it.effect("is refused at once where it is longer than the operation takes, as its head says or as it comes", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (
        const [line, limit, headers] of [
          ["POST /api/v1/tasks", 256, bearer(pat.jwt)],
          ["POST /api/v1/tokens", 16, bearer(pat.jwt)],
          ["POST /api/auth/sign-in/email", 16, origin]
        ] as const
      ) {
        const bytes = limit * 1024
        const announced = yield* rawConnection
        announced.send(line, { ...headers, ...json, "content-length": bytes + 1 })
        const sent = yield* rawConnection
        sent.send(line, { ...headers, ...chunked }).chunk("x".repeat(bytes)).chunk("y")
        for (const connection of [announced, sent]) {
          const answer = yield* closed(connection)
          assert.match(answer, /^HTTP\/1.1 413 /)
          assert.include(answer, `The body may have ${limit} KiB at the most`)
        }
      }
    }))

  it.effect("may be megabytes too long: the client reads the answer all the same", () =>
    Effect.gen(function*() {
      for (let i = 0; i < 10; i++) {
        const answer = yield* sendJson("POST", "/api/auth/sign-in/email", "x".repeat(5_000_000), origin)
        assertProblem(answer, 413, "body_too_large")
        assertProblem(yield* sendJson("POST", "/nowhere", "x".repeat(5_000_000)), 404, "not_found")
      }
    }))

  it.effect("is asked for with 100 where it is wanted, and only there", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const body = "{\"title\":\"Asked for\"}"
      const expecting = { ...json, "content-length": body.length, "expect": "100-continue" }
      const connection = yield* rawConnection
      for (let i = 1; i <= 2; i++) {
        connection.send("POST /api/v1/tasks", { ...bearer(pat.jwt), ...expecting })
        yield* until(connection, /HTTP\/1.1 100 Continue\r\n\r\n$/)
        connection.socket.write(body)
        const answers = yield* until(connection, new RegExp(`(HTTP/1.1 201 [^]*?"version":1}[^]*?){${i}}`))
        assert.notMatch(answers, /^connection: close/im)
      }
      for (
        const [line, headers, status] of [
          ["POST /api/v1/tasks", {}, 401],
          ["POST /nowhere", {}, 404],
          ["PUT /api/v1/tasks", {}, 405],
          ["POST /api/v1/tasks", { ...bearer(pat.jwt), "content-length": 1_000_000 }, 413]
        ] as const
      ) {
        const refused = yield* rawConnection
        refused.send(line, { ...expecting, ...headers })
        const answer = yield* closed(refused)
        assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `))
        assert.match(answer, /^connection: close\r$/im)
      }
    }))

  it.effect("is not there for an expectation that nobody knows", () =>
    Effect.gen(function*() {
      const connection = yield* rawConnection
      connection.send("POST /api/v1/tasks", { ...json, "content-length": 2, "expect": "a miracle" })
      const answer = yield* closed(connection)
      assert.match(answer, /^HTTP\/1.1 417 /)
      assert.match(answer, /^content-type: application\/problem\+json\r$/im)
      assert.match(answer, /^x-content-type-options: nosniff\r$/im)
      const id = /^x-request-id: (.*)\r$/im.exec(answer)![1]!
      const problem = JSON.parse(answer.split("\r\n\r\n")[1]!)
      assert.deepStrictEqual([problem.code, problem.requestId], ["expectation_failed", id])
    }))
})

layer(TestService.layerWith({ BODY_BUDGET: "1 MiB", MAX_REQUESTS: "100" }), { excludeTestServices: true })(
  "bodies that do not end",
  (it) => {
    it.effect("give way to new ones, the oldest first", () =>
      Effect.gen(function*() {
        const connections: Array<RawConnection> = []
        for (let i = 0; i < 70; i++) {
          const connection = yield* rawConnection
          connection.send("POST /api/auth/sign-in/email", {
            ...origin,
            ...json,
            "content-length": 1000,
            "expect": "100-continue"
          })
          yield* until(connection, /100 Continue/)
          connections.push(connection)
        }
        // Each weighs 16 KiB at the least.
        for (const connection of connections.slice(0, 6)) assert.match(yield* closed(connection), /HTTP\/1.1 503 /)
        for (const connection of connections.slice(6)) assert.notInclude(connection.text, "HTTP/1.1 503")
        // They keep nobody out, neither with a body nor without.
        const pat = yield* newPerson
        assert.strictEqual((yield* pat.add("x")).title, "x")
        assert.strictEqual((yield* send("/health/ready")).status, 200)
      }))
  }
)
