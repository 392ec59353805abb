import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { invalidPaths, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

/** What JavaScript takes for a number, and nobody writes in a query. */
const spellings = ["1e1", "1E+1", "1.0", "08", "+5", " 5", "0x5", "5_0", "5n", "\u0665"]

suite("GET /api/v1/tasks", (it) => {
  const numbers = (body: { readonly items: ReadonlyArray<{ readonly number: number }> }) =>
    body.items.map((task) => task.number)

  it.effect("lists the newest first, 50 unless told otherwise", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body, { items: [], nextCursor: null })
      yield* Effect.forEach(Array.from({ length: 51 }), (_, i) => pat.add(`Task ${i}`), { concurrency: 8 })
      const page = yield* pat.get("/api/v1/tasks")
      assert.deepStrictEqual(numbers(page.body), Array.from({ length: 50 }, (_, i) => 51 - i))
      const rest = yield* pat.get(`/api/v1/tasks?cursor=${page.body.nextCursor}`)
      assert.deepStrictEqual(numbers(rest.body), [1])
      assert.strictEqual(rest.body.nextCursor, null)
      assert.lengthOf((yield* pat.get("/api/v1/tasks?limit=200")).body.items, 51)
    }))

  it.effect("has what few tasks have, of each that has one of them alone", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { body: project } = yield* pat.json("POST", "/api/v1/projects", { name: "Home" })
      const parent = yield* pat.add("Parent")
      const members = {
        projectId: project.id,
        parentId: parent.id,
        priority: "p1",
        tags: ["errands"],
        start: { date: "2999-01-01" },
        due: { date: "2999-01-02" },
        blockedBy: [parent.id],
        externalId: "issue-7",
        extra: { source: "mail" }
      }
      const made = yield* Effect.forEach(
        Object.entries(members),
        ([member, value]) => pat.json("POST", "/api/v1/tasks", { title: `Has ${member}`, [member]: value })
      )
      const { body } = yield* pat.get("/api/v1/tasks")
      assert.lengthOf(body.items, 1 + made.length)
      for (const item of body.items) {
        assert.deepStrictEqual(item, (yield* pat.get(`/api/v1/tasks/${item.id}`)).body)
        const { body: filtered } = yield* pat.get(`/api/v1/tasks?filter=number%20%3D%20${item.number}`)
        assert.deepStrictEqual(filtered.items, [item])
      }
      for (const [index, member] of Object.keys(members).entries()) {
        const { body: one } = made[index]!
        assert.notDeepEqual(one[member], parent[member])
        assert.deepStrictEqual(body.items.find(({ id }: { readonly id: string }) => id === one.id)[member], one[member])
      }
      assert.strictEqual(body.items.at(-1).openChildren, 1)
    }))

  it.effect("walks all pages once, whatever is added or deleted meanwhile", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* Effect.forEach(Array.from({ length: 7 }), (_, i) => pat.add(`Task ${i}`))
      const first = yield* pat.get("/api/v1/tasks?limit=3")
      assert.deepStrictEqual(numbers(first.body), [7, 6, 5])
      yield* pat.add("Newer")
      yield* pat.json("DELETE", `/api/v1/tasks/${made[4].id}`, "")
      const second = yield* pat.get(`/api/v1/tasks?limit=4&cursor=${first.body.nextCursor}`)
      assert.deepStrictEqual(numbers(second.body), [4, 3, 2, 1])
      assert.strictEqual(second.body.nextCursor, null)
    }))

  it.effect("filters by completed and by number", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* Effect.forEach(["a", "b", "c", "d"], (title) => pat.add(title))
      yield* pat.json("PATCH", `/api/v1/tasks/${made[1].id}`, { completed: true })
      const list = (query: string) => Effect.map(pat.get(`/api/v1/tasks?${query}`), (answer) => numbers(answer.body))
      assert.deepStrictEqual(yield* list("completed=true"), [2])
      assert.deepStrictEqual(yield* list("completed=false"), [4, 3, 1])
      assert.deepStrictEqual(yield* list("number=3"), [3])
      assert.deepStrictEqual(yield* list("number=3&completed=true"), [])
      assert.deepStrictEqual(yield* list("number=99"), [])
      const page = yield* pat.get("/api/v1/tasks?completed=false&limit=2")
      assert.deepStrictEqual(yield* list(`completed=false&limit=2&cursor=${page.body.nextCursor}`), [1])
    }))

  it.effect("refuses what it does not know", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (
        const [query, path] of [
          ["limit=0", "limit"],
          ["limit=201", "limit"],
          ["limit=1.5", "limit"],
          ["limit=ten", "limit"],
          ["limit=", "limit"],
          ...spellings.map((one) => [`limit=${encodeURIComponent(one)}`, "limit"]),
          ...spellings.map((one) => [`number=${encodeURIComponent(one)}`, "number"]),
          ["completed=yes", "completed"],
          ["completed=", "completed"],
          ["number=0", "number"],
          ["number=-1", "number"],
          ["number=2147483648", "number"],
          ["userId=x", "userId"],
          ["cursor=", "cursor"],
          ["cursor=nonsense", "cursor"],
          [`cursor=${"x".repeat(501)}`, "cursor"]
        ]
      ) {
        assert.deepStrictEqual(invalidPaths(yield* pat.get(`/api/v1/tasks?${query}`)), [`query.${path}`], query)
      }
    }))

  it.effect("says so of a parameter that there is not, here or where there are none", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const path of ["/api/v1/tasks", "/api/v1/me"]) {
        const { body, status } = yield* pat.get(`${path}?foo=1`)
        assert.deepStrictEqual([status, body.detail], [400, "query.foo: There is no such parameter"], path)
      }
    }))

  it.effect("says what is wrong with a parameter that is there twice", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const query of ["limit=1&limit=2", "completed=true&completed=false", "number=1&number=1"]) {
        const answer = yield* pat.get(`/api/v1/tasks?${query}`)
        const name = query.split("=")[0]!
        assert.deepStrictEqual(invalidPaths(answer), [`query.${name}`])
        assert.strictEqual(answer.body.detail, `query.${name}: Expected it once`)
      }
    }))

  it.effect("refuses a cursor of another list: another user's, or one of another filter", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      for (const somebody of [pat, sam]) {
        yield* somebody.add("one")
        yield* somebody.add("two")
      }
      const { nextCursor } = (yield* pat.get("/api/v1/tasks?limit=1")).body
      assert.strictEqual((yield* pat.get(`/api/v1/tasks?cursor=${nextCursor}`)).status, 200)
      assert.deepStrictEqual(invalidPaths(yield* sam.get(`/api/v1/tasks?cursor=${nextCursor}`)), ["query.cursor"])
      const filtered = yield* pat.get(`/api/v1/tasks?completed=false&cursor=${nextCursor}`)
      assert.deepStrictEqual(invalidPaths(filtered), ["query.cursor"])
    }))
})
