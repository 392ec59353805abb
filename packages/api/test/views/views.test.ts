import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const numbers = (body: { readonly items: ReadonlyArray<{ readonly number: number }> }) =>
  body.items.map(({ number }) => number)

suite("Views", (it) => {
  it.effect("are made, listed, changed, deleted, and brought back", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const make = (body: object) => pat.json("POST", "/api/v1/views", body)
      const first = yield* make({ name: " Now ", filter: "open and p1", sort: "-created" })
      assert.strictEqual(first.status, 201, first.text)
      assert.deepInclude(first.body, { name: "Now", filter: "open and p1", sort: "-created", version: 1 })
      assertProblem(yield* make({ name: "NOW", filter: "open" }), 409, "name_taken")
      const answer = yield* make({ name: "x", filter: "due < tomorow" })
      assertProblem(answer, 400, "invalid_filter")
      assert.deepInclude(answer.body, { parameter: "filter", position: 6, didYouMean: "tomorrow" })
      assertProblem(yield* make({ name: "x", filter: "open", sort: "size" }), 400, "invalid_filter")
      yield* make({ name: "Later", filter: "not p1" })
      const names = Effect.map(pat.get("/api/v1/views"), ({ body }) =>
        body.items.map(({ name }: { readonly name: string }) => name))
      assert.deepStrictEqual(yield* names, ["Now", "Later"])
      const path = `/api/v1/views/${first.body.id}`
      assert.deepInclude((yield* pat.json("PATCH", path, { sort: null, name: "Soon" })).body, {
        sort: null,
        version: 2
      })
      assertProblem(yield* pat.json("PATCH", path, { name: "later" }), 409, "name_taken")
      assert.strictEqual((yield* pat.json("DELETE", path, "")).status, 204)
      assertProblem(yield* pat.get(path), 404, "view_not_found")
      assert.strictEqual((yield* pat.json("POST", "/api/v1/undo", {})).status, 200)
      assert.deepInclude((yield* pat.get(path)).body, { name: "Soon" })
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual(yield* names, ["Now", "Later"])
    }))

  it.effect("are lists: of their filter, in their order, page by page, and counted", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const sam = yield* newPerson
      for (const priority of ["p1", "p2", null, "p1"]) {
        yield* pat.json("POST", "/api/v1/tasks", { title: "t", priority })
      }
      const { id } = (yield* pat.json("POST", "/api/v1/views", {
        name: "v",
        filter: "p1 or p2",
        sort: "-priority,number"
      })).body
      const path = `/api/v1/tasks?view=${id}`
      assert.deepStrictEqual(numbers((yield* pat.get(path)).body), [2, 1, 4])
      assert.deepStrictEqual(numbers((yield* pat.get(`${path}&sort=number`)).body), [1, 2, 4])
      assert.deepStrictEqual(numbers((yield* pat.get(`${path}&filter=not%20p2`)).body), [1, 4])
      const page = (yield* pat.get(`${path}&limit=2`)).body
      assert.deepStrictEqual(numbers((yield* pat.get(`${path}&limit=2&cursor=${page.nextCursor}`)).body), [4])
      assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/count?view=${id}`)).body, { count: 3 })
      const query = yield* pat.json("POST", "/api/v1/tasks/query", { view: id, filter: { is: "done" } })
      assert.deepStrictEqual(numbers(query.body), [])
      assertProblem(yield* sam.get(path), 404, "view_not_found")
      assert.deepStrictEqual((yield* pat.json("PATCH", `/api/v1/tasks?view=${id}`, { completed: true })).body, {
        count: 3
      })
      assert.deepStrictEqual(numbers((yield* pat.get(path)).body), [])
    }))

  it.effect("say which word names what there is not any more, and spoil no other", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const project = (yield* pat.json("POST", "/api/v1/projects", { name: "Work" })).body.id
      const make = (name: string, filter: string) =>
        Effect.map(pat.json("POST", "/api/v1/views", { name, filter }), ({ body }): string => body.id)
      const broken = yield* make("a", "open and (@x or in:Work)")
      const whole = yield* make("b", "open")
      assert.strictEqual((yield* pat.get(`/api/v1/tasks?view=${broken}`)).status, 200)
      yield* pat.json("DELETE", `/api/v1/projects/${project}`, "")
      const answer = yield* pat.get(`/api/v1/tasks?view=${broken}`)
      assertProblem(answer, 409, "view_broken")
      assert.strictEqual(answer.body.word, "in:Work")
      assert.strictEqual((yield* pat.get(`/api/v1/tasks?view=${whole}`)).status, 200)
      assert.lengthOf((yield* pat.get("/api/v1/views")).body.items, 2)
    }))
})
