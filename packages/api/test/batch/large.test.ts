import { assert } from "@effect/vitest"
import { BatchApi } from "@todo/domain/batch/BatchApi"
import { BodyLimit } from "@todo/domain/http/BodyLimit"
import { Context, Effect } from "effect"
import { jsonSizeOf, lookThrough } from "../../src/http/JsonSize.ts"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { newId } from "./newId.ts"

const size = jsonSizeOf(BatchApi.endpoints.run)

const times = <A>(count: number, make: (index: number) => A) => Array.from({ length: count }, (_, i) => make(i))

/** A task that says all that one may say, and more than most do. */
const whole = (id: string) => ({
  id,
  title: "Buy milk",
  description: "Oat, two litres",
  priority: "p1",
  due: { date: "2026-10-27", time: "07:00", timeZone: "Europe/Berlin" },
  start: { date: "2026-10-26" },
  repeat: { rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", from: "schedule", missed: "skip" },
  tags: times(10, (i) => `tag ${i}`),
  externalId: id,
  extra: Object.fromEntries(times(50, (i) => [`name ${i}`, `value ${i}`]))
})

suite("a batch of much", (it) => {
  it("may have 500 tasks with all that they may say, or move as many 50 times", () => {
    const ids = times(500, newId)
    for (
      const operations of [
        ids.map((id) => ({ op: "task.create", body: whole(id) })),
        times(50, () => ({ op: "task.move", body: { ids } }))
      ]
    ) {
      const text = JSON.stringify({ operations })
      assert.isUndefined(lookThrough(text, size).excess)
      assert.isAtMost(Buffer.byteLength(text), Context.get(BatchApi.endpoints.run.annotations, BodyLimit))
    }
  })

  it.effect("makes 100 of them, and moves them to and fro", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const ids = times(100, newId)
      const made = yield* pat.json("POST", "/api/v1/batch", {
        operations: [
          ...ids.map((id) => ({ op: "task.create", body: whole(id) })),
          { op: "task.move", body: { ids: ids.toReversed() } }
        ]
      })
      assert.strictEqual(made.status, 200, made.text)
    }))

  it.effect("tells the first that is wrong, however much is, and what is too much by how much may be", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const run = (operations: unknown) => pat.json("POST", "/api/v1/batch", { operations })
      const move = { op: "task.move", body: { ids: times(500, () => "x") } }
      const many = yield* run(times(100, () => move))
      assert.strictEqual(many.status, 400)
      assert.deepStrictEqual(many.body.errors.map(({ path }: { readonly path: unknown }) => path), [
        ["payload", "operations", 0, "body", "ids", 0]
      ])
      const tooMany = yield* run(times(110, () => move))
      assert.deepStrictEqual(tooMany.body.errors, [
        { path: ["payload"], message: `Expected no more than ${size.values} members and elements in all` }
      ])
    }))
})
