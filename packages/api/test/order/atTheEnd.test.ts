import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("things that come to the end of a list, one after the other", (it) => {
  it.effect("have short keys, for which no neighbour needs a new one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { body: project } = yield* pat.json("POST", "/api/v1/projects", { name: "Home" })
      const many = 700
      for (const length of [500, 200]) {
        const operations = Array.from({ length }, () => ({ op: "task.create", body: { title: "One of many" } }))
        assert.strictEqual((yield* pat.json("POST", "/api/v1/batch", { operations })).status, 200)
      }
      const moved = yield* pat.json("PATCH", "/api/v1/tasks?filter=open", { projectId: project.id })
      assert.deepStrictEqual(moved.body, { count: many })
      const { body: { items: [operation] } } = yield* pat.get("/api/v1/operations?limit=1")
      assert.strictEqual(operation.count, many)
      const numbers: Array<number> = []
      const positions: Array<string> = []
      let cursor = ""
      do {
        const { body } = yield* pat.get(`/api/v1/tasks?filter=in:Home&sort=position&limit=200${cursor}`)
        for (const { number, position } of body.items) {
          numbers.push(number)
          positions.push(position)
        }
        cursor = body.nextCursor === null ? "" : `&cursor=${body.nextCursor}`
      } while (cursor !== "")
      // The newest is moved first.
      assert.deepStrictEqual(numbers, Array.from({ length: many }, (_, index) => many - index))
      assert.isAtMost(Math.max(...positions.map(({ length }) => length)), 13)
    }))

  it.effect("have keys that grow, whatever the last one is", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const lasts = [
        "1",
        "V",
        "z",
        "0001",
        "Vzzzz",
        "Vzzzy",
        "zzzz",
        "zzzzz",
        "zzzzzV",
        "Vzzzz1",
        "00001z",
        "yzzzzzzzz"
      ]
      for (const last of lasts) {
        const low = `80000007${last}`
        const [row] = yield* sql<{ key: string }>`SELECT todo.key_between(${low}, '80000008', true) AS key`
        assert.isTrue(low < row!.key && row!.key < "80000008", `${low} ${row!.key}`)
        assert.match(row!.key, /^80000007[0-9A-Za-z]*[1-9A-Za-z]$/)
      }
    }))
})
