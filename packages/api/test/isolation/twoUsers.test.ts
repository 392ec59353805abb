import { assert } from "@effect/vitest"
import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApi } from "effect/http-api"
import { type Answer, bearer, newPerson, type Person, send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

interface Operation {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly authorized: boolean
}

/** Every operation of the contract, read from the contract itself: a new one cannot be forgotten. */
const operations: Array<Operation> = []
HttpApi.reflect(Api, {
  onGroup: () => {},
  onEndpoint: ({ endpoint, group, middleware }) => {
    operations.push({
      name: `${group.identifier}.${endpoint.identifier}`,
      method: endpoint.method,
      path: endpoint.path,
      authorized: [...middleware].some((service) => service.key === "todo/domain/auth/Authorization")
    })
  }
})

/** A valid body for each operation that takes one and needs a token. */
const bodies: Record<string, unknown> = {
  "tasks.create": { title: "Mine" },
  "tasks.update": { title: "Taken over", completed: true, description: null }
}

/** An answer without what differs from request to request. */
const essence = ({ body, headers, status, text }: Answer) => {
  const requestId = headers.get("x-request-id")!
  const kept = [...headers].filter(([name]) => name !== "x-request-id" && name !== "date")
  return { status, headers: kept, text: text.replaceAll(requestId, "<request id>"), hasBody: body !== undefined }
}

const absent = "01980000-0000-7000-8000-000000000000"

suite("one user's tasks", (it) => {
  const call = (operation: Operation, person: Person, id: string, headers: Record<string, string> = {}) =>
    send(operation.path.replace(":id", id), {
      method: operation.method,
      headers: { ...bearer(person.jwt), "content-type": "application/json", ...headers },
      ...(operation.name in bodies ? { body: JSON.stringify(bodies[operation.name]) } : {})
    })

  it("are behind authorization in every operation under /api/v1", () => {
    const versioned = operations.filter((operation) => operation.path.startsWith("/api/v1"))
    assert.isAtLeast(versioned.length, 6)
    assert.deepStrictEqual(versioned.filter((operation) => !operation.authorized), [])
  })

  for (const operation of operations.filter(({ authorized, path }) => authorized && path.includes(":"))) {
    it.effect(`do not exist for another user: ${operation.name}`, () =>
      Effect.gen(function*() {
        assert.deepStrictEqual(operation.path.match(/:\w+/g), [":id"], "an id that this test does not know how to fill")
        const owner = yield* newPerson
        const stranger = yield* newPerson
        const task = yield* owner.add("Private")
        yield* stranger.add("Also number 1")
        for (const headers of [{}, { "if-match": "\"1\"" }, { "if-match": "\"9\"" }, { "if-none-match": "\"1\"" }]) {
          const foreign = yield* call(operation, stranger, task.id, headers as Record<string, string>)
          const missing = yield* call(operation, stranger, absent, headers as Record<string, string>)
          assert.strictEqual(foreign.status, 404)
          assert.deepStrictEqual(essence(foreign), essence(missing))
        }
        assert.deepStrictEqual((yield* owner.get(`/api/v1/tasks/${task.id}`)).body, task)
        // The operation does work for the owner: the answer above is about who asks.
        assert.isBelow((yield* call(operation, owner, task.id)).status, 300)
      }))
  }

  for (const operation of operations.filter(({ authorized, path }) => authorized && !path.includes(":"))) {
    it.effect(`do not show in another user's answer: ${operation.name}`, () =>
      Effect.gen(function*() {
        const owner = yield* newPerson
        const stranger = yield* newPerson
        const task = yield* owner.add("Very private")
        const answer = yield* call(operation, stranger, absent)
        assert.isBelow(answer.status, 300)
        for (const secret of [task.id, "Very private", owner.id, owner.email]) assert.notInclude(answer.text, secret)
        assert.deepStrictEqual((yield* owner.get("/api/v1/tasks")).body.items, [task])
      }))
  }

  it.effect("cannot be found by number either", () =>
    Effect.gen(function*() {
      const owner = yield* newPerson
      const stranger = yield* newPerson
      yield* owner.add("one")
      yield* owner.add("two")
      yield* stranger.add("one")
      assert.deepStrictEqual((yield* stranger.get("/api/v1/tasks?number=2")).body.items, [])
    }))
})
