import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { newId } from "./newId.ts"

const run = (person: Person, operations: ReadonlyArray<unknown>) => person.json("POST", "/api/v1/batch", { operations })

const undo = (person: Person, { headers }: { readonly headers: Headers }) =>
  Effect.map(
    person.json("POST", `/api/v1/operations/${headers.get("operation-id")}/undo`, {}),
    (answer) => assert.strictEqual(answer.status, 200, answer.text)
  )

/** What somebody has, as far as it can be undone: versions and times go on. */
const stateOf = (person: Person) =>
  Effect.map(
    Effect.forEach(["/tasks", "/projects", "/tags", "/limits"], (path) => person.get(`/api/v1${path}`)),
    (answers) =>
      answers.map(({ text }) =>
        text.replaceAll(/"(?:version|updatedAt)":[^,}]+/g, "").replaceAll(
          /\{"name":"(?:operations|changes)[^}]*\}/g,
          ""
        )
      )
  )

suite("a batch of any nouns", (it) => {
  it.effect("does with tags and projects what their own requests do, and is undone as one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [project, below, other, one, two] = Array.from({ length: 5 }, newId)
      const made = yield* run(pat, [
        { op: "project.create", body: { id: project, name: "Work" } },
        { op: "project.create", body: { id: below, name: "Below", parentId: project } },
        { op: "project.create", body: { id: other, name: "Other" } },
        { op: "task.create", body: { id: one, title: "One", tags: ["home", "later"], projectId: project } },
        { op: "task.create", body: { id: two, title: "Two", tags: ["home"], projectId: below } }
      ])
      assert.strictEqual(made.status, 200, made.text)
      const before = yield* stateOf(pat)
      const done = yield* run(pat, [
        { op: "task.tag", id: two, name: "new", version: 1 },
        { op: "task.untag", id: one, name: "HOME" },
        { op: "tag.update", name: "later", body: { name: "soon", color: "#112233" } },
        { op: "tag.update", name: "home", body: { name: "new", merge: true } },
        { op: "tag.remove", name: "soon", version: 2 },
        { op: "project.remove", id: project, contents: "move", to: other },
        { op: "project.remove", id: below, contents: "trash" },
        { op: "project.create", body: { name: "Work" } }
      ])
      assert.strictEqual(done.status, 200, done.text)
      assert.deepStrictEqual(
        done.body.results.map(({ status }: { readonly status: number }) => status),
        [200, 200, 200, 200, 204, 204, 204, 201]
      )
      const [first, second] = yield* Effect.forEach(
        [`tasks/${one}`, `trash/${two}`],
        (path) => Effect.map(pat.get(`/api/v1/${path}`), ({ body }) => body)
      )
      assert.deepInclude(first, { tags: [], projectId: other })
      assert.deepInclude(second, { tags: ["new"], projectId: below })
      assert.deepStrictEqual((yield* pat.get("/api/v1/tags")).body.items.map(({ name }: { name: string }) => name), [
        "new"
      ])
      const limits = (yield* pat.get("/api/v1/limits")).body.items
      for (const [limit, count] of [["projects", 2], ["tags", 1], ["tasks", 2]]) {
        assert.include(limits.find((item: { limit: string }) => item.limit === limit), { count })
      }
      const history = yield* pat.get(`/api/v1/operations/${done.headers.get("operation-id")}`)
      assert.deepStrictEqual(
        history.body.changes.map(({ noun }: { noun: string }) => noun),
        [
          "task",
          "task",
          "task",
          "tag",
          "task",
          "tag",
          "task",
          "tag",
          "task",
          "project",
          "project",
          "task",
          "project",
          "project"
        ]
      )
      yield* undo(pat, done)
      // A tag that a task has made by using it is no change, and stays.
      yield* pat.json("DELETE", "/api/v1/tags/new", "")
      assert.deepStrictEqual(yield* stateOf(pat), before)
    }))

  it.effect("says what is wrong with which, as their own requests do", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const project = newId()
      const { id } = yield* Effect.map(
        run(pat, [
          { op: "project.create", body: { id: project, name: "Work" } },
          { op: "task.create", body: { title: "One", tags: ["home", "later"], projectId: project } }
        ]),
        ({ body }) => body.results[1]
      )
      const before = yield* stateOf(pat)
      const refusals: ReadonlyArray<readonly [object, number, string, object]> = [
        [{ op: "project.remove", id: project }, 409, "project_not_empty", { tasks: 1, projects: 0 }],
        [{ op: "project.remove", id: newId() }, 404, "project_not_found", {}],
        [{ op: "project.remove", id: project, version: 7, contents: "trash" }, 412, "project_changed", {}],
        [{ op: "project.remove", id: project, contents: "move", to: newId() }, 422, "reference_not_found", {
          path: ["payload", "operations", 1, "to"]
        }],
        [{ op: "project.remove", id: project, contents: "move", to: project }, 422, "cycle", {
          path: ["payload", "operations", 1, "to"]
        }],
        [{ op: "tag.update", name: "home", body: { name: "LATER" } }, 409, "name_taken", {}],
        [{ op: "tag.update", name: "none", body: {} }, 404, "tag_not_found", {}],
        [{ op: "tag.remove", name: "home", version: 2 }, 412, "tag_changed", {}],
        [{ op: "task.tag", id: newId(), name: "home" }, 404, "task_not_found", {}],
        [{ op: "task.untag", id, name: "home", version: 2 }, 412, "task_changed", {}]
      ]
      for (const [operation, status, code, more] of refusals) {
        const answer = yield* run(pat, [{ op: "task.create", body: { title: "x", tags: ["y"] } }, operation])
        assertProblem(answer, status, code)
        assert.deepInclude(answer.body, { index: 1, ...more })
      }
      const invalid = yield* run(pat, [{ op: "project.remove", id: project, contents: "move" }])
      assertProblem(invalid, 400, "invalid_request")
      assert.deepStrictEqual(yield* stateOf(pat), before)
    }))

  it.effect("does with comments and views what their own requests do, and is undone as one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [task, comment, view] = Array.from({ length: 3 }, newId)
      const made = yield* run(pat, [
        { op: "task.create", body: { id: task, title: "Call" } },
        { op: "comment.create", body: { id: comment, taskId: task, text: "They close at six" } },
        { op: "comment.create", body: { taskId: task, text: "At seven" } },
        { op: "view.create", body: { id: view, name: "Soon", filter: "today" } },
        { op: "view.create", body: { name: "Late", filter: "overdue" } }
      ])
      assert.strictEqual(made.status, 200, made.text)
      const state = Effect.map(
        Effect.forEach([`tasks/${task}/comments`, "views"], (path) => pat.get(`/api/v1/${path}`)),
        (answers) => answers.flatMap(({ body }) => body.items)
      )
      const counts = Effect.map(
        pat.get("/api/v1/limits"),
        ({ body }) =>
          ["comments", "views"].map((name) => body.items.find((item: { limit: string }) => item.limit === name).count)
      )
      const before = yield* state
      assert.deepStrictEqual(before.map(({ name, text }) => text ?? name).toSorted(), [
        "At seven",
        "Late",
        "Soon",
        "They close at six"
      ])
      const done = yield* run(pat, [
        { op: "comment.remove", id: comment, version: 1 },
        { op: "view.remove", id: view },
        { op: "comment.create", body: { taskId: task, text: "At eight" } },
        { op: "view.create", body: { name: "Soon", filter: "tomorrow" } }
      ])
      assert.deepStrictEqual(
        done.body.results.map(({ number, status }: { number: unknown; status: number }) => [number, status]),
        [[null, 204], [null, 204], [null, 201], [null, 201]]
      )
      assert.lengthOf(yield* state, 4)
      assert.deepStrictEqual(yield* counts, [2, 2])
      const refusals: ReadonlyArray<readonly [object, number, string]> = [
        [{ op: "comment.create", body: { taskId: newId(), text: "x" } }, 404, "task_not_found"],
        [{ op: "comment.create", body: { id: comment, taskId: task, text: "x" } }, 409, "id_taken"],
        [{ op: "comment.remove", id: comment }, 404, "comment_not_found"],
        [{ op: "view.remove", id: view }, 404, "view_not_found"],
        [{ op: "view.create", body: { name: "x", filter: "p9 or" } }, 400, "invalid_filter"],
        [{ op: "view.update", id: view, body: { sort: "weight" } }, 400, "invalid_filter"]
      ]
      for (const [operation, status, code] of refusals) {
        const answer = yield* run(pat, [{ op: "task.create", body: { title: "x" } }, operation])
        assertProblem(answer, status, code)
        assert.deepInclude(answer.body, { index: 1 })
      }
      assert.lengthOf((yield* pat.get("/api/v1/tasks")).body.items, 1)
      yield* undo(pat, done)
      const stable = (items: ReadonlyArray<object>) => items.map((item) => ({ ...item, version: 0, updatedAt: "" }))
      assert.deepStrictEqual(stable(yield* state), stable(before))
      assert.deepStrictEqual(yield* counts, [2, 2])
    }))

  it.effect("knows nothing of another user's", () =>
    Effect.gen(function*() {
      const [pat, sam] = [yield* newPerson, yield* newPerson]
      const project = newId()
      yield* run(pat, [
        { op: "project.create", body: { id: project, name: "Work" } },
        { op: "task.create", body: { title: "One", tags: ["home"] } }
      ])
      const before = yield* stateOf(pat)
      for (
        const [operation, code] of [
          [{ op: "project.remove", id: project, contents: "trash" }, "project_not_found"],
          [{ op: "tag.update", name: "home", body: { color: null } }, "tag_not_found"],
          [{ op: "tag.remove", name: "home" }, "tag_not_found"]
        ] as const
      ) assertProblem(yield* run(sam, [operation]), 404, code)
      const own = newId()
      const moved = yield* run(sam, [
        { op: "project.create", body: { id: own, name: "Own" } },
        { op: "project.remove", id: own, contents: "move", to: project }
      ])
      assertProblem(moved, 422, "reference_not_found")
      assert.deepStrictEqual(yield* stateOf(pat), before)
    }))
})
