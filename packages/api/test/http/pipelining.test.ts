import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { connect } from "node:net"
import { text } from "node:stream/consumers"
import { rawConnection } from "../support/RawConnection.ts"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { TestService } from "../support/TestService.ts"

/** Sends all at once, and reads until the connection is closed. */
const exchange = (requests: ReadonlyArray<string>) =>
  Effect.gen(function*() {
    const { url } = yield* TestService
    return yield* Effect.promise(() => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1")
      socket.write(requests.join(""))
      return text(socket).catch(() => "")
    })
  })

const get = (path: string, ...headers: ReadonlyArray<string>) =>
  [`GET ${path} HTTP/1.1`, "host: localhost", ...headers, "", ""].join("\r\n")

suite("pipelined requests", (it) => {
  it.effect("are answered one after the other, in order, and a later one sees what an earlier has done", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const bearer = `authorization: Bearer ${pat.jwt}`
      const body = "{\"title\":\"Tea\"}"
      const post = [
        "POST /api/v1/tasks HTTP/1.1",
        "host: localhost",
        bearer,
        "content-type: application/json",
        `content-length: ${body.length}`,
        "",
        body
      ].join("\r\n")
      const all = yield* exchange([
        ...Array.from({ length: 12 }, (_, i) => [post, get("/health/live", `x-request-id: ${i}`)]).flat(),
        get("/api/v1/tasks?limit=100", bearer, "connection: close")
      ])
      const answers = all.split(/HTTP\/1\.1 (?=\d{3} )/).slice(1)
      assert.deepStrictEqual(
        answers.map((answer) => answer.slice(0, 3)),
        [...Array.from({ length: 12 }, () => ["201", "200"]).flat(), "200"]
      )
      assert.deepStrictEqual(
        answers.flatMap((answer) => /^x-request-id: (\d+)\r$/im.exec(answer)?.[1] ?? []),
        Array.from({ length: 12 }, (_, i) => String(i))
      )
      assert.lengthOf(answers.at(-1)!.match(/"number":/g)!, 12)
    }))

  it.effect("cost a connection that sends more than 32 ahead", () =>
    Effect.gen(function*() {
      const some = yield* exchange([
        ...Array.from({ length: 32 }, () => get("/docs")),
        get("/docs", "connection: close")
      ])
      assert.lengthOf(some.match(/HTTP\/1\.1 200 OK\r\n/g)!, 33)
      const tooMany = yield* exchange(Array.from({ length: 100 }, () => get("/docs")))
      assert.isBelow(tooMany.split("HTTP/1.1 200 OK\r\n").length, 33)
    }))

  for (
    const [what, bad, status] of [
      ["what is no HTTP", "GARBAGE\r\n\r\n", 400],
      ["a body that is no HTTP", `${get("/nope", "transfer-encoding: chunked")}nonsense\r\n`, 404],
      ["headers that are too long", get("/nope", `x: ${"y".repeat(20_000)}`), 431]
    ] as const
  ) {
    it.effect(`are answered also when ${what} follows`, () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const made = (title: string) => {
          const body = JSON.stringify({ title })
          const head = ["POST /api/v1/tasks HTTP/1.1", "host: localhost", `authorization: Bearer ${pat.jwt}`]
          return [...head, "content-type: application/json", `content-length: ${body.length}`, "", body].join("\r\n")
        }
        const answers = yield* exchange([made("Tea"), made("Milk"), bad])
        assert.deepStrictEqual(answers.match(/(?<=HTTP\/1\.1 )\d{3}/g), ["201", "201", String(status)])
        assert.lengthOf((yield* pat.get("/api/v1/tasks")).body.items, 2)
      }))
  }

  it.effect("are not told that they are malformed when they are done, their body being unwanted", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Tea")
      const head = [`DELETE /api/v1/tasks/${task.id} HTTP/1.1`, "host: localhost", `authorization: Bearer ${pat.jwt}`]
      const answer = yield* exchange([[...head, "transfer-encoding: chunked", "", "nonsense\r\n"].join("\r\n")])
      assert.match(answer, /^HTTP\/1\.1 204 /)
      assert.notInclude(answer, "HTTP/1.1 400")
    }))

  it.effect("whose body is wanted and is no HTTP are malformed, whether it comes at once or later", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const head = ["POST /api/v1/tasks HTTP/1.1", "host: localhost", `authorization: Bearer ${pat.jwt}`]
      const chunked = [...head, "content-type: application/json", "transfer-encoding: chunked", "", ""].join("\r\n")
      const atOnce = yield* exchange([chunked, "nonsense\r\n"])
      const connection = yield* rawConnection
      connection.socket.write(`${chunked}1\r\n{\r\n`)
      yield* Effect.sleep("100 millis")
      connection.socket.write("nonsense\r\n")
      const later = yield* Effect.promise(() => connection.closed())
      for (const answer of [atOnce, later]) {
        assert.deepStrictEqual(answer.match(/(?<=HTTP\/1\.1 )\d{3}/g), ["400"])
        assert.include(answer, "\"code\":\"invalid_request\"")
      }
      assert.lengthOf((yield* pat.get("/api/v1/tasks")).body.items, 0)
    }))
})
