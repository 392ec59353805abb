import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { absent } from "../isolation/IdPlaces.ts"
import { bearer, newPerson, origin, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { committed, nameOfBody, operationsOf } from "./committed.ts"

const document = committed()

/** The operations that take JSON, and whether the document says that they take nothing else beside what it names. */
const bodies = operationsOf(document).flatMap(([name, { requestBody }]) =>
  Object.entries(requestBody?.content ?? {}).filter(([type]) => type === "application/json").map(([, { schema }]) => {
    const { additionalProperties, anyOf } = document.components.schemas[nameOfBody(schema)]!
    const alternatives = (anyOf ?? [{ additionalProperties }]) as ReadonlyArray<
      { readonly additionalProperties?: unknown }
    >
    const [method = "", path = ""] = name.split(" ")
    // A list is not written without a filter.
    const query = name === "PATCH /api/v1/tasks" ? "?filter=open" : ""
    const isClosed = alternatives.every((one) => one.additionalProperties === false)
    return { name, method, path: path + query, isClosed }
  })
)

suite("a body with a member that the contract does not know", (it) => {
  it("is tried on all that take one", () => {
    assert.isAtLeast(bodies.length, 17)
    assert.isTrue(bodies.some(({ isClosed }) => isClosed) && bodies.some(({ isClosed }) => !isClosed))
  })

  for (const { isClosed, method, name, path } of bodies) {
    it.effect(`${name} ${isClosed ? "refuses it, and the document says so" : "does not mind it"}`, () =>
      Effect.gen(function*() {
        const { jwt } = yield* newPerson
        const answer = yield* sendJson(method, path.replace("{id}", absent), { unheardOf: true }, {
          ...origin,
          ...bearer(jwt)
        })
        assert.strictEqual(answer.text.includes("unheardOf"), isClosed, answer.text)
        if (isClosed) assert.strictEqual(answer.status, 400)
      }))
  }
})
