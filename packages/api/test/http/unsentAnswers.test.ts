import { afterEach, assert, it, vi } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Logger } from "effect"
import { once } from "node:events"
import { createServer, type ServerResponse } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import { text } from "node:stream/consumers"
import { setTimeout as sleep } from "node:timers/promises"
import { AppConfig } from "../../src/Config.ts"
import { Cuts } from "../../src/http/Cuts.ts"
import { share } from "../../src/http/SharedBytes.ts"
import { UnsentAnswers } from "../../src/http/UnsentAnswers.ts"

const mebibyte = 1024 * 1024

const Unsent = UnsentAnswers.layer.pipe(
  Layer.provide(Cuts.layer),
  Layer.provide(AppConfig.layer),
  Layer.provide(Logger.layer([])),
  Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { ANSWER_BUDGET: "20 MiB" } })))
)

/** A server that answers so. More than the kernel takes off a process has to be in an answer that waits. */
const serving = (answer: (response: ServerResponse) => void) =>
  Effect.gen(function*() {
    const unsent = yield* UnsentAnswers
    const server = createServer({ ServerResponse: unsent.Response }, (_, response) => answer(response))
    yield* Effect.acquireRelease(
      Effect.promise(() => once(server.listen(0, "127.0.0.1"), "listening")),
      () => Effect.sync(() => server.close().closeAllConnections())
    )
    const { port } = server.address() as AddressInfo
    /** Asks, and reads nothing. */
    const ask = Effect.promise(async () => {
      const before = unsent.bytes
      const socket = connect(port, "127.0.0.1").on("error", () => {})
      socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      for (let i = 0; unsent.bytes === before && i < 200; i++) await sleep(5)
      return socket
    })
    return { unsent, ask }
  })

/** Whether the server has cut it. A client that does not read is told nothing: it has to try. */
const isCut = async (socket: Socket) => {
  const whole = await text(socket).then((all) => all.length, () => 0)
  return whole < mebibyte
}

afterEach(() => vi.useRealTimers())

it.layer(Unsent, { excludeTestServices: true })("answers that are not taken", (it) => {
  it.effect("beyond the budget cost those their connection who have waited longest", () =>
    Effect.gen(function*() {
      const { ask, unsent } = yield* serving((response) => response.end("x".repeat(9 * mebibyte)))
      const sockets = [yield* ask, yield* ask]
      // The third and the fourth are too much.
      for (let i = 0; i < 2; i++) {
        sockets.push(yield* ask)
        yield* Effect.promise(() => sleep(20))
        assert.isBelow(unsent.bytes, 20 * mebibyte)
      }
      const cut = yield* Effect.promise(() => Promise.all(sockets.map(isCut)))
      assert.deepStrictEqual(cut, [true, true, false, false])
      yield* Effect.promise(() => sleep(20))
      assert.strictEqual(unsent.bytes, 0)
    }))

  it.effect("take no memory of their own where their bytes are shared", () =>
    Effect.gen(function*() {
      const bytes = share(Buffer.alloc(9 * mebibyte))
      const { ask, unsent } = yield* serving((response) => response.end(bytes))
      const sockets: Array<Socket> = []
      for (let i = 0; i < 20; i++) sockets.push(yield* ask)
      assert.isBelow(unsent.bytes, mebibyte)
      const cut = yield* Effect.promise(() => Promise.all(sockets.map(isCut)))
      assert.notInclude(cut, true)
    }))

  it.effect("are counted also where they are written in pieces", () =>
    Effect.gen(function*() {
      const { ask, unsent } = yield* serving((response) => {
        for (let i = 0; i < 9; i++) response.write("x".repeat(mebibyte))
        response.end()
      })
      const socket = yield* ask
      assert.isAbove(unsent.bytes, 8 * mebibyte)
      assert.isFalse(yield* Effect.promise(() => isCut(socket)))
    }))
})

it.effect(
  "a client that has not taken an answer in time is cut, also where it reads a little now and then",
  () =>
    Effect.gen(function*() {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] })
      yield* Effect.gen(function*() {
        const { ask, unsent } = yield* serving((response) => response.end("x".repeat(9 * mebibyte)))
        const trickling = yield* ask
        const reading = yield* ask
        const all = text(reading)
        for (let seconds = 0; seconds < 20 + 9 * 64 + 2; seconds++) {
          trickling.read(1)
          if (seconds === 20) assert.isAbove(unsent.bytes, 8 * mebibyte)
          vi.advanceTimersByTime(1000)
          yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
        }
        assert.isTrue(yield* Effect.promise(() => isCut(trickling)))
        assert.isAbove((yield* Effect.promise(() => all)).length, 9 * mebibyte)
        assert.strictEqual(unsent.bytes, 0)
      }).pipe(Effect.scoped, Effect.provide(Layer.fresh(Unsent)))
    }),
  { excludeTestServices: true } as never
)

it.effect(
  "an answer that goes on for long, and is taken as it comes, is not cut",
  () =>
    Effect.gen(function*() {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] })
      yield* Effect.gen(function*() {
        let going: ServerResponse | undefined
        const { ask, unsent } = yield* serving((response) => {
          going = response
          response.write("x".repeat(9 * mebibyte))
        })
        const socket = yield* ask
        const all = text(socket).catch(() => "cut")
        for (let turns = 0; unsent.bytes > 0 && turns < 100_000; turns++) {
          yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
        }
        for (let hours = 0; hours < 24; hours++) vi.advanceTimersByTime(3_600_000)
        going!.end("the end")
        assert.match(yield* Effect.promise(() => all), /the end/)
      }).pipe(Effect.scoped, Effect.provide(Layer.fresh(Unsent)))
    }),
  { excludeTestServices: true } as never
)
