import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

/** What may stand in the place of a part of a cursor. */
const others = [
  "",
  "\u0000",
  "\uD800",
  "x".repeat(100),
  "9999-99-99",
  "infinity",
  "2026-01-01T00:00:00.000Z",
  null,
  -1,
  0,
  1e99,
  2 ** 63,
  2 ** 53,
  0.5,
  true,
  [],
  {}
]

const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

suite("a cursor with something else in it", (it) => {
  it.effect("is refused, or leads somewhere, in each list", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const post = (path: string, body: unknown) => person.json("POST", `/api/v1${path}`, body)
      const due = { date: "2026-11-20", time: "10:00", timeZone: "Europe/Berlin" }
      const ids: Array<string> = []
      for (const name of ["a", "b", "c"]) {
        const { body } = yield* post("/tasks", {
          title: name,
          tags: [name],
          due,
          priority: "p1",
          repeat: { rule: "FREQ=DAILY" }
        })
        ids.push(body.id)
        yield* post("/projects", { name })
        yield* post("/views", { name, filter: "all" })
        yield* post(`/tasks/${ids[0]}/comments`, { text: name })
        yield* post(`/tasks/${ids[0]}/complete`, {})
        yield* person.json("DELETE", `/api/v1/tasks/${(yield* person.add(name)).id}`, undefined)
      }
      const sorts = ["due", "-due", "priority", "title", "created", "changed", "completed", "position", "number"]
      const lists = [
        "/tasks?limit=1",
        ...sorts.map((sort) => `/tasks?limit=1&sort=${sort}`),
        "/tasks?limit=1&filter=search:a or all&sort=relevance,due",
        ...["projects", "tags", "views", "trash", "operations", "changes"].map((noun) => `/${noun}?limit=1`),
        ...["history", "comments", "completions"].map((noun) => `/tasks/${ids[0]}/${noun}?limit=1`)
      ]
      let tried = 0
      for (const list of lists) {
        const { body, status } = yield* person.get(`/api/v1${list}`)
        assert.strictEqual(status, 200, list)
        const cursor = body.nextCursor ?? body.cursor
        assert.isString(cursor, list)
        const parts = JSON.parse(Buffer.from(cursor, "base64url").toString())
        const tampered = parts.flatMap((_: unknown, index: number) => others.map((other) => parts.with(index, other)))
        for (const value of [...tampered, [], {}, null, [parts], [...parts, 1], parts.slice(0, -1)]) {
          const answer = yield* person.get(`/api/v1${list}&cursor=${written(value)}`)
          assert.isBelow(answer.status, 500, `${list} ${JSON.stringify(value)}`)
          tried++
        }
      }
      assert.isAbove(tried, 1_000)
    }), 120_000)
})
