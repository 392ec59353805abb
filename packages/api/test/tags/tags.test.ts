import { assert } from "@effect/vitest"
import { Tag } from "@todo/domain/tags/Tag"
import { Effect } from "effect"
import { assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const add = (person: Person, title: string, tags: ReadonlyArray<string>) =>
  Effect.map(person.json("POST", "/api/v1/tasks", { title, tags }), ({ body }) => body)

/** The tags that somebody has, each with how many open tasks. */
const all = (person: Person) =>
  Effect.map(person.get("/api/v1/tags"), ({ body }) =>
    Object.fromEntries(
      body.items.map((
        { counts, name }: { readonly name: string; readonly counts: { readonly open: number } }
      ) => [name, counts.open])
    ))

const tagsOf = (person: Person, { id }: { readonly id: string }) =>
  Effect.map(person.get(`/api/v1/tasks/${id}`), ({ body }) => body.tags)

suite("tags of a task", (it) => {
  it.effect("are made by use, one for all spellings, and shown as first written", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const first = yield* add(pat, "Screws", ["Foo", " home "])
      assert.deepStrictEqual(first.tags, ["Foo", "home"])
      assert.deepStrictEqual((yield* add(pat, "Nails", ["ｆｏｏ", "FOO"])).tags, ["Foo"])
      assert.deepStrictEqual((yield* pat.add("None")).tags, [])
      assert.deepStrictEqual(yield* all(pat), { Foo: 2, home: 1 })
      const { body: { items: [tag] } } = yield* pat.get("/api/v1/tags")
      assert.deepStrictEqual(Object.keys(tag), Object.keys(Tag.fields))
      // That there is a tag is no change of its own.
      const { body: { items } } = yield* pat.get("/api/v1/operations")
      assert.deepStrictEqual(items.map(({ count }: { readonly count: number }) => count), [1, 1, 1])
      const patched = yield* pat.json("PATCH", `/api/v1/tasks/${first.id}`, { tags: ["HOME", "new"] })
      assert.deepStrictEqual(patched.body.tags, ["home", "new"])
      const same = yield* pat.json("PATCH", `/api/v1/tasks/${first.id}`, { tags: ["New", "home"] })
      assert.strictEqual(same.body.version, patched.body.version)
      const cleared = yield* pat.json("PATCH", `/api/v1/tasks/${first.id}`, { tags: null })
      assert.deepStrictEqual(cleared.body.tags, [])
      assert.deepStrictEqual(yield* all(pat), { Foo: 1, home: 0, new: 0 })
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual(yield* tagsOf(pat, first), ["home", "new"])
      assert.deepStrictEqual(yield* all(pat), { Foo: 1, home: 1, new: 1 })
    }))

  it.effect("have 1 to 60 characters, and are 50 at the most", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const many = Array.from({ length: 51 }, (_, n) => `tag ${n}`)
      for (const tags of [[""], ["x".repeat(61)], ["a\nb"], many, "home", ["ok", null]]) {
        const refused = yield* pat.json("POST", "/api/v1/tasks", { title: "x", tags })
        assert.match(invalidPaths(refused)[0]!, /^payload\.tags/)
      }
      const task = yield* add(pat, "Full", many.slice(1))
      const refused = yield* pat.json("PUT", `/api/v1/tasks/${task.id}/tags/more`, "")
      assertProblem(refused, 409, "limit_reached")
      assert.deepInclude(refused.body, { limit: "tags_of_task", max: 50 })
      const again = yield* pat.json("PUT", `/api/v1/tasks/${task.id}/tags/TAG%201`, "")
      assert.strictEqual(again.body.version, 1)
    }))

  it.effect("are added and taken off one by one, without reading first", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* add(pat, "Task", ["home"])
      const path = `/api/v1/tasks/${task.id}/tags`
      const added = yield* pat.json("PUT", `${path}/at%20work%2Fhere`, "")
      assert.strictEqual(added.status, 200, added.text)
      assert.deepStrictEqual(added.body.tags, ["at work/here", "home"])
      const off = yield* pat.json("DELETE", `${path}/Home`, "")
      assert.deepStrictEqual(off.body.tags, ["at work/here"])
      assert.strictEqual((yield* pat.json("DELETE", `${path}/Home`, "")).body.version, off.body.version)
      assertProblem(yield* pat.json("PUT", `${path}/x`, "", { "if-match": "\"1\"" }), 412, "task_changed")
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual(yield* tagsOf(pat, task), ["at work/here", "home"])
    }))

  it.effect("go with it into the trash, where they do not count, and come back", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* add(pat, "Task", ["home"])
      yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "")
      assert.deepStrictEqual(yield* all(pat), { home: 0 })
      assert.deepStrictEqual((yield* pat.json("POST", `/api/v1/tasks/${task.id}/restore`, "")).body.tags, ["home"])
      assert.deepStrictEqual(yield* all(pat), { home: 1 })
      yield* pat.json("DELETE", `/api/v1/tasks/${task.id}?permanent=true`, "")
      assert.deepStrictEqual(yield* all(pat), { home: 0 })
    }))

  it.effect("are 5,000 of a user's at the most, of whatever write", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const operations = Array.from({ length: 100 }, (_, n) => ({
        op: "task.create",
        body: { title: "x", tags: Array.from({ length: 50 }, (_, m) => `tag ${n * 50 + m}`) }
      }))
      const made = yield* pat.json("POST", "/api/v1/batch", { operations })
      assert.strictEqual(made.status, 200, made.text)
      const task = yield* add(pat, "Known", ["tag 1"])
      for (
        const refused of [
          yield* pat.json("POST", "/api/v1/tasks", { title: "x", tags: ["new"] }),
          yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, { tags: ["new"] }),
          yield* pat.json("PUT", `/api/v1/tasks/${task.id}/tags/new`, ""),
          yield* pat.json("POST", "/api/v1/batch", {
            operations: [{ op: "task.create", body: { title: "x", tags: ["new"] } }]
          })
        ]
      ) {
        assertProblem(refused, 409, "limit_reached")
        assert.deepInclude(refused.body, { limit: "tags", max: 5000 })
      }
      const { body: { items } } = yield* pat.get("/api/v1/limits")
      assert.deepInclude(items, { limit: "tags", max: 5000, count: 5000 })
    }))
})

suite("a tag", (it) => {
  const some = Effect.gen(function*() {
    const pat = yield* newPerson
    const one = yield* add(pat, "One", ["home", "loud"])
    const two = yield* add(pat, "Two", ["home"])
    const trashed = yield* add(pat, "Three", ["home", "work"])
    yield* pat.json("DELETE", `/api/v1/tasks/${trashed.id}`, "")
    const state = Effect.gen(function*() {
      const { body: { items } } = yield* pat.get("/api/v1/tasks")
      const { body: trash } = yield* pat.get("/api/v1/trash")
      const tasks = [...items, ...trash.items].map(({ number, tags }) => [number, tags])
      return { tasks, tags: yield* all(pat), limits: (yield* pat.get("/api/v1/limits")).body }
    })
    return { pat, one, two, trashed, state }
  })

  it.effect("is renamed on every task in one operation, which undo and undo of that take back", () =>
    Effect.gen(function*() {
      const { one, pat, state } = yield* some
      const before = yield* state
      for (const name of ["House", "HOME", "aardvark"]) {
        const renamed = yield* pat.json("PATCH", "/api/v1/tags/Home", { name })
        assert.strictEqual(renamed.status, 200, renamed.text)
        assert.deepInclude(renamed.body, { name, counts: { open: 2, done: 0 } })
        assert.include(yield* tagsOf(pat, one), name)
        const after = yield* state
        assert.notProperty(after.tags, "home")
        const undone = yield* pat.json("POST", "/api/v1/undo", {})
        assert.strictEqual(undone.status, 200, undone.text)
        assert.deepStrictEqual(yield* state, before)
        const again = yield* pat.json("POST", `/api/v1/operations/${undone.body.id}/undo`, {})
        assert.strictEqual(again.status, 200, again.text)
        assert.deepStrictEqual(yield* state, after)
        const back = yield* pat.json("POST", `/api/v1/operations/${again.body.id}/undo`, {})
        assert.strictEqual(back.status, 200, back.text)
        assert.deepStrictEqual(yield* state, before)
      }
    }))

  it.effect("becomes another only where that is wanted", () =>
    Effect.gen(function*() {
      const { one, pat, state, trashed } = yield* some
      const before = yield* state
      assertProblem(yield* pat.json("PATCH", "/api/v1/tags/home", { name: "WORK" }), 409, "name_taken")
      assert.deepStrictEqual(yield* state, before)
      const merged = yield* pat.json("PATCH", "/api/v1/tags/home", { name: "WORK", merge: true })
      assert.strictEqual(merged.status, 200, merged.text)
      assert.deepInclude(merged.body, { name: "work", counts: { open: 2, done: 0 } })
      assert.deepStrictEqual(yield* tagsOf(pat, one), ["loud", "work"])
      assert.deepStrictEqual((yield* pat.get(`/api/v1/trash/${trashed.id}`)).body.tags, ["work"])
      const after = yield* state
      assert.deepStrictEqual(after.tags, { loud: 1, work: 2 })
      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.deepStrictEqual(yield* state, before)
      assert.strictEqual((yield* pat.json("POST", `/api/v1/operations/${undone.body.id}/undo`, {})).status, 200)
      assert.deepStrictEqual(yield* state, after)
    }))

  it.effect("is taken off every task when it is deleted, and undo brings it back", () =>
    Effect.gen(function*() {
      const { one, pat, state } = yield* some
      yield* pat.json("PATCH", "/api/v1/tags/home", { color: "#112233" })
      const before = yield* state
      const removed = yield* pat.json("DELETE", "/api/v1/tags/Home", "")
      assert.strictEqual(removed.status, 204, removed.text)
      assert.deepStrictEqual(yield* tagsOf(pat, one), ["loud"])
      assert.deepStrictEqual((yield* state).tags, { loud: 1, work: 0 })
      assertProblem(yield* pat.json("DELETE", "/api/v1/tags/Home", ""), 404, "tag_not_found")
      assert.strictEqual((yield* pat.json("POST", "/api/v1/undo", {})).status, 200)
      assert.deepStrictEqual(yield* state, before)
      const { body: { items: [tag] } } = yield* pat.get("/api/v1/tags")
      assert.deepInclude(tag, { name: "home", color: "#112233" })
    }))

  it.effect("comes back where tasks have made another of its name since, which nobody has changed", () =>
    Effect.gen(function*() {
      const { one, pat, state } = yield* some
      const before = yield* state
      yield* pat.json("DELETE", "/api/v1/tags/home", "")
      yield* add(pat, "Other", ["home"])
      assert.strictEqual((yield* all(pat))["home"], 1)
      yield* pat.json("POST", "/api/v1/undo", {})
      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.deepStrictEqual(yield* state, before)
      // The same while there is a task that has it.
      const removed = yield* pat.json("DELETE", "/api/v1/tags/home", "")
      const again = yield* add(pat, "Again", ["home"])
      const back = yield* pat.json("POST", `/api/v1/operations/${removed.headers.get("operation-id")}/undo`, {})
      assert.strictEqual(back.status, 200, back.text)
      assert.deepStrictEqual(yield* tagsOf(pat, again), ["home"])
      assert.deepStrictEqual(yield* tagsOf(pat, one), ["home", "loud"])
      assert.strictEqual((yield* pat.get("/api/v1/tags")).body.items.length, Object.keys(yield* all(pat)).length)
      // What somebody has given a colour, or writes otherwise, stays, and stands in the way.
      for (const [name, color] of [["home", "#112233"], ["HOME", null]] as const) {
        const gone = yield* pat.json("DELETE", "/api/v1/tags/home", "")
        yield* add(pat, "Since", [name])
        yield* pat.json("PATCH", `/api/v1/tags/${name}`, { color })
        const refused = yield* pat.json("POST", `/api/v1/operations/${gone.headers.get("operation-id")}/undo`, {})
        assertProblem(refused, 409, "changed_since")
        assert.deepInclude(refused.body.changes[0], { noun: "tag", reason: "taken" })
      }
    }))

  it.effect("stays for those who use it where an undo calls it otherwise again, or takes it away", () =>
    Effect.gen(function*() {
      const { one, pat } = yield* some
      const renamed = yield* pat.json("PATCH", "/api/v1/tags/home", { name: "house", color: "#112233" })
      const user = yield* add(pat, "User", ["house"])
      yield* pat.json("POST", `/api/v1/operations/${renamed.headers.get("operation-id")}/undo`, {})
      assert.include(yield* tagsOf(pat, one), "home")
      assert.deepStrictEqual(yield* tagsOf(pat, user), ["house"])
      assert.deepInclude(yield* all(pat), { home: 2, house: 1 })
      const removed = yield* pat.json("DELETE", "/api/v1/tags/loud", "")
      const undone = yield* pat.json("POST", `/api/v1/operations/${removed.headers.get("operation-id")}/undo`, {})
      yield* add(pat, "Loud", ["loud"])
      const redone = yield* pat.json("POST", `/api/v1/operations/${undone.headers.get("operation-id")}/undo`, {})
      assert.strictEqual(redone.status, 200, redone.text)
      assert.notInclude(yield* tagsOf(pat, one), "loud")
      assert.deepInclude(yield* all(pat), { loud: 1 })
    }))

  it.effect("has its name again where a batch had given that to another", () =>
    Effect.gen(function*() {
      const { pat, state } = yield* some
      const before = yield* state
      const rename = (name: string, to: string) => ({ op: "tag.update", name, body: { name: to } })
      const operations = [rename("home", "other"), rename("loud", "home"), rename("other", "loud")]
      assert.strictEqual((yield* pat.json("POST", "/api/v1/batch", { operations })).status, 200)
      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.deepStrictEqual(yield* state, before)
    }))

  it.effect("is made again by an undo of a task that had it", () =>
    Effect.gen(function*() {
      const { one, pat } = yield* some
      const off = yield* pat.json("DELETE", `/api/v1/tasks/${one.id}/tags/loud`, "")
      yield* pat.json("DELETE", "/api/v1/tags/loud", "")
      yield* pat.json("POST", `/api/v1/operations/${off.headers.get("operation-id")}/undo`, {})
      assert.deepStrictEqual(yield* tagsOf(pat, one), ["home", "loud"])
      assert.strictEqual((yield* all(pat))["loud"], 1)
    }))

  it.effect("is told of in the feed where it was changed", () =>
    Effect.gen(function*() {
      const { pat } = yield* some
      const { body: { cursor } } = yield* pat.get("/api/v1/changes?limit=200")
      yield* pat.json("PATCH", "/api/v1/tags/home", { name: "house" })
      const { body: { items } } = yield* pat.get(`/api/v1/changes?cursor=${cursor}`)
      const told = items.map(({ noun, value }: {
        readonly noun: string
        readonly value: { readonly name?: string; readonly tags?: ReadonlyArray<string> }
      }) => [noun, value.name ?? value.tags])
      assert.deepStrictEqual(told, [
        ["task", ["house", "loud"]],
        ["task", ["house"]],
        ["task", ["house", "work"]],
        ["tag", "house"]
      ])
    }))
})
