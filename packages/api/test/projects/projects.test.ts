import { assert } from "@effect/vitest"
import { Project } from "@todo/domain/projects/Project"
import { Effect } from "effect"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

/** Makes a project and answers it. */
const make = (person: Person, name: string, more: object = {}) =>
  Effect.map(person.json("POST", "/api/v1/projects", { name, ...more }), ({ body }) => body)

const names = ({ body }: { readonly body: { readonly items: ReadonlyArray<{ readonly name: string }> } }) =>
  body.items.map(({ name }) => name)

const absent = "01980000-0000-7000-8000-000000000000"

suite("projects", (it) => {
  it.effect("are made, read, changed and listed as they were made", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* pat.json("POST", "/api/v1/projects", { name: "  Work ", color: "#3366ff" })
      assert.strictEqual(made.status, 201, made.text)
      assert.deepStrictEqual(Object.keys(made.body), Object.keys(Project.fields))
      assert.strictEqual(made.headers.get("location"), `/api/v1/projects/${made.body.id}`)
      assert.match(made.headers.get("etag")!, /^"1\.[0-9a-z]+"$/)
      assert.deepInclude(made.body, {
        name: "Work",
        description: null,
        parentId: null,
        color: "#3366ff",
        archived: false,
        archivedAt: null,
        counts: { open: 0, done: 0 }
      })
      const path = `/api/v1/projects/${made.body.id}`
      const changed = yield* pat.json("PATCH", path, { name: "office", color: null }, { "if-match": "\"1\"" })
      assert.strictEqual(changed.status, 200, changed.text)
      assert.deepInclude(changed.body, { name: "office", color: null, version: 2 })
      assertProblem(yield* pat.json("PATCH", path, { name: "x" }, { "if-match": "\"1\"" }), 412, "project_changed")
      yield* make(pat, "Garden")
      yield* make(pat, "Zoo")
      yield* make(pat, "below", { parentId: made.body.id })
      assert.deepStrictEqual(names(yield* pat.get("/api/v1/projects")), ["office", "below", "Garden", "Zoo"])
      const first = yield* pat.get("/api/v1/projects?limit=3")
      const second = yield* pat.get(`/api/v1/projects?limit=3&cursor=${first.body.nextCursor}`)
      assert.deepStrictEqual([...names(first), ...names(second)], ["office", "below", "Garden", "Zoo"])
      assert.isNull(second.body.nextCursor)
      assertProblem(
        yield* pat.get(`/api/v1/projects?archived=true&cursor=${first.body.nextCursor}`),
        400,
        "invalid_request"
      )
    }))

  it.effect("have a name of their own among those below the same one, in whatever spelling", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const work = yield* make(pat, "Straße")
      for (const name of ["strasse", "STRASSE", "Ｓtraße"]) {
        assertProblem(yield* pat.json("POST", "/api/v1/projects", { name }), 409, "name_taken")
      }
      const below = yield* make(pat, "strasse", { parentId: work.id })
      assertProblem(
        yield* pat.json("PATCH", `/api/v1/projects/${below.id}`, { parentId: null }),
        409,
        "name_taken"
      )
      const other = yield* newPerson
      assert.strictEqual((yield* make(other, "strasse")).name, "strasse")
    }))

  it.effect("are below each other, in no circle, 8 levels deep at the most", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const levels: Array<{ readonly id: string }> = []
      for (let level = 1; level <= 8; level++) {
        levels.push(yield* make(pat, `Level ${level}`, { parentId: levels.at(-1)?.id ?? null }))
      }
      const deeper = yield* pat.json("POST", "/api/v1/projects", { name: "9", parentId: levels.at(-1)!.id })
      assertProblem(deeper, 409, "limit_reached")
      assert.deepInclude(deeper.body, { limit: "depth", max: 8 })
      const circle = yield* pat.json("PATCH", `/api/v1/projects/${levels[0]!.id}`, { parentId: levels[3]!.id })
      assertProblem(circle, 422, "cycle")
      assert.deepStrictEqual(circle.body.path, ["payload", "parentId"])
      const top = yield* make(pat, "Top")
      assertProblem(
        yield* pat.json("PATCH", `/api/v1/projects/${levels[0]!.id}`, { parentId: top.id }),
        409,
        "limit_reached"
      )
      const lost = yield* pat.json("POST", "/api/v1/projects", { name: "x", parentId: absent })
      assertProblem(lost, 422, "reference_not_found")
      assert.deepStrictEqual(lost.body.path, ["payload", "parentId"])
    }))
})

suite("a task in a project", (it) => {
  it.effect("counts in it, and moves", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const work = yield* make(pat, "Work")
      const path = `/api/v1/projects/${work.id}`
      const before = yield* pat.get(path)
      const { body: task } = yield* pat.json("POST", "/api/v1/tasks", { title: "Ship", projectId: work.id })
      assert.strictEqual(task.projectId, work.id)
      const after = yield* pat.get(path)
      assert.deepStrictEqual(after.body.counts, { open: 1, done: 0 })
      assert.notStrictEqual(after.headers.get("etag"), before.headers.get("etag"))
      assert.strictEqual((yield* pat.get(path, { "if-none-match": after.headers.get("etag")! })).status, 304)
      yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, { completed: true })
      assert.deepStrictEqual((yield* pat.get(path)).body.counts, { open: 0, done: 1 })
      const moved = yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, { projectId: null })
      assert.isNull(moved.body.projectId)
      assert.deepStrictEqual((yield* pat.get(path)).body.counts, { open: 0, done: 0 })
    }))

  it.effect("is in one of the user's own, or nowhere", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const other = yield* newPerson
      const theirs = yield* make(other, "Theirs")
      const task = yield* pat.add("Mine")
      for (const projectId of [absent, theirs.id]) {
        const made = yield* pat.json("POST", "/api/v1/tasks", { title: "x", projectId })
        assertProblem(made, 422, "reference_not_found")
        assert.deepStrictEqual(made.body.path, ["payload", "projectId"])
        assertProblem(
          yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, { projectId }),
          422,
          "reference_not_found"
        )
        const batch = yield* pat.json("POST", "/api/v1/batch", {
          operations: [
            { op: "task.update", id: task.id, body: { title: "y" } },
            { op: "task.update", id: task.id, body: { projectId } }
          ]
        })
        assertProblem(batch, 422, "reference_not_found")
        assert.deepStrictEqual(batch.body.path, ["payload", "operations", 1, "body", "projectId"])
      }
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [task])
    }))

  it.effect("is made in the same batch as the project, and undone with it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const id = "0198c0de-7a5c-7000-8000-0000000000b1"
      const batch = yield* pat.json("POST", "/api/v1/batch", {
        operations: [
          { op: "project.create", body: { id, name: "Trip" } },
          { op: "task.create", body: { title: "Pack", projectId: id } }
        ]
      })
      assert.strictEqual(batch.status, 200, batch.text)
      assert.strictEqual((yield* pat.get(`/api/v1/projects/${id}`)).body.counts.open, 1)
      assert.strictEqual((yield* pat.json("POST", "/api/v1/undo", {})).status, 200)
      assertProblem(yield* pat.get(`/api/v1/projects/${id}`), 404, "project_not_found")
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
    }))
})

suite("an archived project", (it) => {
  it.effect("takes nothing, nor does what is below it, and lets things go", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const old = yield* make(pat, "Old")
      const below = yield* make(pat, "Below", { parentId: old.id })
      const { body: task } = yield* pat.json("POST", "/api/v1/tasks", { title: "In it", projectId: below.id })
      const archived = yield* pat.json("PATCH", `/api/v1/projects/${old.id}`, { archived: true })
      assert.isString(archived.body.archivedAt)
      assert.deepStrictEqual(names(yield* pat.get("/api/v1/projects?archived=true")), ["Old", "Below"])
      assert.deepStrictEqual(names(yield* pat.get("/api/v1/projects?archived=false")), [])
      assert.isFalse((yield* pat.get(`/api/v1/projects/${below.id}`)).body.archived)
      for (
        const refused of [
          yield* pat.json("POST", "/api/v1/tasks", { title: "x", projectId: below.id }),
          yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, { title: "x" }),
          yield* pat.json("POST", "/api/v1/projects", { name: "x", parentId: below.id })
        ]
      ) assertProblem(refused, 409, "project_archived")
      assert.strictEqual((yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "")).status, 204)
      assertProblem(yield* pat.json("POST", `/api/v1/tasks/${task.id}/restore`, ""), 409, "project_archived")
      yield* pat.json("PATCH", `/api/v1/projects/${old.id}`, { archived: false })
      assert.strictEqual((yield* pat.json("POST", `/api/v1/tasks/${task.id}/restore`, "")).body.projectId, below.id)
      yield* pat.json("PATCH", `/api/v1/projects/${old.id}`, { archived: true })
      const out = yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, { projectId: null })
      assert.strictEqual(out.status, 200, out.text)
    }))
})

suite("DELETE /api/v1/projects/{id}", (it) => {
  const full = Effect.gen(function*() {
    const pat = yield* newPerson
    const work = yield* make(pat, "Work")
    const below = yield* make(pat, "Below", { parentId: work.id })
    const deeper = yield* make(pat, "Deeper", { parentId: below.id })
    for (const { id } of [work, below, deeper]) {
      yield* pat.json("POST", "/api/v1/tasks", { title: "One", projectId: id })
      yield* pat.json("POST", "/api/v1/tasks", { title: "Other", projectId: id })
    }
    return { pat, work, below, deeper, path: `/api/v1/projects/${work.id}` }
  })
  /** What there is, but for versions and times. */
  const state = (pat: Person) =>
    Effect.gen(function*() {
      const projects = yield* pat.get("/api/v1/projects")
      const tasks = yield* pat.get("/api/v1/tasks")
      const trash = yield* pat.get("/api/v1/trash")
      const limits = yield* pat.get("/api/v1/limits")
      return JSON.parse(
        JSON.stringify(
          [projects.body, tasks.body, trash.body, limits.body],
          (key, value) => ["version", "updatedAt"].includes(key) ? undefined : value
        )
      )
    })

  it.effect("asks what becomes of what is in it", () =>
    Effect.gen(function*() {
      const { pat, path } = yield* full
      const refused = yield* pat.json("DELETE", path, "")
      assertProblem(refused, 409, "project_not_empty")
      assert.deepInclude(refused.body, { tasks: 6, projects: 2 })
      const empty = yield* make(pat, "Empty")
      assert.strictEqual((yield* pat.json("DELETE", `/api/v1/projects/${empty.id}`, "")).status, 204)
      assertProblem(yield* pat.get(`/api/v1/projects/${empty.id}`), 404, "project_not_found")
      assertProblem(yield* pat.json("DELETE", `${path}?contents=move`, ""), 400, "invalid_request")
    }))

  it.effect("puts all of it into the trash, and undo brings all of it back", () =>
    Effect.gen(function*() {
      const { pat, path } = yield* full
      const before = yield* state(pat)
      const removed = yield* pat.json("DELETE", `${path}?contents=trash`, "")
      assert.strictEqual(removed.status, 204, removed.text)
      assert.deepStrictEqual(names(yield* pat.get("/api/v1/projects")), [])
      assert.lengthOf((yield* pat.get("/api/v1/trash")).body.items, 6)
      const after = yield* state(pat)
      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.deepStrictEqual(yield* state(pat), before)
      const again = yield* pat.json("POST", `/api/v1/operations/${undone.body.id}/undo`, {})
      assert.strictEqual(again.status, 200, again.text)
      assert.deepStrictEqual(yield* state(pat), after)
    }))

  it.effect("restores a task of a project that is gone into the Inbox, where an undo says that it is gone", () =>
    Effect.gen(function*() {
      const { pat, path, work } = yield* full
      const { body: { items: [task] } } = yield* pat.get("/api/v1/tasks?number=1")
      assert.strictEqual(task.projectId, work.id)
      const trashed = yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "")
      yield* pat.json("DELETE", `${path}?contents=trash`, "")
      const undo = yield* pat.json("POST", `/api/v1/operations/${trashed.headers.get("operation-id")}/undo`, {})
      assertProblem(undo, 409, "changed_since")
      assert.deepStrictEqual(undo.body.changes, [{ noun: "task", id: task.id, reason: "project_gone" }])
      const restored = yield* pat.json("POST", `/api/v1/tasks/${task.id}/restore`, "")
      assert.strictEqual(restored.status, 200, restored.text)
      assert.isNull(restored.body.projectId)
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual((yield* pat.get(`/api/v1/trash/${task.id}`)).body.projectId, work.id)
    }))

  it.effect("moves all of it, to another project or to the Inbox, and undo moves it back", () =>
    Effect.gen(function*() {
      const { below, path, pat, work } = yield* full
      const target = yield* make(pat, "Target")
      const before = yield* state(pat)
      for (const [to, id] of [[target.id, target.id], ["inbox", null]] as const) {
        const removed = yield* pat.json("DELETE", `${path}?contents=move&to=${to}`, "")
        assert.strictEqual(removed.status, 204, removed.text)
        assert.strictEqual((yield* pat.get(`/api/v1/projects/${below.id}`)).body.parentId, id)
        assert.strictEqual((yield* pat.get("/api/v1/tasks?number=1")).body.items[0].projectId, id)
        const undone = yield* pat.json("POST", "/api/v1/undo", {})
        assert.strictEqual(undone.status, 200, undone.text)
        assert.deepStrictEqual(yield* state(pat), before)
      }
      const inside = yield* pat.json("DELETE", `${path}?contents=move&to=${below.id}`, "")
      assertProblem(inside, 422, "cycle")
      assert.deepStrictEqual(inside.body.path, ["query", "to"])
      assertProblem(yield* pat.json("DELETE", `${path}?contents=move&to=${absent}`, ""), 422, "reference_not_found")
      yield* pat.json("PATCH", `/api/v1/projects/${target.id}`, { archived: true })
      assertProblem(yield* pat.json("DELETE", `${path}?contents=move&to=${target.id}`, ""), 409, "project_archived")
      yield* make(pat, "below")
      assertProblem(yield* pat.json("DELETE", `${path}?contents=move&to=inbox`, ""), 409, "name_taken")
      assert.strictEqual((yield* pat.get(`/api/v1/projects/${work.id}`)).status, 200)
    }))

  it.effect("takes an archived project away with what is in it, and undo brings it back", () =>
    Effect.gen(function*() {
      const { pat, path } = yield* full
      yield* pat.json("PATCH", path, { archived: true })
      const before = yield* state(pat)
      assert.strictEqual((yield* pat.json("DELETE", `${path}?contents=trash`, "")).status, 204)
      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.deepStrictEqual(yield* state(pat), before)
    }))
})

suite("undo of what was done with projects", (it) => {
  it.effect("breaks no rule: a name, a circle, a level, and what refers to it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const operations = (answer: { readonly headers: Headers }) => answer.headers.get("operation-id")!
      const refused = (operation: string, reason: string) =>
        Effect.map(pat.json("POST", `/api/v1/operations/${operation}/undo`, {}), (answer) => {
          assertProblem(answer, 409, "changed_since")
          assert.strictEqual(answer.body.changes[0].reason, reason)
        })
      const one = yield* pat.json("POST", "/api/v1/projects", { name: "One" })
      const renamed = yield* pat.json("PATCH", `/api/v1/projects/${one.body.id}`, { name: "Other" })
      const second = yield* pat.json("POST", "/api/v1/projects", { name: "one" })
      yield* refused(operations(renamed), "taken")
      const removed = yield* pat.json("DELETE", `/api/v1/projects/${second.body.id}`, "")
      const third = yield* make(pat, "ONE")
      yield* refused(operations(removed), "taken")

      const below = yield* pat.json("PATCH", `/api/v1/projects/${third.id}`, { parentId: one.body.id })
      const out = yield* pat.json("PATCH", `/api/v1/projects/${third.id}`, { parentId: null })
      yield* pat.json("PATCH", `/api/v1/projects/${one.body.id}`, { parentId: third.id })
      yield* refused(operations(out), "cycle")
      assert.isString(operations(below))

      const made = yield* pat.json("POST", "/api/v1/projects", { name: "Used" })
      yield* pat.json("POST", "/api/v1/tasks", { title: "x", projectId: made.body.id })
      yield* refused(operations(made), "referred")
    }))
})
