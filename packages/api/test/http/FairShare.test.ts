import { assert, describe, it } from "@effect/vitest"
import { CurrentUser, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { HttpServerResponse } from "effect/http"
import { vi } from "vitest"
import { Admission } from "../../src/http/Admission.ts"
import { FairShare } from "../../src/http/FairShare.ts"

/** Counts who has left a place to others, and does nothing else. */
class Parked {
  count = 0
  readonly layer = Layer.succeed(
    Admission,
    Admission.of({
      working: 0,
      enter: ({ go }) => go(),
      park: (change) => {
        this.count += change
      },
      arrivalOf: () => 0,
      admit: (_request, _fiber, answer) => answer
    })
  )
}

const as = (user: string) => (effect: Effect.Effect<HttpServerResponse.HttpServerResponse, never, FairShare>) =>
  Effect.provideService(effect, CurrentUser, {
    id: UserId.make(user),
    sessionId: SessionId.make("01980000-0000-7000-8000-000000000000"),
    scopes: ["tasks:read"]
  })
const pat = "01980000-0000-7000-8000-00000000000a"
const sam = "01980000-0000-7000-8000-00000000000b"

/** Requests that end when they are told to, in the order in which they began. */
const makeRequests = () => {
  const begun: Array<{ readonly name: string; readonly end: (bytes: number) => Effect.Effect<boolean> }> = []
  const answer = (name: string) =>
    Effect.suspend(() => {
      const ended = Deferred.makeUnsafe<number>()
      begun.push({ name, end: (bytes) => Deferred.succeed(ended, bytes) })
      return Effect.map(Deferred.await(ended), (bytes) => HttpServerResponse.text("x".repeat(bytes)))
    })
  const request = (name: string, bodyBytes = 0, values = 0) =>
    Effect.flatMap(FairShare, (shares) => shares.take(shares.ofValues(values, answer(name)), bodyBytes))
  return { begun, request, names: () => begun.map(({ name }) => name) }
}

/** Lets everybody begin who may. */
const settled = Effect.promise(() => new Promise<void>((resolve) => setTimeout(resolve, 5)))

const forkAll = (requests: ReadonlyArray<Effect.Effect<HttpServerResponse.HttpServerResponse, never, FairShare>>) =>
  Effect.tap(Effect.forEach(requests, (request) => Effect.forkChild(request)), () => settled)

const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => String(from + i))

const test = (
  name: string,
  run: (parked: Parked) => Effect.Effect<unknown, unknown, FairShare>
) => {
  const parked = new Parked()
  it.live(name, () =>
    run(parked).pipe(
      Effect.tap(() =>
        Effect.map(FairShare, (shares) => {
          assert.strictEqual(shares.waiting, 0)
          assert.strictEqual(parked.count, 0)
        })
      ),
      Effect.provide(Layer.provide(FairShare.layer, parked.layer))
    ))
}

describe("the share of a user", () => {
  test("is eight requests of who is not known, and 64 of who has short answers, 8 beside others; the others wait in order", (parked) =>
    Effect.gen(function*() {
      const { begun, names, request } = makeRequests()
      const fibers = yield* forkAll(numbers(100).map((name) => as(pat)(request(name))))
      assert.deepStrictEqual(names(), numbers(8))
      assert.strictEqual(parked.count, 92)
      yield* begun[0]!.end(1000)
      yield* settled
      assert.deepStrictEqual(names(), numbers(65))
      // Of somebody else it takes nothing, and beside others it is 8.
      yield* forkAll([as(sam)(request("sam"))])
      assert.strictEqual(names().at(-1), "sam")
      yield* begun.pop()!.end(10)
      for (let i = 1; i <= 57; i++) yield* begun[i]!.end(1000)
      yield* settled
      assert.deepStrictEqual(names(), numbers(66))
      for (let i = 58; i < 100; i++) {
        yield* begun[i]!.end(1000)
        yield* settled
      }
      assert.deepStrictEqual(names(), numbers(100))
      yield* Fiber.joinAll(fibers)
    }))

  test("is one request at a time of who gets long answers, with a rest after each in proportion", () =>
    Effect.gen(function*() {
      const { begun, names, request } = makeRequests()
      yield* forkAll([as(pat)(request("first"))])
      yield* begun[0]!.end(1_048_576)
      yield* settled
      const fibers = yield* forkAll(numbers(4).map((name) => as(pat)(request(name))))
      assert.deepStrictEqual(names(), ["first"], "it rests")
      const startedAt = performance.now()
      yield* forkAll([as(sam)(request("sam"))])
      yield* begun.pop()!.end(10)
      const beganAt: Array<number> = []
      while (beganAt.length < 4) {
        yield* settled
        if (begun.length === beganAt.length + 2) {
          beganAt.push(performance.now() - startedAt)
          yield* begun.at(-1)!.end(1_048_576)
        }
        assert.isAtMost(begun.length, beganAt.length + 1, "one at a time")
      }
      assert.deepStrictEqual(names().slice(1), numbers(4))
      // Three times 52 ms at the least.
      assert.isAbove(beganAt[3]! - beganAt[0]!, 150)
      yield* Fiber.joinAll(fibers)
    }))

  test("is one body at a time of who sends long ones, with a rest for each before it comes", () =>
    Effect.gen(function*() {
      const { begun, request } = makeRequests()
      const beganAt: Array<number> = []
      const read = Effect.flatMap(FairShare, (shares) =>
        shares.read(
          Effect.suspend(() => {
            beganAt.push(performance.now())
            return shares.goOn(Effect.succeed(HttpServerResponse.empty()))
          }),
          262_144
        ))
      const fibers = yield* forkAll([as(pat)(request("in hand", 262_144)), as(pat)(read), as(pat)(read), as(pat)(read)])
      assert.lengthOf(beganAt, 0, "one is in hand")
      // Of somebody else it takes nothing.
      yield* forkAll([as(sam)(read)])
      assert.lengthOf(beganAt, 1)
      yield* begun[0]!.end(10)
      yield* Fiber.joinAll(fibers)
      // Twice 24 ms at the least.
      assert.isAbove(beganAt[3]! - beganAt[1]!, 45)
    }))

  test("is one body at a time of who sends many values in few bytes, with a rest for each", () =>
    Effect.gen(function*() {
      const { begun, names, request } = makeRequests()
      const few = yield* forkAll(["few", "few more"].map((name) => as(pat)(request(name, 10, 64))))
      assert.deepStrictEqual(names(), ["few", "few more"])
      for (const { end } of begun) yield* end(10)
      yield* settled
      const many = yield* forkAll([as(pat)(request("many", 10, 2500)), as(pat)(request("later"))])
      assert.deepStrictEqual(names().slice(2), ["many"])
      yield* begun[2]!.end(10)
      yield* settled
      assert.lengthOf(begun, 3, "it rests")
      // Of somebody else it takes nothing.
      const other = yield* forkAll([as(sam)(request("sam"))])
      assert.strictEqual(names().at(-1), "sam")
      yield* begun[3]!.end(10)
      yield* Effect.promise(() => vi.waitFor(() => assert.strictEqual(names().at(-1), "later")))
      yield* begun[4]!.end(10)
      yield* Fiber.joinAll([...few, ...many, ...other])
    }))

  test("refuses whose requests wait by the hundred, with 429 and when to come again", () =>
    Effect.gen(function*() {
      const { begun, request } = makeRequests()
      const fibers = yield* forkAll(numbers(8 + 128).map((name) => as(pat)(request(name))))
      const refused = yield* as(pat)(request("one too many"))
      assert.strictEqual(refused.status, 429)
      assert.strictEqual(refused.headers["retry-after"], "1")
      assert.strictEqual(refused.headers["content-type"], "application/problem+json")
      assert.lengthOf(begun, 8)
      yield* Effect.forEach(fibers, Fiber.interrupt)
    }))

  test("is given back by requests that are given up, whether they wait or are at work", (parked) =>
    Effect.gen(function*() {
      const { begun, names, request } = makeRequests()
      const fibers = yield* forkAll(numbers(14).map((name) => as(pat)(request(name))))
      // Nine and eleven wait, three is at work.
      for (const i of [9, 11, 3]) yield* Fiber.interrupt(fibers[i]!)
      assert.deepStrictEqual(names(), numbers(8), "it is rested for")
      assert.strictEqual(parked.count, 4)
      yield* Effect.promise(() => vi.waitFor(() => assert.deepStrictEqual(names(), numbers(9))))
      assert.strictEqual(parked.count, 3)
      yield* Effect.forEach(begun, ({ end }) => end(100_000))
      yield* Effect.promise(() => vi.waitFor(() => assert.lengthOf(begun, 12), { timeout: 10_000 }))
      assert.deepStrictEqual(names().slice(9), ["10", "12", "13"])
      yield* Effect.forEach(begun, ({ end }) => end(10))
      yield* Fiber.joinAll(fibers.filter((_, i) => ![9, 11, 3].includes(i)))
    }))

  test("is for users only", () =>
    Effect.gen(function*() {
      const { names, request } = makeRequests()
      const fibers = yield* forkAll(numbers(100).map((name) => request(name)))
      assert.deepStrictEqual(names(), numbers(100))
      yield* Effect.forEach(fibers, Fiber.interrupt)
    }))

  it.live("is forgotten when there has been nothing of the user for a while", () =>
    Effect.gen(function*() {
      yield* Effect.acquireRelease(
        Effect.sync(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] })),
        () => Effect.sync(() => vi.useRealTimers())
      )
      yield* Effect.gen(function*() {
        const shares = yield* FairShare
        const { begun, request } = makeRequests()
        const working = yield* forkAll([as(sam)(request("sam"))])
        for (let i = 0; i < 1000; i++) {
          const user = `01980000-0000-7000-8000-${String(i).padStart(12, "0")}`
          const fibers = yield* Effect.forkChild(as(user)(request(user)))
          yield* Effect.yieldNow
          yield* begun.at(-1)!.end(i % 2 === 0 ? 10 : 70_000)
          yield* Fiber.join(fibers)
        }
        assert.strictEqual(shares.users, 1001)
        vi.advanceTimersByTime(10_000)
        assert.strictEqual(shares.users, 1001)
        vi.advanceTimersByTime(10_000)
        assert.strictEqual(shares.users, 1, "who is at work stays")
        yield* begun[0]!.end(10)
        yield* Effect.forEach(working, Fiber.join)
        vi.advanceTimersByTime(20_000)
        assert.strictEqual(shares.users, 0)
      }).pipe(Effect.provide(Layer.provide(FairShare.layer, new Parked().layer)))
    }).pipe(Effect.scoped))
})
