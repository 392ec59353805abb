import { assert } from "@effect/vitest"
import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApi } from "effect/http-api"
import { type Answer, bearer, newPerson, origin, type Person, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import type { TestService } from "../support/TestService.ts"
import { claimsOf } from "../support/tokens.ts"

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
  "tasks.update": { title: "Taken over", completed: true, description: null },
  "tokens.create": { name: "Mine", scopes: ["tasks:read"], expiresInDays: 1 }
}

/** Makes something of `owner`'s whose id each group's operations take, and shows it as its owner sees it. */
const belongings: Record<string, (owner: Person) => Effect.Effect<Belonging, never, TestService>> = {
  tasks: (owner) => Effect.map(owner.add("Private"), ({ id }) => ({ id, look: owner.get(`/api/v1/tasks/${id}`) })),
  sessions: (owner) =>
    Effect.gen(function*() {
      const { email, password } = owner
      const other = yield* sendJson("POST", "/api/auth/sign-in/email", { email, password }, origin)
      return { id: claimsOf(yield* tokenOf(other.body.token)).sid, look: owner.get("/api/v1/sessions") }
    }),
  tokens: (owner) =>
    Effect.map(
      owner.json("POST", "/api/v1/tokens", bodies["tokens.create"]),
      ({ body }) => ({ id: body.id, look: owner.get("/api/v1/tokens") })
    )
}

interface Belonging {
  readonly id: string
  readonly look: Effect.Effect<Answer, never, TestService>
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
        const make = belongings[operation.name.split(".")[0]!]
        assert.isDefined(make, "a group that this test has nothing for")
        const { id, look } = yield* make!(owner)
        yield* make!(stranger)
        const before = yield* look
        for (const headers of [{}, { "if-match": "\"1\"" }, { "if-match": "\"9\"" }, { "if-none-match": "\"1\"" }]) {
          const foreign = yield* call(operation, stranger, id, headers as Record<string, string>)
          const missing = yield* call(operation, stranger, absent, headers as Record<string, string>)
          assert.strictEqual(foreign.status, 404)
          assert.deepStrictEqual(essence(foreign), essence(missing))
        }
        assert.deepStrictEqual((yield* look).body, before.body)
        // The operation does work for the owner: the answer above is about who asks.
        assert.isBelow((yield* call(operation, owner, id)).status, 300)
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
