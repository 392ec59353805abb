import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { newId } from "../batch/newId.ts"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const send = (person: Person, document: object, query = "") =>
  person.json("POST", `/api/v1/import${query}`, { version: 1, ...document })

interface Planned {
  readonly status: string
  readonly reason?: string
  readonly [member: string]: unknown
}

const planned = (person: Person, document: object, query = "?partial=true") =>
  Effect.map(send(person, document, query), ({ body, status, text }): ReadonlyArray<Planned> => {
    assert.strictEqual(status, 200, text)
    return body.things
  })
const titles = (person: Person) =>
  Effect.map(
    person.get("/api/v1/tasks?sort=position&limit=200"),
    ({ body }): ReadonlyArray<string> => body.items.map(({ title }: { title: string }) => title)
  )

suite("the plan of an import", (it) => {
  it.effect("knows a task by what scripts call it, and a project by its path", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const there = (yield* pat.json("POST", "/api/v1/projects", { name: "Home" })).body.id
      const { body: task } = yield* pat.json("POST", "/api/v1/tasks", {
        title: "Milk",
        externalId: "a:1",
        projectId: there
      })
      const home = newId()
      const document = {
        projects: [{ id: home, name: "HOME" }],
        tasks: [{ id: newId(), title: "Milk", externalId: "a:1", projectId: home }]
      }
      assert.deepStrictEqual(
        (yield* planned(pat, document)).map(({ as, differs, status }) => [status, as, differs]),
        [["kept", there, ["name"]], ["unchanged", task.id, undefined]]
      )
    }))

  it.effect("has what the rules of every write refuse as problems, and the rest is done", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const ids = Array.from({ length: 10 }, newId)
      const [one, two, archived, good] = Array.from({ length: 4 }, newId)
      yield* pat.json("POST", "/api/v1/projects", { id: archived, name: "Archived" })
      yield* pat.json("PATCH", `/api/v1/projects/${archived}`, { archived: true })
      const things = yield* planned(pat, {
        projects: [{ id: one, name: "A", parentId: two }, { id: two, name: "B", parentId: one }],
        views: [{ id: newId(), name: "Odd", filter: "due before nowhere" }],
        tasks: [
          // Nine levels, and one below.
          ...ids.map((id, nth) => ({ id, title: `Level ${nth + 1}`, ...nth > 0 && { parentId: ids[nth - 1] } })),
          { id: newId(), title: "Put away", projectId: archived },
          { id: newId(), title: "Odd rule", due: { date: "2026-01-01" }, repeat: { rule: "FREQ=SECONDLY" } },
          { id: newId(), title: "No date", repeat: { rule: "FREQ=DAILY" } },
          { id: good, title: "Good", completedAt: "2999-01-01T00:00:00.000Z" },
          { id: good, title: "Twice" }
        ]
      })
      assert.deepStrictEqual(things.map(({ reason, status }) => reason ?? status), [
        "cycle",
        "cycle",
        "invalid_filter",
        ...Array.from({ length: 8 }, () => "create"),
        "limit_reached",
        "reference_not_found",
        "project_archived",
        "invalid_rule",
        "repeat_needs_due",
        "create",
        "id_taken"
      ])
      // What is done by a time that is yet to come is done now.
      const { body } = yield* pat.get(`/api/v1/tasks/${good}`)
      assert.isTrue(Date.parse(body.completedAt) <= Date.now())
    }))

  it.effect("refuses what waits for itself", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [one, two] = [newId(), newId()]
      const refused = yield* send(pat, {
        tasks: [{ id: one, title: "One", blockedBy: [two] }, { id: two, title: "Two", blockedBy: [one] }]
      })
      assertProblem(refused, 422, "import_refused")
      assert.strictEqual(refused.body.problems[0].reason, "cycle")
      assert.deepStrictEqual(yield* titles(pat), [])
    }))

  it.effect("refuses, when it is only tried, what it would refuse", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [one, two, gone] = Array.from({ length: 3 }, newId)
      const documents = [
        { tasks: [{ id: one, title: "One", blockedBy: [two] }, { id: two, title: "Two", blockedBy: [one] }] },
        { tasks: [{ id: one, title: "One", projectId: gone }, { id: two, title: "Two" }] },
        { views: [{ id: newId(), name: "Odd", filter: "due before nowhere" }] }
      ]
      for (const document of documents) {
        const [tried, done] = [yield* send(pat, document, "?dryRun=true"), yield* send(pat, document)]
        assertProblem(tried, 422, "import_refused")
        assert.deepStrictEqual([tried.body.count, tried.body.problems], [done.body.count, done.body.problems])
        assert.strictEqual((yield* send(pat, document, "?dryRun=true&partial=true")).status, 200)
      }
      assert.deepStrictEqual(yield* titles(pat), [])
    }))

  it.effect("leaves out in part what closes a circle, and no task, and nothing more the second time", () =>
    Effect.gen(function*() {
      const ids = Array.from({ length: 6 }, newId)
      const [a, b, c, above, below, free] = ids
      const documents: ReadonlyArray<readonly [ReadonlyArray<object>, ReadonlyArray<number>]> = [
        [[{ id: a, title: "a", blockedBy: [b] }, { id: b, title: "b", blockedBy: [a, free] }, {
          id: free,
          title: "free"
        }], [1, 1, 0]],
        [[{ id: a, title: "a", blockedBy: [a] }], [0]],
        [[{ id: a, title: "a", blockedBy: [b] }, { id: b, title: "b", blockedBy: [c] }, {
          id: c,
          title: "c",
          blockedBy: [a]
        }], [1, 1, 0]],
        // What is below something waits for that, by way of another.
        [[{ id: above, title: "above" }, { id: below, title: "below", parentId: above, blockedBy: [a, free] }, {
          id: a,
          title: "a",
          blockedBy: [above]
        }, { id: free, title: "free" }], [0, 1, 1, 0]]
      ]
      for (const [tasks, many] of documents) {
        const pat = yield* newPerson
        const tried = yield* planned(pat, { tasks }, "?partial=true&dryRun=true")
        const things = yield* planned(pat, { tasks })
        assert.deepStrictEqual(tried, things)
        assert.deepStrictEqual(things.map(({ status }) => status), tasks.map(() => "create"))
        const left = things.flatMap(({ circular = [] }) => circular as ReadonlyArray<string>)
        assert.strictEqual(left.length, 1)
        const exported = Effect.map(pat.get("/api/v1/export"), ({ body }) => body.tasks)
        const was = yield* exported
        const byId = new Map<string, ReadonlyArray<string>>(
          was.map((task: { id: string; blockedBy: ReadonlyArray<string> }) => [task.id, task.blockedBy])
        )
        const total = (sum: number, many: number) => sum + many
        assert.strictEqual([...byId.values()].map(({ length }) => length).reduce(total), many.reduce(total))
        for (const query of ["?partial=true", "?partial=true&overwrite=true", "?partial=true"]) {
          yield* planned(pat, { tasks }, query)
          assert.deepStrictEqual(yield* exported, was)
        }
      }
    }))

  it.effect("keeps the order of places, and that of numbers, wherever new tasks go", () =>
    Effect.gen(function*() {
      const document = {
        tasks: [
          { id: newId(), title: "third", number: 1, position: "c" },
          { id: newId(), title: "first", number: 2, position: "a" },
          { id: newId(), title: "second", number: 3, position: "b" }
        ]
      }
      for (const newTasks of ["last", "first"]) {
        const pat = yield* newPerson
        yield* pat.json("PATCH", "/api/v1/settings", { newTasks })
        yield* pat.add("before")
        yield* planned(pat, document, "")
        const places = ["first", "second", "third"]
        assert.deepStrictEqual(yield* titles(pat), newTasks === "last" ? ["before", ...places] : [...places, "before"])
        const { body } = yield* pat.get("/api/v1/tasks?sort=number")
        assert.deepStrictEqual(body.items.map(({ title }: { title: string }) => title), [
          "before",
          "third",
          "first",
          "second"
        ])
      }
    }))

  it.effect("leaves what is in the trash there, unless it is to be overwritten", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [above, below] = [newId(), newId()]
      const document = { tasks: [{ id: above, title: "Above" }, { id: below, title: "Below", parentId: above }] }
      yield* planned(pat, document)
      yield* pat.json("DELETE", `/api/v1/tasks/${above}`, "")
      assert.deepStrictEqual((yield* planned(pat, document)).map(({ reason, status }) => reason ?? status), [
        "kept",
        "reference_not_found"
      ])
      assert.deepStrictEqual((yield* planned(pat, document, "?overwrite=true")).map(({ status }) => status), [
        "update",
        "update"
      ])
      assert.deepStrictEqual(yield* titles(pat), ["Above", "Below"])
      assert.deepStrictEqual((yield* planned(pat, document)).map(({ status }) => status), ["unchanged", "unchanged"])
    }))

  it.effect("changes what there is to what the document says, and an undo changes it back", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [project, task, other] = [newId(), newId(), newId()]
      const before = {
        projects: [{ id: project, name: "Home", color: "#112233" }],
        tasks: [
          { id: other, title: "Other" },
          {
            id: task,
            title: "Milk",
            due: { date: "2999-01-01", time: "09:00" },
            repeat: { rule: "FREQ=DAILY;COUNT=5" },
            occurrence: "2998-12-31T09:00",
            series: { first: "2998-12-30T09:00", ordinal: 2, timeZone: null },
            tags: ["a"],
            extra: { a: "1", b: "2" }
          }
        ]
      }
      const after = {
        projects: [{ id: project, name: "House", archivedAt: "2020-01-01T00:00:00.000Z" }],
        tasks: [
          { id: other, title: "Other", completedAt: "2020-01-01T00:00:00.000Z", blockedBy: [] },
          {
            id: task,
            title: "Milk",
            due: { date: "2999-02-01" },
            repeat: null,
            occurrence: null,
            series: null,
            tags: [],
            extra: { b: "3" },
            blockedBy: [other]
          }
        ]
      }
      const exported = Effect.map(
        pat.get("/api/v1/export"),
        ({ body }) =>
          JSON.stringify(
            body,
            (name, value) => ["version", "updatedAt", "exportedAt"].includes(name) ? undefined : value
          )
      )
      yield* planned(pat, before)
      const was = yield* exported
      const things = yield* planned(pat, after, "?overwrite=true")
      assert.deepStrictEqual(things.map(({ differs, status }) => [status, differs]), [
        ["update", ["name", "archived"]],
        ["update", ["completed"]],
        ["update", ["tags", "due", "repeat", "occurrence", "series", "blockedBy", "extra"]]
      ])
      assert.deepStrictEqual(
        (yield* planned(pat, after)).map(({ status }) => status),
        Array.from({ length: 3 }, () => "unchanged")
      )
      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.strictEqual(yield* exported, was)
    }))
})
