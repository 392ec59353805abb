import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { setTimeout } from "node:timers/promises"
import { afterEach } from "vitest"
import { MemoryReturn } from "../src/MemoryReturn.ts"

const own = globalThis.gc
afterEach(() => {
  globalThis.gc = own
})

it("has V8 let go of its memory when there is nothing to do, and not again before it has grown", async () => {
  const asked: Array<unknown> = []
  const { promise, resolve } = Promise.withResolvers<void>()
  globalThis.gc = ((options: unknown) => {
    asked.push(options)
    resolve()
  }) as NodeJS.GCFunction
  await Effect.runPromise(Effect.scoped(Effect.gen(function*() {
    yield* Layer.build(MemoryReturn)
    yield* Effect.promise(() => promise)
    yield* Effect.promise(() => setTimeout(6000))
  })))
  assert.deepStrictEqual(asked, [{ type: "major", execution: "sync", flavor: "last-resort" }])
}, 60_000)

it("does nothing where Node has no gc to call", async () => {
  globalThis.gc = undefined
  await Effect.runPromise(Effect.scoped(Layer.build(MemoryReturn)))
})
