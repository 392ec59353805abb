import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { newId } from "../batch/newId.ts"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const send = (person: Person, document: object, query = "", headers: Record<string, string> = {}) =>
  person.json("POST", `/api/v1/import${query}`, { version: 1, ...document }, headers)

/** All that somebody has, without what an account cannot take over. */
const everything = (person: Person) =>
  Effect.map(person.get("/api/v1/export"), ({ body }) => {
    const { exportedAt: _, ...document } = body
    return document
  })

suite("POST /api/v1/import", (it) => {
  it.effect("makes what a document has, as one operation that one undo takes back, and nothing the second time", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [house, garden, milk, oat, note, view] = Array.from({ length: 6 }, newId)
      const document = {
        format: "todo",
        projects: [
          { id: garden, name: "Garden", parentId: house },
          { id: house, name: "House", color: "#3366ff", archived: false }
        ],
        tags: [{ name: "Home", color: "#112233" }],
        views: [{ id: view, name: "Soon", filter: "open and @home", sort: "due" }],
        tasks: [
          {
            id: oat,
            title: "Oat",
            parentId: milk,
            completedAt: "2020-01-02T03:04:05.678Z",
            createdAt: "2019-01-01T00:00:00.000Z"
          },
          { id: milk, title: "Milk", projectId: garden, tags: ["home"], extra: { a: "b" }, blockedBy: [oat] }
        ],
        comments: [{ id: note, taskId: milk, text: "Two litres" }]
      }
      const answer = yield* send(pat, document)
      assert.strictEqual(answer.status, 200, answer.text)
      assert.deepStrictEqual(answer.body.counts, { create: 7, update: 0, unchanged: 0, kept: 0, problem: 0 })
      assert.deepStrictEqual(answer.body.things.map(({ noun }: { noun: string }) => noun), [
        "project",
        "project",
        "tag",
        "view",
        "task",
        "task",
        "comment"
      ])
      const had = yield* everything(pat)
      assert.deepInclude(had.tasks.find(({ id }: { id: string }) => id === oat), {
        projectId: garden,
        completedAt: "2020-01-02T03:04:05.678Z",
        createdAt: "2019-01-01T00:00:00.000Z",
        version: 1
      })
      assert.deepInclude(had.tasks.find(({ id }: { id: string }) => id === milk), {
        tags: ["Home"],
        blockedBy: [oat],
        extra: { a: "b" }
      })
      const again = yield* send(pat, document)
      assert.deepStrictEqual(again.body.counts, { create: 0, update: 0, unchanged: 7, kept: 0, problem: 0 })
      assert.isFalse(again.headers.has("operation-id"))
      assert.deepStrictEqual(yield* everything(pat), had)

      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200, undone.text)
      const empty = yield* everything(pat)
      assert.deepStrictEqual([empty.tasks, empty.projects, empty.views, empty.comments], [[], [], [], []])

      // The ids are taken by what was undone: others stand in, and are found again.
      const after = yield* send(pat, document)
      assert.strictEqual(after.status, 200, after.text)
      assert.strictEqual(after.body.counts.create, 6)
      assert.strictEqual(after.body.things.filter((thing: { as?: string }) => thing.as !== undefined).length, 6)
      // That tasks have made a tag is no change, and its colour was one.
      assert.deepInclude((yield* send(pat, document)).body.counts, { unchanged: 6, kept: 1 })
    }))

  it.effect("leaves what is there and differs, unless it is to be overwritten", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Milk")
      const document = { tasks: [{ id: task.id, title: "Oat milk", description: "Two", completed: true }] }
      const kept = yield* send(pat, document)
      assert.deepStrictEqual(kept.body.things, [
        { noun: "task", id: task.id, status: "kept", differs: ["title", "description", "completed"] }
      ])
      const changed = yield* send(pat, document, "?overwrite=true")
      assert.strictEqual(changed.body.counts.update, 1, changed.text)
      const { body } = yield* pat.get(`/api/v1/tasks/${task.id}`)
      assert.deepInclude(body, { title: "Oat milk", description: "Two", completed: true, version: 2 })
    }))

  it.effect("does nothing when it is only tried, and says what it would do", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const document = { tasks: [{ id: newId(), title: "Milk" }] }
      const tried = yield* send(pat, document, "?dryRun=true")
      assert.deepInclude(tried.body, { dryRun: true })
      assert.strictEqual(tried.body.counts.create, 1)
      assert.deepStrictEqual((yield* everything(pat)).tasks, [])
    }))

  it.effect("is refused whole by a problem, or leaves it out", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [bad, child, good, gone] = Array.from({ length: 4 }, newId)
      const document = {
        tasks: [
          { id: bad, title: "Bad", projectId: gone },
          { id: child, title: "Child", parentId: bad },
          { id: good, title: "Good", blockedBy: [bad, gone] }
        ]
      }
      const refused = yield* send(pat, document)
      assertProblem(refused, 422, "import_refused")
      assert.strictEqual(refused.body.count, 2)
      assert.deepStrictEqual((yield* everything(pat)).tasks, [])
      const partial = yield* send(pat, document, "?partial=true")
      assert.deepStrictEqual(
        partial.body.things.map(({ missing, reason, status }: Record<string, unknown>) => [status, reason, missing]),
        [
          ["problem", "reference_not_found", undefined],
          ["problem", "reference_not_found", undefined],
          ["create", undefined, [bad, gone]]
        ]
      )
      assert.lengthOf((yield* everything(pat)).tasks, 1)
    }))

  it.effect("answers a key that came before with its plan, and does it once", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const document = { tasks: [{ id: newId(), title: "Milk" }] }
      const key = { "idempotency-key": crypto.randomUUID() }
      const first = yield* send(pat, document, "", key)
      const second = yield* send(pat, document, "", key)
      assert.strictEqual(second.headers.get("idempotency-replayed"), "true")
      assert.deepStrictEqual(second.body, first.body)
      assert.strictEqual(second.headers.get("operation-id"), first.headers.get("operation-id"))
      assert.lengthOf((yield* everything(pat)).tasks, 1)
    }))
})
