import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { LimitsStore } from "../../src/limits/LimitsStore.ts"
import type { Policy } from "../../src/limits/Policies.ts"
import { suite } from "../support/suite.ts"

const bucket = (policy: Policy, key: string = crypto.randomUUID()) => ({
  policy,
  key,
  counts: "requests" as const,
  isTold: true
})
const slow: Policy = { name: "slow", quota: 3, window: 3600 }

suite("a bucket", (it) => {
  it.effect("gives its quota, then says how long to wait, and a refusal takes nothing", () =>
    Effect.gen(function*() {
      const { take } = yield* LimitsStore
      const one = bucket(slow)
      const decisions = []
      for (let request = 0; request < 6; request++) decisions.push((yield* take([one]))[0]!)
      assert.deepStrictEqual(decisions.map(({ allowed }) => allowed), [true, true, true, false, false, false])
      assert.deepStrictEqual(decisions.map(({ remaining }) => remaining), [2, 1, 0, 0, 0, 0])
      // A third of an hour makes room for one, however often one has asked meanwhile.
      for (const { waitSeconds } of decisions.slice(3)) assert.isTrue(waitSeconds > 1100 && waitSeconds <= 1200)
    }).pipe(Effect.provide(LimitsStore.layer)))

  it.effect("refills evenly: after the seconds that it said it gives again", () =>
    Effect.gen(function*() {
      const { take } = yield* LimitsStore
      const one = bucket({ name: "quick", quota: 2, window: 2 })
      let refused = yield* take([one])
      while (refused[0]!.allowed) refused = yield* take([one])
      assert.strictEqual(refused[0]!.waitSeconds, 1)
      yield* Effect.sleep("1 second")
      assert.isTrue((yield* take([one]))[0]!.allowed)
    }).pipe(Effect.provide(LimitsStore.layer)))

  it.effect("gives no more to many at once", () =>
    Effect.gen(function*() {
      const { take } = yield* LimitsStore
      const one = bucket({ name: "wide", quota: 10, window: 3600 })
      const decisions = yield* Effect.all(Array.from({ length: 100 }, () => take([one])), { concurrency: "unbounded" })
      assert.lengthOf(decisions.filter(([decision]) => decision!.allowed), 10)
    }).pipe(Effect.provide(LimitsStore.layer)))

  it.effect("is not asked after one that refuses", () =>
    Effect.gen(function*() {
      const { take } = yield* LimitsStore
      const first = bucket({ name: "first", quota: 1, window: 3600 })
      const second = bucket(slow)
      assert.lengthOf(yield* take([first, second]), 2)
      assert.lengthOf(yield* take([first, second]), 1)
      assert.strictEqual((yield* take([second]))[0]!.remaining, 1)
    }).pipe(Effect.provide(LimitsStore.layer)))

  it.effect("takes back what succeeded", () =>
    Effect.gen(function*() {
      const { giveBack, take } = yield* LimitsStore
      const one = bucket(slow)
      for (let request = 0; request < 10; request++) {
        assert.strictEqual((yield* take([one]))[0]!.remaining, 2)
        yield* giveBack([one])
      }
    }).pipe(Effect.provide(LimitsStore.layer)))
})
