import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { instantText } from "../../src/database/InstantText.ts"

const anyDate = fc.date({
  min: new Date("0000-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true
})

describe("the text of an instant", () => {
  it("is that of Date, from a date and from its milliseconds", () => {
    fc.assert(fc.property(anyDate, (date) => {
      assert.strictEqual(instantText(date), date.toISOString())
      assert.strictEqual(instantText(date.getTime()), date.toISOString())
    }))
  })

  it("is that of Date, from what PostgreSQL's JSON has, in UTC and elsewhere", () => {
    fc.assert(fc.property(anyDate, fc.integer({ min: -12, max: 14 }), (date, hours) => {
      const text = date.toISOString()
      assert.strictEqual(instantText(text.replace(/\.?0*Z$/, "+00:00")), text)
      const there = new Date(date.getTime() + hours * 3_600_000)
      if (there.getUTCFullYear() < 0 || there.getUTCFullYear() > 9999) return
      const zone = `${hours < 0 ? "-" : "+"}${String(Math.abs(hours)).padStart(2, "0")}:00`
      assert.strictEqual(instantText(there.toISOString().replace("Z", zone)), text)
    }))
  })
})
