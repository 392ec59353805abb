import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { belongings, belongingsOf, call, prepare as makeNeeded } from "../isolation/Calls.ts"
import { absent } from "../isolation/IdPlaces.ts"
import { type Operation, operations, takesId } from "../isolation/Operations.ts"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { assertReplay, isReplay, newKey } from "./Answers.ts"

/** What is asked for by a body, and reads, needs no key. */
const writes = operations.filter(({ method, path, scope }) =>
  path.startsWith("/api/v1/") && method !== "GET" && !scope?.endsWith(":read")
)

/** Somebody with something of each kind, and a call that could be made once with it. */
const prepare = Effect.fn("prepare")(function*(operation: Operation) {
  const owner = yield* newPerson
  const id = yield* belongings[operation.group]!(owner)
  yield* makeNeeded(operation, owner.jwt)
  const send = (headers: Record<string, string>, to = id) => call(operation, owner, owner.jwt, to, headers)
  return { owner, id, send }
})

/** What would show that something was done again: one more of each kind, made since. */
const moreOf = (operation: Operation, owner: Person) =>
  Effect.andThen(belongings[operation.group]!(owner), belongingsOf(owner))

suite("Idempotency-Key", (it) => {
  it("is taken by every write, and by nothing else", () => {
    assert.isAtLeast(writes.length, 7)
    for (const operation of operations) {
      const taken = operation.headers.includes("idempotency-key")
      assert.strictEqual(taken, writes.includes(operation), operation.name)
      if (taken) assert.includeMembers([...operation.errors.keys()], [409, 422], operation.name)
    }
  })

  for (const operation of writes) {
    it.effect(`${operation.name}: the same request gives the same answer and does nothing`, () =>
      Effect.gen(function*() {
        const { owner, send } = yield* prepare(operation)
        const key = newKey()
        const first = yield* send(key)
        assert.include(operation.successes, first.status, first.text)
        const before = yield* moreOf(operation, owner)
        assertReplay(first, yield* send(key))
        assertReplay(first, yield* send({ "idempotency-key": `"${key["idempotency-key"]}"` }))
        assert.deepStrictEqual(yield* belongingsOf(owner), before)
      }))

    it.effect(`${operation.name}: another request with the key is refused, and does nothing`, () =>
      Effect.gen(function*() {
        const { owner, send } = yield* prepare(operation)
        const key = newKey()
        yield* send(key)
        const before = yield* moreOf(operation, owner)
        for (const other of writes.filter(({ name }) => name !== operation.name)) {
          const answer = yield* call(other, owner, owner.jwt, yield* belongings[other.group]!(owner), key)
          assertProblem(answer, 422, "idempotency_key_reused")
          assert.isFalse(isReplay(answer))
        }
        if (operation.parameters.length > 0) {
          assertProblem(yield* send(key, absent), 422, "idempotency_key_reused")
        }
        const after = yield* belongingsOf(owner)
        // All that came to be is what the other requests were to be tried with, apart from the record of it, and from tags,
        // which come to be by tasks.
        const numberOf = (all: typeof before) =>
          all.filter(({ name }) => name !== "operations.list" && name !== "tags.list").flatMap(({ body }) =>
            body.items ?? []
          ).length
        assert.strictEqual(numberOf(after) - numberOf(before), writes.length - 1)
      }))

    it.effect(`${operation.name}: sent many times at once it is done once`, () =>
      Effect.gen(function*() {
        const { owner, send } = yield* prepare(operation)
        const [once, twice] = [newKey(), newKey()]
        const before = yield* belongingsOf(owner)
        const answers = yield* Effect.forEach(Array.from({ length: 24 }), () => send(once), {
          concurrency: "unbounded"
        })
        const done = answers.filter((answer) => answer.status < 300 && !isReplay(answer))
        assert.lengthOf(done, 1)
        for (const answer of answers) {
          if (answer === done[0]) continue
          if (isReplay(answer)) {
            assertReplay(done[0]!, answer)
          } else {
            assertProblem(answer, 409, "idempotency_key_in_flight")
            assert.strictEqual(answer.headers.get("retry-after"), "1")
          }
        }
        const after = yield* belongingsOf(owner)
        const numbersOf = (all: typeof before) => all.map(({ body }) => (body.items ?? []).length as number)
        const [were, are] = [numbersOf(before), numbersOf(after)]
        for (const [index, number] of are.entries()) assert.isAtMost(Math.abs(number - were[index]!), 1)
        // Another key is another operation.
        assert.isFalse(isReplay(yield* send(twice)))
      }))

    it.effect(`${operation.name}: another user's key is another key`, () =>
      Effect.gen(function*() {
        const { send } = yield* prepare(operation)
        const { owner: stranger, send: sendTheirs } = yield* prepare(operation)
        const key = newKey()
        const answers = [yield* send(key), yield* sendTheirs(key)]
        for (const answer of answers) {
          assert.include(operation.successes, answer.status, answer.text)
          assert.isFalse(isReplay(answer))
        }
        assertReplay(answers[1]!, yield* sendTheirs(key))
        assert.notInclude(answers[0]!.text, stranger.id)
      }))
  }

  for (const operation of writes.filter(takesId)) {
    it.effect(`${operation.name}: that there was nothing of the id is no answer that is kept`, () =>
      Effect.gen(function*() {
        const { send } = yield* prepare(operation)
        const key = newKey()
        const first = yield* send(key, absent)
        assert.strictEqual(first.status, 404)
        const second = yield* send(key, absent)
        assert.strictEqual(second.status, 404)
        assert.isFalse(isReplay(second))
        // So the key is good for another request.
        const done = yield* send(key)
        assert.include(operation.successes, done.status, done.text)
        assertReplay(done, yield* send(key))
      }))
  }
})
