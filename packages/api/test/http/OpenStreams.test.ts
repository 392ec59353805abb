import { assert, it } from "@effect/vitest"
import { UserId } from "@todo/domain/users/User"
import { ConfigProvider, Effect, Exit, Layer, Logger, Scope } from "effect"
import { Socket } from "node:net"
import { AppConfig } from "../../src/Config.ts"
import { Cuts } from "../../src/http/Cuts.ts"
import { OpenStreams } from "../../src/http/OpenStreams.ts"

const Streams = OpenStreams.layer.pipe(
  Layer.provide(Cuts.layer),
  Layer.provide(AppConfig.layer),
  Layer.provide(Logger.layer([])),
  Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env: { MAX_EVENT_STREAMS: "12" } })))
)

const newUser = () => UserId.make(crypto.randomUUID())

/** Takes a place until the scope is closed; answers the status of the refusal where there is none. */
const enter = Effect.fnUntraced(function*(user: UserId) {
  const streams = yield* OpenStreams
  const scope = yield* Scope.make()
  const socket = new Socket().on("error", () => {})
  const closing = yield* Effect.provideService(streams.enter(user, socket), Scope.Scope, scope).pipe(
    Effect.catchTag("NoPlace", ({ response }) => Effect.succeed(response.status))
  )
  return { closing, socket, leave: Scope.close(scope, Exit.void) }
})

it.effect("streams are bounded, for each user and in all, and give their places back", () =>
  Effect.gen(function*() {
    const user = newUser()
    const first = yield* enter(user)
    for (let i = 1; i < 10; i++) assert.isNotNumber((yield* enter(user)).closing)
    assert.strictEqual((yield* enter(user)).closing, 429)
    for (let i = 0; i < 2; i++) assert.isNotNumber((yield* enter(newUser())).closing)
    assert.strictEqual((yield* enter(newUser())).closing, 503)
    yield* first.leave
    assert.strictEqual((yield* OpenStreams).open, 11)
    assert.isNotNumber((yield* enter(user)).closing)
  }).pipe(Effect.provide(Streams)), { excludeTestServices: true } as never)

it.effect("streams end when the service stops, and who does not take the end is cut", () =>
  Effect.gen(function*() {
    const streams = yield* OpenStreams
    const [taking, deaf] = [yield* enter(newUser()), yield* enter(newUser())]
    const isCut = new Promise((resolve) => deaf.socket.once("close", resolve))
    streams.closeAll()
    for (const { closing } of [taking, deaf]) yield* (closing as Effect.Effect<void>)
    yield* taking.leave
    assert.strictEqual((yield* enter(newUser())).closing, 503)
    yield* Effect.promise(() => isCut)
    assert.isFalse(taking.socket.destroyed)
  }).pipe(Effect.provide(Streams)), { excludeTestServices: true } as never)
