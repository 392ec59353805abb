import { assert, describe, it } from "@effect/vitest"
import { idempotencyKey, idempotencyKeyOf } from "@todo/domain/http/Idempotency"
import { Schema } from "effect"
import * as fc from "fast-check"

const isHeader = Schema.is(Schema.Struct(idempotencyKey))
const accepts = (header: string) => isHeader({ "idempotency-key": header })

const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code))
const key = fc.string({ unit: visible, minLength: 1, maxLength: 255 })

describe("the header Idempotency-Key", () => {
  it("carries any 1 to 255 visible ASCII characters in quotes, as RFC 9651 writes a string", () => {
    fc.assert(fc.property(key, (text) => {
      const header = `"${text.replace(/["\\]/g, "\\$&")}"`
      assert.isTrue(accepts(header))
      assert.strictEqual(idempotencyKeyOf(header), text)
    }))
  })

  it("carries the same without quotes, unless it begins with one", () => {
    fc.assert(fc.property(key, (text) => {
      if (text.startsWith("\"")) return
      assert.isTrue(accepts(text))
      assert.strictEqual(idempotencyKeyOf(text), text)
    }))
  })

  it("is refused when it is longer, or has anything else in it", () => {
    const other = fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).filter((text) => !/^[!-~]*$/.test(text))
    fc.assert(fc.property(key, other, fc.nat(255), (text, foreign, at) => {
      const broken = text.slice(0, at) + foreign + text.slice(at)
      assert.isFalse(accepts(broken))
      assert.isFalse(accepts(`"${broken}"`))
    }))
    for (const header of ["", "\"\"", "\"", "\"a", "\"a\"b\"", "\"a\\b\"", "\"a\";p=1", "k".repeat(256)]) {
      assert.isFalse(accepts(header), header)
    }
    assert.isFalse(accepts(`"${"k".repeat(256)}"`))
    assert.isTrue(accepts(`"${"\\\"".repeat(255)}"`))
  })
})
