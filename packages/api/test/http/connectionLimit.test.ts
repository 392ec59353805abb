import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { once } from "node:events"
import { type RawConnection, rawConnection, rawConnectionFrom } from "../support/RawConnection.ts"
import { bearer, newPerson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

/** In another /24 than everybody else's. */
const attacker = "127.0.1.2"
const places = 20

const closed = (connection: RawConnection) => Effect.promise(() => connection.closed())
const until = (connection: RawConnection, pattern: RegExp) => Effect.promise(() => connection.until(pattern))

/** Opens a connection, sends this, and waits until what comes back looks so, if anything does. */
const opened = (sent: string, answer = /(?:)/) =>
  Effect.tap(rawConnectionFrom(attacker), (connection) =>
    Effect.promise(async () => {
      await once(connection.socket, "connect")
      if (sent !== "") connection.socket.write(sent)
      await connection.until(answer)
    }))

const openedTimes = (count: number, sent: string, answer?: RegExp) =>
  Effect.forEach(Array.from({ length: count }), () => opened(sent, answer))

const isReady = Effect.gen(function*() {
  const connection = yield* rawConnection
  connection.send("GET /health/ready", { connection: "close" })
  assert.match(yield* closed(connection), /^HTTP\/1\.1 200 /)
})

const request = (...lines: ReadonlyArray<string>) => [...lines, "host: localhost", "", ""].join("\r\n")

/** With a body that is asked for when the service waits for it. */
const halfBody = `${
  request(
    "POST /api/auth/sign-in/email HTTP/1.1",
    "origin: http://todo.test",
    "content-type: application/json",
    "content-length: 100",
    "expect: 100-continue"
  )
}{`

layer(TestService.layerWith({ MAX_CONNECTIONS: String(places) }), { excludeTestServices: true })(
  "the limit of connections",
  (it) => {
    for (
      const [what, sent, answer] of [
        ["half a head", "GET / HTTP/1.1\r\nA: b", undefined],
        ["nothing", "", undefined],
        ["a request now and then", request("GET /health/live HTTP/1.1"), /200 OK/],
        ["half a body", halfBody, /100 Continue/]
      ] as const
    ) {
      it.effect(`shuts nobody out for those who send ${what}`, () =>
        Effect.gen(function*() {
          const friend = yield* rawConnection
          friend.send("GET /health/live")
          yield* until(friend, /200 OK/)
          const others = yield* openedTimes(2 * places, sent, answer)
          for (let i = 0; i < 3; i++) yield* isReady
          // Of those of the attacker the oldest had to go, and of others none.
          yield* Effect.forEach(others.slice(0, places), closed)
          assert.isFalse(others.at(-1)!.socket.destroyed)
          friend.send("GET /health/ready", { connection: "close" })
          assert.lengthOf((yield* closed(friend)).match(/HTTP\/1\.1 200 /g)!, 2)
        }))
    }

    it.effect("takes no connection from who waits for an answer", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const adds = yield* openedTimes(places / 2, "")
        for (const add of adds) {
          const body = "{\"title\":\"Kept\"}"
          add.send("POST /api/v1/tasks", {
            ...bearer(pat.jwt),
            "content-type": "application/json",
            "content-length": body.length,
            "connection": "close"
          }, body)
        }
        yield* openedTimes(2 * places, "GET / HT")
        for (const add of adds) assert.match(yield* closed(add), /^HTTP\/1\.1 201 /)
      }))
  }
)

layer(TestService.layerWith({ MAX_CONNECTIONS: "1" }), { excludeTestServices: true })("a limit of one", (it) => {
  it.effect("refuses a new connection while the only one is at work", () =>
    Effect.gen(function*() {
      const body = JSON.stringify({
        name: "Pat",
        email: `person-${crypto.randomUUID()}@example.com`,
        password: "correct horse battery"
      })
      const working = yield* rawConnection
      working.send("GET /health/live")
      yield* until(working, /200 OK/)
      working.send("POST /api/auth/sign-up/email", {
        "origin": "http://todo.test",
        "content-type": "application/json",
        "content-length": body.length,
        "connection": "close"
      }, body)
      // A password takes longer.
      yield* Effect.sleep("10 millis")
      assert.strictEqual(yield* closed(yield* rawConnection), "")
      assert.lengthOf((yield* closed(working)).match(/HTTP\/1\.1 200 /g)!, 2)
    }))
})
