import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { HttpApiEndpoint } from "effect/http-api"
import { assert as assertProperty, constantFrom, jsonValue, property } from "fast-check"
import { type JsonSize, jsonSizeOf, lookThrough } from "../../src/http/JsonSize.ts"

/** Members and elements; an empty object or array counts as one. */
const valuesOf = (value: unknown): number =>
  value instanceof Object
    ? Math.max(1, Object.keys(value).length) + Object.values(value).reduce((sum: number, v) => sum + valuesOf(v), 0)
    : 0

const depthOf = (value: unknown): number =>
  value instanceof Object ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

describe("the size of a JSON text", () => {
  it("is what is in it, whatever its strings look like", () => {
    const values = jsonValue({ stringUnit: constantFrom("a", "\"", "\\", "[", "{", ",", "]", "}", "\n", "é") })
    assertProperty(property(values, constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent)
      const size = { values: valuesOf(value), depth: depthOf(value) }
      const excessOf = (most: JsonSize) => lookThrough(text, most).excess
      assert.deepStrictEqual(lookThrough(text, size), { values: size.values, excess: undefined })
      if (size.values > 0) {
        assert.strictEqual(excessOf({ ...size, values: size.values - 1 }), "values")
        assert.strictEqual(excessOf({ ...size, depth: size.depth - 1 }), "depth")
      }
    }))
  })

  it("may be that of the operation's schema and a little more, nested, optional, repeated or one of several", () => {
    const Inner = Schema.Struct({ a: Schema.String, b: Schema.optionalKey(Schema.NullOr(Schema.Int)) })
      .annotate({ identifier: "Inner" })
    const sizeOf = (...payload: ReadonlyArray<Schema.Top>) =>
      jsonSizeOf(HttpApiEndpoint.post("post", "/", { payload: payload as [Schema.Top] }))
    assert.deepStrictEqual(sizeOf(Inner), { values: 22, depth: 3 })
    assert.deepStrictEqual(sizeOf(Schema.Struct({ x: Inner, y: Schema.Boolean })), { values: 24, depth: 4 })
    const items = Schema.Array(Inner).check(Schema.isMaxLength(10))
    assert.deepStrictEqual(sizeOf(Schema.Struct({ items })), { values: 20 + 1 + 10 * 3, depth: 5 })
    assert.deepStrictEqual(sizeOf(Schema.Struct({ any: Schema.Array(Schema.String) })), { values: 221, depth: 4 })
    assert.deepStrictEqual(sizeOf(Schema.Record(Schema.String, Schema.Int)), { values: 220, depth: 3 })
    assert.deepStrictEqual(sizeOf(Schema.Union([Inner, Schema.Struct({ only: items })])), { values: 51, depth: 5 })
  })

  it("does not have every thing of a long list as large as it can be", () => {
    const things = Schema.Array(Schema.Array(Schema.Int).check(Schema.isMaxLength(50)))
      .check(Schema.isMaxLength(500))
    assert.deepStrictEqual(
      jsonSizeOf(HttpApiEndpoint.post("post", "/", { payload: things })),
      { values: 20 + 500 + 100 * 50, depth: 4 }
    )
  })
})
