import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const make = (person: Person, title: string, members: object = {}) =>
  Effect.map(person.json("POST", "/api/v1/tasks", { title, ...members }), ({ body }) => body.id as string)
const read = (person: Person, id: string) => Effect.map(person.get(`/api/v1/tasks/${id}`), ({ body }) => body)
const patch = (person: Person, id: string, body: object) => person.json("PATCH", `/api/v1/tasks/${id}`, body)
const undo = (person: Person, operation: string | null, body: object = {}) =>
  person.json("POST", `/api/v1/operations/${operation}/undo`, body)

suite("trees of tasks", (it) => {
  it.effect("have eight levels at the most, however they come to be", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const levels = [yield* make(pat, "1")]
      for (let n = 2; n <= 8; n++) levels.push(yield* make(pat, String(n), { parentId: levels.at(-1) }))
      const ninth = yield* pat.json("POST", "/api/v1/tasks", { title: "9", parentId: levels[7] })
      assertProblem(ninth, 409, "limit_reached")
      assert.include(ninth.body, { limit: "levels", max: 8 })
      const top = yield* make(pat, "0")
      assertProblem(yield* patch(pat, levels[0]!, { parentId: top }), 409, "limit_reached")
      assertProblem(
        yield* pat.json("POST", "/api/v1/tasks/move", { ids: [levels[0]], parentId: top }),
        409,
        "limit_reached"
      )
      assert.strictEqual((yield* patch(pat, levels[1]!, { parentId: top })).status, 200)
    }))

  it.effect("refuse a hundred and one blockers, and each twice", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const batch = yield* pat.json("POST", "/api/v1/batch", {
        operations: Array.from({ length: 101 }, (_, n) => ({ op: "task.create", body: { title: String(n) } }))
      })
      const ids = batch.body.results.map(({ id }: { id: string }) => id)
      const id = yield* make(pat, "waits")
      const many = yield* patch(pat, id, { blockedBy: ids })
      assertProblem(many, 409, "limit_reached")
      assert.include(many.body, { limit: "blockers", max: 100 })
      assert.strictEqual((yield* patch(pat, id, { blockedBy: ids.slice(1) })).status, 200)
      assertProblem(yield* patch(pat, id, { blockedBy: [ids[0], ids[0]] }), 400, "invalid_request")
      assert.deepStrictEqual((yield* patch(pat, id, { blockedBy: null })).body.blockedBy, [])
    }))

  it.effect("are no circles over parents and blockers together; a parent may wait for its child", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const top = yield* make(pat, "top")
      const child = yield* make(pat, "child", { parentId: top })
      const grandchild = yield* make(pat, "grandchild", { parentId: child })
      assertProblem(yield* patch(pat, grandchild, { blockedBy: [top] }), 422, "cycle")
      assert.strictEqual((yield* patch(pat, top, { blockedBy: [grandchild] })).status, 200)
      assertProblem(yield* patch(pat, top, { parentId: grandchild }), 422, "cycle")
      const other = yield* make(pat, "other", { blockedBy: [top] })
      assertProblem(yield* patch(pat, other, { parentId: child }), 422, "cycle")
      assertProblem(yield* patch(pat, grandchild, { blockedBy: [other] }), 422, "cycle")
    }))

  it.effect("are no circles either where two writes come together that would make one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (let n = 0; n < 10; n++) {
        const a = yield* make(pat, "a")
        const b = yield* make(pat, "b")
        const answers = yield* Effect.all([
          patch(pat, a, n % 2 === 0 ? { blockedBy: [b] } : { parentId: b }),
          patch(pat, b, n % 3 === 0 ? { blockedBy: [a] } : { parentId: a })
        ], { concurrency: "unbounded" })
        const statuses = answers.map(({ status }) => status).toSorted()
        // A parent may wait for its child, and then it is no circle.
        const isCircle = n % 2 === (n % 3 === 0 ? 0 : 1)
        if (isCircle) assert.deepStrictEqual(statuses, [200, 422])
        else assert.isTrue(statuses.includes(200))
      }
    }))

  it.effect("go to the trash together and come back so, and what was there before stays", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const top = yield* make(pat, "top")
      const child = yield* make(pat, "child", { parentId: top })
      const grandchild = yield* make(pat, "grandchild", { parentId: child })
      const before = yield* make(pat, "deleted before", { parentId: child })
      yield* pat.json("DELETE", `/api/v1/tasks/${before}`, "")
      yield* Effect.sleep("5 millis")
      yield* pat.json("DELETE", `/api/v1/tasks/${top}`, "")
      assert.lengthOf((yield* pat.get("/api/v1/trash")).body.items, 4)
      // One that is taken out alone has no parent any more.
      const alone = yield* pat.json("POST", `/api/v1/tasks/${grandchild}/restore`, "")
      assert.strictEqual(alone.body.parentId, null)
      yield* undo(pat, alone.headers.get("operation-id"))
      const restored = yield* pat.json("POST", `/api/v1/tasks/${top}/restore`, "")
      assert.deepInclude(restored.body, { openChildren: 1 })
      assert.strictEqual((yield* read(pat, grandchild)).parentId, child)
      assert.deepStrictEqual((yield* pat.get("/api/v1/trash")).body.items.map(({ id }: { id: string }) => id), [before])
      // For good, too, with all that goes with it.
      yield* pat.json("DELETE", `/api/v1/tasks/${top}?permanent=true`, "")
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
      assert.strictEqual((yield* pat.json("POST", `/api/v1/tasks/${before}/restore`, "")).body.parentId, null)
    }))

  it.effect("go to the trash whole where a list is deleted that has a part of them", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const top = yield* make(pat, "top")
      yield* make(pat, "child", { parentId: top })
      yield* make(pat, "other")
      const deleted = yield* pat.json("DELETE", "/api/v1/tasks?number=1", "")
      assert.deepStrictEqual(deleted.body, { count: 2 })
      assert.lengthOf((yield* pat.get("/api/v1/tasks")).body.items, 1)
      yield* undo(pat, deleted.headers.get("operation-id"))
      assert.strictEqual((yield* read(pat, top)).openChildren, 1)
    }))

  it.effect("stay whole under undo, and what would break them is left out of a part", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/batch", {
        operations: ["One", "Two"].map((title) => ({ op: "task.create", body: { title } }))
      })
      const [one, two] = made.body.results.map(({ id }: { id: string }) => id)
      const child = yield* make(pat, "child", { parentId: one })
      const operation = made.headers.get("operation-id")
      const refused = yield* undo(pat, operation)
      assertProblem(refused, 409, "changed_since")
      assert.deepStrictEqual(refused.body.changes, [{ noun: "task", id: one, reason: "referred" }])
      assert.strictEqual((yield* undo(pat, operation, { partial: true })).status, 200)
      assert.strictEqual((yield* read(pat, child)).parentId, one)
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${two}`)).status, 404)
      // Back below what is in the trash by now.
      const moved = yield* patch(pat, child, { parentId: null })
      yield* pat.json("DELETE", `/api/v1/tasks/${one}`, "")
      const orphaned = yield* undo(pat, moved.headers.get("operation-id"))
      assert.deepStrictEqual(orphaned.body.changes, [{ noun: "task", id: child, reason: "parent" }])
      // Into a circle.
      const a = yield* make(pat, "a")
      const b = yield* make(pat, "b", { blockedBy: [a] })
      const freed = yield* patch(pat, b, { blockedBy: [] })
      yield* patch(pat, a, { blockedBy: [b] })
      const circle = yield* undo(pat, freed.headers.get("operation-id"))
      assert.deepStrictEqual(circle.body.changes, [{ noun: "task", id: b, reason: "cycle" }])
    }))

  it.effect("tell of others without a new version, and by another tag", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const top = yield* make(pat, "top")
      const tagOf = Effect.map(pat.get(`/api/v1/tasks/${top}`), ({ headers }) => headers.get("etag"))
      assert.strictEqual(yield* tagOf, "\"1\"")
      const child = yield* make(pat, "child", { parentId: top })
      const tag = yield* tagOf
      assert.match(tag!, /^"1\.[0-9a-z]+"$/)
      assert.strictEqual((yield* read(pat, top)).version, 1)
      const send = (title: string, match: string) =>
        pat.json("PATCH", `/api/v1/tasks/${top}`, { title }, { "if-match": match })
      assert.strictEqual((yield* send("by the version", "\"1\"")).status, 200)
      assert.strictEqual((yield* send("by the tag", tag!.replace("1.", "2."))).status, 200)
      assert.strictEqual((yield* send("too late", tag!)).status, 412)
      yield* patch(pat, child, { completed: true })
      assert.strictEqual(yield* tagOf, "\"3\"")
    }))

  it.effect("are completed in a batch as by themselves, and one that is blocked refuses it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const top = yield* make(pat, "top")
      const child = yield* make(pat, "child", { parentId: top })
      const waits = yield* make(pat, "waits", { blockedBy: [top] })
      const complete = (id: string, body: object = {}) => ({ op: "task.complete", id, body })
      const run = (operations: ReadonlyArray<object>) => pat.json("POST", "/api/v1/batch", { operations })
      const refused = yield* run([complete(child), complete(waits)])
      assertProblem(refused, 409, "blocked")
      assert.strictEqual(refused.body.index, 1)
      assert.strictEqual((yield* read(pat, child)).completed, false)
      assertProblem(yield* run([complete(top)]), 409, "open_children")
      assert.strictEqual((yield* run([complete(top, { children: "complete" }), complete(waits)])).status, 200)
      for (const id of [top, child, waits]) assert.strictEqual((yield* read(pat, id)).completed, true)
      // A patch refuses alike, and completing what is done changes nothing.
      const again = yield* pat.json("POST", `/api/v1/tasks/${top}/complete`, {})
      assert.isNull(again.headers.get("operation-id"))
      yield* patch(pat, child, { completed: false })
      assert.strictEqual((yield* read(pat, top)).completed, false)
      assertProblem(yield* patch(pat, top, { completed: true }), 409, "open_children")
    }))
})
