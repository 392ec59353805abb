import { assert } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { type Answer, assertOAuthError, assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { belongings, belongingsOf, call, makeExamples, prepare } from "./Calls.ts"
import { type Credential, credentials, noCredential } from "./Credentials.ts"
import { absent } from "./IdPlaces.ts"
import { type Operation, operations, takesId } from "./Operations.ts"
import { refusingSecretsOnly, takingSecrets, type Verdict, verdictOf } from "./Rules.ts"

/** An answer without what differs from request to request. */
const essence = ({ body, headers, status, text }: Answer) => {
  const requestId = headers.get("x-request-id")!
  const kept = [...headers].filter(([name]) => name !== "x-request-id" && name !== "date")
  return { status, headers: kept, text: text.replaceAll(requestId, "<request id>"), hasBody: body !== undefined }
}

/** The same, of an answer that makes something new each time. */
const outline = ({ body, status }: Answer) => ({ status, members: Object.keys(body ?? {}) })

/** The same, of an answer to somebody else about something else. */
const shapeOf = (answer: Answer) => {
  const { headers, status, text } = essence(answer)
  const nameless = (value: string) =>
    value.replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, "<id>").replaceAll(
      /\d{4}-\d\d-\d\dT[\d:.]+Z/g,
      "<time>"
    )
  return { status, headers: headers.map(([name, value]) => [name, nameless(value)]), text: nameless(text) }
}

type Case = { readonly credential: Credential; readonly verdict: Verdict }

/** The credentials of some cases, in the words of a title. */
const namesOf = (cases: ReadonlyArray<Case>) => cases.map(({ credential }) => credential.name).join(", ")

/** Has a failure say with which credential it came. */
const saying = (name: string, check: () => void) => {
  try {
    check()
  } catch (cause) {
    throw new Error(`with ${name}: ${String(cause)}`, { cause })
  }
}

/** The id of something of `owner`'s, where an operation takes one. */
const ownIdFor = ({ group, parameters }: Operation, owner: Person) =>
  parameters.length === 0 ? Effect.undefined : belongings[group]!(owner)

suite("who may do what", (it) => {
  it("is known of every operation", () => {
    assert.isAtLeast(operations.length, 17)
    for (const { name, parameters, path, scope, security } of operations) {
      if (path.startsWith("/api/v1")) assert.strictEqual(security, "jwt", name)
      assert.strictEqual(scope !== undefined, security === "jwt", `${name}: a scope, if and only if it takes a JWT`)
      assert.include(
        ["", "id", "name", "id,name", "externalId"],
        parameters.join(),
        `${name}: a parameter that the matrix does not know how to fill`
      )
    }
    for (const name of Object.keys({ ...takingSecrets, ...refusingSecretsOnly })) {
      assert.strictEqual(operations.find((operation) => operation.name === name)?.security, "session", name)
    }
  })

  for (const operation of operations) {
    const cases = credentials.map((credential) => ({ credential, verdict: verdictOf(operation, credential) }))
    for (const { credential } of cases.filter(({ verdict }) => verdict.kind === "done")) {
      it.effect(`${operation.name} with ${credential.name}: done`, () =>
        Effect.gen(function*() {
          const owner = yield* newPerson
          const id = yield* ownIdFor(operation, owner)
          const token = yield* credential.make(owner)
          if (token !== undefined) yield* prepare(operation, token)
          const answer = yield* call(operation, owner, token, id)
          // Better Auth may still refuse an example: a code that was never given out, for one.
          if (operation.security === "jwt") assert.include(operation.successes, answer.status, answer.text)
          else assert.isTrue(answer.status < 500 && ![401, 403].includes(answer.status), answer.text)
        }))
    }

    // What is refused changes nothing: one owner is enough to be refused with everything.
    const fruitless = cases.filter(({ verdict }) => verdict.kind === "refused" || verdict.kind === "idle")
    if (fruitless.length > 0) {
      it.effect(`${operation.name} with ${namesOf(fruitless)}: nothing is done`, () =>
        Effect.gen(function*() {
          const owner = yield* newPerson
          const id = yield* ownIdFor(operation, owner)
          const tokens = yield* Effect.forEach(fruitless, ({ credential }) => credential.make(owner))
          const before = yield* belongingsOf(owner)
          for (const [index, { credential, verdict }] of fruitless.entries()) {
            const answer = yield* call(operation, owner, tokens[index], id)
            saying(credential.name, () => {
              if (verdict.kind !== "refused") return assert.include(operation.successes, answer.status, answer.text)
              if (operation.group === "device") assertOAuthError(answer, "unauthorized", verdict.status)
              else assertProblem(answer, verdict.status, verdict.code ?? answer.body.code)
              if (verdict.status === 403) assert.strictEqual(answer.body.scope, operation.scope)
              if (verdict.code === "token_invalid") {
                assert.include(answer.headers.get("www-authenticate")!, "error=\"invalid_token\"")
              }
            })
          }
          assert.deepStrictEqual(yield* belongingsOf(owner), before)
        }))
    }

    const indifferent = cases.filter(({ verdict }) => verdict.kind === "indifferent")
    if (indifferent.length > 0) {
      it.effect(`${operation.name} with ${namesOf(indifferent)}: as without one`, () =>
        Effect.gen(function*() {
          const owner = yield* newPerson
          const id = yield* ownIdFor(operation, owner)
          const anonymous = yield* call(operation, owner, yield* noCredential.make(owner), id)
          const seen = operation.method === "GET" || anonymous.status >= 400 ? essence : outline
          for (const { credential } of indifferent) {
            const answer = yield* call(operation, owner, yield* credential.make(owner), id)
            saying(credential.name, () => assert.deepStrictEqual(seen(answer), seen(anonymous)))
          }
        }))
    }
  }

  for (const operation of operations.filter(takesId)) {
    it.effect(`${operation.name} with another user's id: as with an absent one`, () =>
      Effect.gen(function*() {
        const owner = yield* newPerson
        const stranger = yield* newPerson
        const make = belongings[operation.group]
        assert.isDefined(make, "a group that the matrix has nothing for")
        const id = yield* make!(owner)
        yield* make!(stranger)
        const before = yield* belongingsOf(owner)
        for (const headers of [{}, { "if-match": "\"1\"" }, { "if-match": "\"9\"" }, { "if-none-match": "*" }]) {
          const foreign = yield* call(operation, stranger, stranger.jwt, id, headers as Record<string, string>)
          const missing = yield* call(operation, stranger, stranger.jwt, absent, headers as Record<string, string>)
          assertProblem(foreign, 404, foreign.body.code)
          const [declared] = operation.errors.get(404)!
          yield* Effect.orDie(Schema.decodeUnknownEffect(declared as Schema.Codec<unknown>)(foreign.body))
          assert.deepStrictEqual(essence(foreign), essence(missing))
        }
        assert.deepStrictEqual(yield* belongingsOf(owner), before)
        // The operation does work for the owner: the answer above is about who asks.
        assert.isBelow((yield* call(operation, owner, owner.jwt, id)).status, 300)
      }))
  }

  it("has an id in a body wherever one may stand", () => {
    const places = operations.flatMap(({ idPlaces, name }) => idPlaces.map(({ path }) => `${name}${path}`))
    assert.includeMembers(places, [
      "tasks.create.id",
      "batch.run.operations[](0).body.id",
      "batch.run.operations[](1).id",
      "batch.run.operations[](2).id",
      "batch.run.operations[](3).id"
    ])
  })

  for (const operation of operations) {
    for (const { having, path, takes } of operation.idPlaces) {
      it.effect(`${operation.name} with another user's id as${path}: as with an absent one`, () =>
        Effect.gen(function*() {
          const owner = yield* newPerson
          // A thing of each kind: an id of another kind is no better.
          const ids = yield* Effect.forEach(Object.values(belongings), (make) => make(owner))
          const before = yield* belongingsOf(owner)
          const readied = Effect.fnUntraced(function*(person: Person) {
            yield* operation.name === "batch.run" ? makeExamples(person.jwt) : prepare(operation, person.jwt)
            return yield* ownIdFor(operation, person)
          })
          const ask = (person: Person, own: string | undefined, id: string) =>
            call(operation, person, person.jwt, own, {}, having(id))
          const callAs = (person: Person, id: string) => Effect.flatMap(readied(person), (own) => ask(person, own, id))
          const stranger = yield* newPerson
          const own = yield* readied(stranger)
          const missing = yield* ask(stranger, own, absent)
          for (const id of ids.filter(takes)) {
            // Who was refused is as they were, and may ask again.
            const foreign = yield* missing.status >= 400 ? ask(stranger, own, id) : callAs(yield* newPerson, id)
            assert.deepStrictEqual(shapeOf(foreign), shapeOf(missing))
          }
          assert.deepStrictEqual(yield* belongingsOf(owner), before)
          // To the owner one of the ids is not as an absent one: the answers above are about who asks.
          // What is a member of an item that names what there is not is not come to.
          const answers = yield* Effect.forEach(ids.filter(takes), (id) => callAs(owner, id))
          // What a filter names is listed, or it is not: the owner is answered alike.
          const isReached = !(/\.body\.|\.to$/.test(path) && missing.status === 404) &&
            !(operation.name === "tasks.query" && path !== ".view") &&
            // A tag is known by its name.
            !(operation.name === "transfer.import" && path.startsWith(".tags"))
          // What an import finds stands in its plan.
          const isOther = (answer: Answer) =>
            answer.status !== missing.status ||
            operation.name === "transfer.import" && shapeOf(answer).text !== shapeOf(missing).text
          if (isReached) assert.isTrue(answers.some(isOther))
        }))
    }
    for (const { having, name } of operation.idsOfQuery) {
      it.effect(`${operation.name} with another user's id as ${name}: as with an absent one`, () =>
        Effect.gen(function*() {
          const owner = yield* newPerson
          const ids = yield* Effect.forEach(Object.values(belongings), (make) => make(owner))
          // What is listed by such an id is not empty, where it may be.
          for (const id of ids) yield* owner.json("POST", "/api/v1/tasks", { title: "Below it", parentId: id })
          const before = yield* belongingsOf(owner)
          const callAs = Effect.fnUntraced(function*(person: typeof owner, id: string) {
            const own = yield* belongings[operation.group]!(person)
            return yield* call(operation, person, person.jwt, own, {}, undefined, having(id))
          })
          const missing = yield* callAs(yield* newPerson, absent)
          for (const id of ids) {
            const foreign = yield* callAs(yield* newPerson, id)
            if (foreign.body.code !== "invalid_request") assert.deepStrictEqual(shapeOf(foreign), shapeOf(missing))
          }
          assert.deepStrictEqual(yield* belongingsOf(owner), before)
          const answers = yield* Effect.forEach(ids, (id) => callAs(owner, id))
          const isOther = (answer: Answer) =>
            answer.body?.code !== "invalid_request" && shapeOf(answer).text !== shapeOf(missing).text
          assert.isTrue(answers.some(isOther))
        }))
    }
  }

  for (
    const operation of operations.filter(({ parameters, security }) => security === "jwt" && parameters.length === 0)
  ) {
    it.effect(`${operation.name} shows nothing of another user's`, () =>
      Effect.gen(function*() {
        const owner = yield* newPerson
        const stranger = yield* newPerson
        const task = yield* owner.add("Very private")
        yield* prepare(operation, stranger.jwt)
        const before = yield* belongingsOf(owner)
        const answer = yield* call(operation, stranger, stranger.jwt)
        assert.isBelow(answer.status, 300)
        for (const own of [task.id, "Very private", owner.id, owner.email]) assert.notInclude(answer.text, own)
        assert.deepStrictEqual(yield* belongingsOf(owner), before)
        assert.deepStrictEqual((yield* owner.get("/api/v1/tasks")).body.items, [task])
      }))
  }

  it.effect("another user's task cannot be found by number either", () =>
    Effect.gen(function*() {
      const owner = yield* newPerson
      const stranger = yield* newPerson
      yield* owner.add("one")
      yield* owner.add("two")
      yield* stranger.add("one")
      assert.deepStrictEqual((yield* stranger.get("/api/v1/tasks?number=2")).body.items, [])
    }))
})
