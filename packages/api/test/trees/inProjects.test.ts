import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const make = (person: Person, title: string, members: object = {}) =>
  Effect.map(person.json("POST", "/api/v1/tasks", { title, ...members }), ({ body }) => body.id as string)
const project = (person: Person, name: string, members: object = {}) =>
  Effect.map(person.json("POST", "/api/v1/projects", { name, ...members }), ({ body }) => body.id as string)
const read = (person: Person, id: string) => Effect.map(person.get(`/api/v1/tasks/${id}`), ({ body }) => body)
const patch = (person: Person, id: string, body: object) => person.json("PATCH", `/api/v1/tasks/${id}`, body)
const move = (person: Person, body: object) => person.json("POST", "/api/v1/tasks/move", body)
const undo = (person: Person) => person.json("POST", "/api/v1/undo", {})

/** Where tasks are, by their titles, each list in its order. */
const places = (person: Person) =>
  Effect.map(person.get("/api/v1/tasks?limit=200"), ({ body }) => {
    const lists: Record<string, Array<string>> = {}
    const items = body.items.toSorted((one: { position: string }, other: { position: string }) =>
      one.position < other.position ? -1 : 1
    )
    for (const { parentId, projectId, title } of items) (lists[parentId ?? projectId ?? "inbox"] ??= []).push(title)
    return lists
  })

/** Somebody with a project of a tree, another project, and a task in the Inbox. */
const furnished = Effect.gen(function*() {
  const pat = yield* newPerson
  const home = yield* project(pat, "Home")
  const work = yield* project(pat, "Work")
  const top = yield* make(pat, "top", { projectId: home })
  const child = yield* make(pat, "child", { parentId: top })
  const grandchild = yield* make(pat, "grandchild", { parentId: child })
  const other = yield* make(pat, "other", { projectId: home })
  const loose = yield* make(pat, "loose")
  return { pat, home, work, top, child, grandchild, other, loose }
})

suite("trees of tasks in projects", (it) => {
  it.effect("are in the project of what is above them", () =>
    Effect.gen(function*() {
      const { child, grandchild, home, loose, pat, top, work } = yield* furnished
      assert.strictEqual((yield* read(pat, grandchild)).projectId, home)
      const elsewhere = yield* pat.json("POST", "/api/v1/tasks", { title: "x", parentId: top, projectId: work })
      assertProblem(elsewhere, 422, "reference_not_found")
      assert.deepStrictEqual(elsewhere.body.path, ["payload", "parentId"])
      // Nobody is told whether there is such a project.
      const absent = yield* pat.json("POST", "/api/v1/tasks", {
        title: "x",
        parentId: top,
        projectId: "0198c0de-7a5c-7000-8000-0000000000ff"
      })
      assert.strictEqual(
        absent.text.replace(absent.headers.get("x-request-id")!, ""),
        elsewhere.text.replace(elsewhere.headers.get("x-request-id")!, "")
      )
      assertProblem(yield* patch(pat, child, { projectId: work, parentId: top }), 422, "reference_not_found")
      const joined = yield* patch(pat, loose, { parentId: top })
      assert.include(joined.body, { parentId: top, projectId: home })
    }))

  it.effect("go as a whole into another project, by a patch, a move and a batch, and back by undo", () =>
    Effect.gen(function*() {
      const { child, grandchild, home, loose, other, pat, top, work } = yield* furnished
      yield* make(pat, "there", { projectId: work })
      const before = yield* places(pat)
      const ways = [
        patch(pat, top, { projectId: work }),
        move(pat, { ids: [top], projectId: work }),
        pat.json("POST", "/api/v1/batch", {
          operations: [{ op: "task.move", body: { ids: [top], projectId: work, at: "last" } }]
        })
      ]
      for (const way of ways) {
        const answer = yield* way
        assert.strictEqual(answer.status, 200, answer.text)
        for (const id of [top, child, grandchild]) assert.strictEqual((yield* read(pat, id)).projectId, work)
        assert.deepStrictEqual(yield* places(pat), { ...before, [home]: ["other"], [work]: ["there", "top"] })
        assert.strictEqual((yield* undo(pat)).status, 200)
        assert.deepStrictEqual(yield* places(pat), before)
        for (const id of [top, child, grandchild]) assert.strictEqual((yield* read(pat, id)).projectId, home)
      }
      const first = yield* move(pat, { ids: [other, top], projectId: work, at: "first" })
      assert.deepStrictEqual(first.body.items.map(({ projectId }: { projectId: string }) => projectId), [work, work])
      assert.deepStrictEqual((yield* places(pat))[work], ["other", "top", "there"])
      yield* move(pat, { ids: [top], before: loose })
      assert.deepInclude(yield* places(pat), { inbox: ["top", "loose"], [work]: ["other", "there"] })
      assert.isNull((yield* read(pat, grandchild)).projectId)
    }))

  it.effect("lose what goes into another project by itself", () =>
    Effect.gen(function*() {
      const { child, grandchild, home, pat, top, work } = yield* furnished
      const out = yield* patch(pat, child, { projectId: work })
      assert.include(out.body, { projectId: work, parentId: null })
      assert.include(yield* read(pat, grandchild), { projectId: work, parentId: child })
      // Where it was before is not to be had when that has gone elsewhere.
      yield* patch(pat, top, { projectId: null })
      const back = yield* pat.json("POST", `/api/v1/operations/${out.headers.get("operation-id")}/undo`, {})
      assertProblem(back, 409, "changed_since")
      assert.include(back.body.changes.map(({ reason }: { reason: string }) => reason), "parent")
      yield* patch(pat, top, { projectId: home })
      assert.strictEqual(
        (yield* pat.json("POST", `/api/v1/operations/${out.headers.get("operation-id")}/undo`, {})).status,
        200
      )
      assert.include(yield* read(pat, child), { projectId: home, parentId: top })
    }))

  it.effect("cannot go into what is archived, and are not ready there", () =>
    Effect.gen(function*() {
      const { grandchild, home, loose, pat, top, work } = yield* furnished
      const tag = (yield* pat.get(`/api/v1/tasks/${grandchild}`)).headers.get("etag")
      yield* pat.json("PATCH", `/api/v1/projects/${home}`, { archived: true })
      const there = yield* pat.get(`/api/v1/tasks/${grandchild}`)
      assert.isFalse(there.body.ready)
      assert.notStrictEqual(there.headers.get("etag"), tag)
      assertProblem(yield* patch(pat, loose, { parentId: top }), 409, "project_archived")
      assertProblem(yield* move(pat, { ids: [loose], projectId: home }), 409, "project_archived")
      assertProblem(yield* move(pat, { ids: [loose], after: top }), 409, "project_archived")
      assertProblem(
        yield* pat.json("POST", "/api/v1/tasks", { title: "x", parentId: top }),
        409,
        "project_archived"
      )
      assert.strictEqual((yield* move(pat, { ids: [top], projectId: work })).status, 200)
      assert.isTrue((yield* read(pat, grandchild)).ready)
    }))

  it.effect("keep their order when their project is removed, with its things elsewhere or in the trash", () =>
    Effect.gen(function*() {
      const { child, home, loose, other, pat, top, work } = yield* furnished
      yield* make(pat, "there", { projectId: work })
      yield* move(pat, { ids: [other], before: top })
      const before = yield* places(pat)
      const remove = (query: string) => pat.json("DELETE", `/api/v1/projects/${home}?${query}`, "")
      assert.strictEqual((yield* remove(`contents=move&to=${work}`)).status, 204)
      assert.deepStrictEqual(yield* places(pat), {
        inbox: ["loose"],
        [work]: ["there", "other", "top"],
        [top]: ["child"],
        [child]: ["grandchild"]
      })
      yield* undo(pat)
      assert.deepStrictEqual(yield* places(pat), before)
      assert.strictEqual((yield* remove("contents=trash")).status, 204)
      assert.deepStrictEqual(yield* places(pat), { inbox: ["loose"], [work]: ["there"] })
      // Its project is gone: all of the tree is in the Inbox, where it is by its number.
      assert.strictEqual((yield* pat.json("POST", `/api/v1/tasks/${top}/restore`, "")).status, 200)
      assert.deepStrictEqual((yield* places(pat))["inbox"], ["top", "loose"])
      assert.include(yield* read(pat, child), { projectId: null, parentId: top })
      assert.strictEqual((yield* read(pat, loose)).position > (yield* read(pat, top)).position, true)
    }))

  it.effect("take back what was deleted before they went into another project", () =>
    Effect.gen(function*() {
      const { child, grandchild, pat, top, work } = yield* furnished
      yield* pat.json("DELETE", `/api/v1/tasks/${child}`, "")
      yield* patch(pat, top, { projectId: work })
      assert.strictEqual((yield* pat.json("POST", `/api/v1/tasks/${child}/restore`, "")).status, 200)
      for (const id of [child, grandchild]) assert.strictEqual((yield* read(pat, id)).projectId, work)
      yield* undo(pat)
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${child}`)).status, 404)
    }))
})

suite("new tasks", (it) => {
  it.effect("come first where the user wants it, and together in their order", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const home = yield* project(pat, "Home")
      for (const title of ["a", "b"]) yield* make(pat, title)
      yield* pat.json("PATCH", "/api/v1/settings", { newTasks: "first" })
      const c = yield* make(pat, "c")
      assert.deepStrictEqual((yield* places(pat))["inbox"], ["c", "a", "b"])
      yield* pat.json("POST", "/api/v1/batch", {
        operations: ["d", "e", "f"].flatMap((title) => [
          { op: "task.create", body: { title } },
          { op: "task.create", body: { title: `${title} at home`, projectId: home } },
          { op: "task.create", body: { title: `${title} below`, parentId: c } }
        ])
      })
      assert.deepStrictEqual(yield* places(pat), {
        inbox: ["d", "e", "f", "c", "a", "b"],
        [home]: ["d at home", "e at home", "f at home"],
        [c]: ["d below", "e below", "f below"]
      })
      yield* undo(pat)
      yield* pat.json("PATCH", "/api/v1/settings", { newTasks: "last" })
      yield* make(pat, "g")
      assert.deepStrictEqual((yield* places(pat))["inbox"], ["c", "a", "b", "g"])
    }))
})

suite("a task that repeats", (it) => {
  const weekly = { due: { date: "2026-08-26" }, repeat: { rule: "FREQ=WEEKLY" } }

  it.effect("is waited for until its date is done, however that is", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const again = yield* make(pat, "again", weekly)
      const waits = yield* make(pat, "waits", { blockedBy: [again] })
      assert.strictEqual((yield* pat.json("POST", `/api/v1/tasks/${again}/skip`, "")).status, 200)
      assert.deepStrictEqual((yield* read(pat, waits)).blockedBy, [again])
      const ways = [
        pat.json("POST", `/api/v1/tasks/${again}/complete`, {}),
        pat.json("PATCH", `/api/v1/tasks/${again}`, { completed: true }, { "if-match": "*" }),
        pat.json("POST", "/api/v1/batch", { operations: [{ op: "task.complete", id: again, body: {} }] })
      ]
      for (const [index, way] of ways.entries()) {
        const answer = yield* way
        if (answer.status === 428) continue
        assert.strictEqual(answer.status, 200, `${index}: ${answer.text}`)
        assert.include(yield* read(pat, waits), { blocked: false, ready: true })
        assert.deepStrictEqual((yield* read(pat, waits)).blockedBy, [])
        yield* undo(pat)
        assert.deepStrictEqual((yield* read(pat, waits)).blockedBy, [again])
      }
    }))

  it.effect("has open children as any other, but for those that repeat by themselves", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const top = yield* make(pat, "top", weekly)
      const itself = yield* make(pat, "itself", { ...weekly, parentId: top })
      const below = yield* make(pat, "below what repeats", { parentId: itself })
      const child = yield* make(pat, "child", { parentId: top })
      const grandchild = yield* make(pat, "grandchild", { parentId: child })
      const complete = (id: string, body: object = {}) => pat.json("POST", `/api/v1/tasks/${id}/complete`, body)
      assert.strictEqual((yield* read(pat, top)).openChildren, 1)
      const refused = yield* complete(top)
      assertProblem(refused, 409, "open_children")
      assert.deepStrictEqual(refused.body.tasks.map(({ title }: { title: string }) => title), ["child"])
      yield* complete(below)
      yield* complete(child, { children: "complete" })
      assert.isTrue((yield* read(pat, grandchild)).completed)
      const done = yield* complete(top)
      assert.strictEqual(done.status, 200, done.text)
      assert.include(done.body, { advanced: true, completed: false, openChildren: 1 })
      assert.isTrue(done.body.due.date > weekly.due.date)
      for (const id of [child, grandchild]) assert.isFalse((yield* read(pat, id)).completed)
      assert.isTrue((yield* read(pat, below)).completed)
      assert.deepStrictEqual((yield* read(pat, itself)).due, weekly.due)
      yield* undo(pat)
      for (const id of [child, grandchild]) assert.isTrue((yield* read(pat, id)).completed)
      assert.deepStrictEqual((yield* read(pat, top)).due, weekly.due)
      // Passed over, it begins anew as well.
      assert.strictEqual((yield* pat.json("POST", `/api/v1/tasks/${top}/skip`, "")).status, 200)
      assert.isFalse((yield* read(pat, grandchild)).completed)
    }))
})
