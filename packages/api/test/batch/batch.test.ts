import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { newId } from "./newId.ts"

const create = (title: string, id?: string) => ({ op: "task.create", body: { title, ...id !== undefined && { id } } })

/** The tasks of somebody, newest first, without their times. */
const tasksOf = (person: Person) =>
  Effect.map(
    person.get("/api/v1/tasks?limit=200"),
    ({ body }): ReadonlyArray<Record<string, unknown>> =>
      body.items.map(({ completed, description, number, title, version }: Record<string, unknown>) => ({
        completed,
        description,
        number,
        title,
        version
      }))
  )

suite("POST /api/v1/batch", (it) => {
  const withBatch = Effect.map(newPerson, (pat) => ({
    pat,
    run: (operations: ReadonlyArray<unknown>, headers?: Record<string, string>) =>
      pat.json("POST", "/api/v1/batch", { operations }, headers)
  }))

  it.effect("sets dates of tasks that what comes before opens again", () =>
    Effect.gen(function*() {
      const { pat, run } = yield* withBatch
      const [one, two, below] = [newId(), newId(), newId()]
      const due = { date: "2026-12-01" }
      assert.strictEqual(
        (yield* run([
          create("one", one),
          { op: "task.create", body: { title: "two", id: two, parentId: one } },
          { op: "task.complete", id: one, body: { children: "complete" } }
        ])).status,
        200
      )
      const answer = yield* run([
        { op: "task.create", body: { title: "below", id: below, parentId: two } },
        { op: "task.update", id: one, body: { due } },
        { op: "task.update", id: two, body: { due } },
        { op: "task.complete", id: one, body: { children: "keep" } },
        { op: "task.update", id: one, body: { due: { date: "2026-12-02" } } }
      ])
      assert.strictEqual(answer.status, 200, answer.text)
      const { body: { items } } = yield* pat.get("/api/v1/tasks")
      assert.deepStrictEqual(
        items.map(({ completed, due, title }: Record<string, unknown>) => [title, completed, due]),
        [["below", false, null], ["two", false, due], ["one", true, { date: "2026-12-02" }]]
      )
    }))

  it.effect("does its operations in their order, as one operation", () =>
    Effect.gen(function*() {
      const { pat, run } = yield* withBatch
      const id = newId()
      const answer = yield* run([
        create("one"),
        create("two", id),
        { op: "task.update", id, version: 1, body: { title: "Two", completed: true } },
        { op: "task.update", id, body: {} },
        { op: "task.create", body: { title: "three", description: "more" } },
        { op: "task.remove", id, version: 2 }
      ])
      assert.strictEqual(answer.status, 200, answer.text)
      assert.deepStrictEqual(
        answer.body.results.map(({ number, status, version }: Record<string, unknown>) => [status, number, version]),
        [[201, 1, 1], [201, 2, 1], [200, 2, 2], [200, 2, 2], [201, 3, 1], [204, 2, 3]]
      )
      assert.isString(answer.headers.get("operation-id"))
      assert.deepStrictEqual(answer.body.results.map((result: { id: string }) => result.id === id), [
        false,
        true,
        true,
        true,
        false,
        true
      ])
      assert.deepStrictEqual(yield* tasksOf(pat), [
        { number: 3, title: "three", description: "more", completed: false, version: 1 },
        { number: 1, title: "one", description: null, completed: false, version: 1 }
      ])
      assert.strictEqual((yield* pat.add("four")).number, 4)
    }))

  it.effect("takes tasks out of the trash, with their numbers; one that is not there stays as it is", () =>
    Effect.gen(function*() {
      const { pat, run } = yield* withBatch
      const ids = Array.from({ length: 3 }, newId)
      yield* run(ids.map((id, index) => create(`task ${index + 1}`, id)))
      yield* run(ids.slice(1).map((id) => ({ op: "task.remove", id })))
      const answer = yield* run(ids.map((id) => ({ op: "task.restore", id })))
      assert.deepStrictEqual(
        answer.body.results,
        ids.map((id, index) => ({ status: 200, id, number: index + 1, version: index === 0 ? 1 : 3 }))
      )
      const { body: operation } = yield* pat.get(`/api/v1/operations/${answer.headers.get("operation-id")}`)
      assert.deepInclude(operation, { kind: "batch", count: 2 })
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual((yield* tasksOf(pat)).map(({ number }) => number), [1])
    }))

  it.effect("that changes nothing is no operation", () =>
    Effect.gen(function*() {
      const { pat, run } = yield* withBatch
      const id = newId()
      yield* run([create("one", id)])
      const again = yield* run([create("one", id), { op: "task.update", id, body: { title: "one" } }])
      assert.deepStrictEqual(again.body.results, [
        { status: 200, id, number: 1, version: 1 },
        { status: 200, id, number: 1, version: 1 }
      ])
      assert.isFalse(again.headers.has("operation-id"))
      assert.strictEqual((yield* pat.add("two")).number, 2)
    }))

  it.effect("is refused whole by one of them, with its index and the problem of a single write", () =>
    Effect.gen(function*() {
      const { pat, run } = yield* withBatch
      const { body: task } = yield* pat.json("POST", "/api/v1/tasks", { title: "there" })
      const [taken, absent] = [newId(), newId()]
      yield* run([create("taken", taken)])
      const before = yield* tasksOf(pat)
      const refused = [
        [{ op: "task.update", id: absent, body: { title: "x" } }, 404, "task_not_found"],
        [{ op: "task.remove", id: absent }, 404, "task_not_found"],
        [{ op: "task.update", id: task.id, version: 7, body: { title: "x" } }, 412, "task_changed"],
        [{ op: "task.remove", id: task.id, version: 7 }, 412, "task_changed"],
        [{ op: "task.restore", id: absent }, 404, "task_not_found"],
        [{ op: "task.restore", id: task.id, version: 7 }, 412, "task_changed"],
        [create("another", taken), 409, "id_taken"]
      ] as const
      for (const [operation, status, code] of refused) {
        const answer = yield* run([
          create("new"),
          { op: "task.update", id: taken, body: { completed: true } },
          operation,
          create("newer")
        ])
        assertProblem(answer, status, code)
        assert.strictEqual(answer.body.index, 2)
        if (status === 412) assert.deepStrictEqual(answer.body.current, task)
        assert.isFalse(answer.headers.has("operation-id"))
        assert.deepStrictEqual(yield* tasksOf(pat), before)
      }
      assert.strictEqual((yield* pat.add("next")).number, 3)
    }))

  it.effect("is refused whole where one does not follow the contract, with its path", () =>
    Effect.gen(function*() {
      const { pat, run } = yield* withBatch
      const { id } = yield* pat.add("there")
      const good = create("good")
      const at = (operation: unknown) => Effect.map(run([good, operation, good]), invalidPaths)
      assert.deepStrictEqual(yield* at({ op: "task.create", body: { title: "" } }), ["payload.operations.1.body.title"])
      assert.deepStrictEqual(yield* at({ op: "task.create" }), ["payload.operations.1.body"])
      assert.deepStrictEqual(yield* at({ op: "task.update", id, body: { prioritty: "p1" } }), [
        "payload.operations.1.body.prioritty"
      ])
      assert.deepStrictEqual(yield* at({ op: "task.update", id, version: "1", body: {} }), [
        "payload.operations.1.version"
      ])
      assert.deepStrictEqual(yield* at({ op: "task.remove", id, body: {} }), ["payload.operations.1.body"])
      assert.deepStrictEqual(yield* at({ op: "task.remove", id: "7" }), ["payload.operations.1.id"])
      assert.deepStrictEqual(yield* at({ op: "task.explode", id }), ["payload.operations.1"])
      assert.deepStrictEqual(yield* at({ id }), ["payload.operations.1"])
      assert.deepStrictEqual(yield* at("task.remove"), ["payload.operations.1"])
      assert.deepStrictEqual(invalidPaths(yield* run([])), ["payload.operations"])
      assert.deepStrictEqual(invalidPaths(yield* run(Array.from({ length: 501 }, () => good))), ["payload.operations"])
      assert.lengthOf(yield* tasksOf(pat), 1)
    }))

  it.effect("takes 500 of them, numbered in their order", () =>
    Effect.gen(function*() {
      const { pat, run } = yield* withBatch
      const answer = yield* run(Array.from({ length: 500 }, (_, index) => create(`task ${index + 1}`)))
      assert.strictEqual(answer.status, 200, answer.text)
      assert.deepStrictEqual(
        answer.body.results.map(({ number }: { number: number }) => number),
        Array.from({ length: 500 }, (_, index) => index + 1)
      )
      const [newest] = yield* tasksOf(pat)
      assert.include(newest, { number: 500, title: "task 500" })
    }))
})
