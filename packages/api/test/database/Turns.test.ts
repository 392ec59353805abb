import { assert, describe, it } from "@effect/vitest"
import { Deferred, Duration, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { makeTurns } from "../../src/database/connections/Turns.ts"

/** Statements that end when they are told to, and which have begun. */
const statements = () => {
  const begun: Array<string> = []
  const ends = new Map<string, Deferred.Deferred<void>>()
  const statement = (name: string) =>
    Effect.suspend(() => {
      begun.push(name)
      const end = Deferred.makeUnsafe<void>()
      ends.set(name, end)
      return Effect.as(Deferred.await(end), name)
    })
  const end = (name: string) => Effect.andThen(Deferred.succeed(ends.get(name)!, undefined), Effect.yieldNow)
  return { begun, statement, end }
}

describe("the writes of users", () => {
  it.effect("come to the database one at a time for each user, in the order they were asked for", () =>
    Effect.gen(function*() {
      const { begun, end, statement } = statements()
      const turns = makeTurns(Duration.infinity)
      const fibers: Array<Fiber.Fiber<string>> = []
      for (const name of ["pat 1", "pat 2", "sam 1", "pat 3"]) {
        fibers.push(yield* Effect.forkChild(turns.run(name.slice(0, 3), statement(name)), { startImmediately: true }))
      }
      assert.deepStrictEqual(begun, ["pat 1", "sam 1"])
      yield* end("pat 1")
      assert.deepStrictEqual(begun, ["pat 1", "sam 1", "pat 2"])
      yield* end("sam 1")
      yield* end("pat 2")
      yield* end("pat 3")
      assert.deepStrictEqual(yield* Effect.forEach(fibers, Fiber.join), ["pat 1", "pat 2", "sam 1", "pat 3"])
    }))

  it.effect("have the next wait until a statement has ended, also where nobody waits for its answer", () =>
    Effect.gen(function*() {
      const { begun, end, statement } = statements()
      const turns = makeTurns(Duration.seconds(10))
      const [first, , third] = yield* Effect.forEach(
        ["1", "2", "3"],
        (name) => Effect.forkChild(turns.run("pat", statement(name)), { startImmediately: true })
      )
      yield* Fiber.interrupt(first!)
      assert.deepStrictEqual(begun, ["1"])
      yield* end("1")
      assert.deepStrictEqual(begun, ["1", "2"])
      // Who is gone before the turn has come is passed over.
      yield* Fiber.interrupt(third!)
      yield* end("2")
      const last = yield* Effect.forkChild(turns.run("pat", statement("4")), { startImmediately: true })
      assert.deepStrictEqual(begun, ["1", "2", "4"])
      yield* end("4")
      assert.strictEqual(yield* Fiber.join(last), "4")
    }))

  it.effect("give up on a statement that nobody waits for and that does not end", () =>
    Effect.gen(function*() {
      const { begun, statement } = statements()
      const turns = makeTurns(Duration.seconds(10))
      const first = yield* Effect.forkChild(turns.run("pat", statement("1")), { startImmediately: true })
      yield* Effect.forkChild(turns.run("pat", statement("2")), { startImmediately: true })
      yield* Fiber.interrupt(first)
      yield* TestClock.adjust("9 seconds")
      assert.deepStrictEqual(begun, ["1"])
      yield* TestClock.adjust("2 seconds")
      assert.deepStrictEqual(begun, ["1", "2"])
    }))

  it.effect("fail with what their statements fail with, and the next has its turn", () =>
    Effect.gen(function*() {
      const turns = makeTurns(Duration.infinity)
      assert.strictEqual(yield* Effect.flip(turns.run("pat", Effect.fail("no"))), "no")
      assert.strictEqual(yield* turns.run("pat", Effect.succeed("yes")), "yes")
    }))
})
