import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { isIdOrPrefix, parseRef } from "../../src/refs/Ref.ts"

const id = "0198c0de-7a5c-7000-8000-0000000000a1"

describe("references", () => {
  it.each([
    ["7", { kind: "Number", number: 7, orPrefix: null }],
    ["#7", { kind: "Number", number: 7, orPrefix: null }],
    ["12345", { kind: "Number", number: 12345, orPrefix: null }],
    ["123456", { kind: "Number", number: 123456, orPrefix: "123456" }],
    ["#123456", { kind: "Number", number: 123456, orPrefix: null }],
    ["2147483647", { kind: "Number", number: 2147483647, orPrefix: "2147483647" }],
    ["2147483648", { kind: "Prefix", prefix: "2147483648" }],
    ["019812", { kind: "Prefix", prefix: "019812" }],
    ["0198c0de", { kind: "Prefix", prefix: "0198c0de" }],
    ["0198C0DE", { kind: "Prefix", prefix: "0198c0de" }],
    ["0198c0de-7a", { kind: "Prefix", prefix: "0198c0de7a" }],
    ["0198c0de-", { kind: "Prefix", prefix: "0198c0de" }],
    ["0198c0de7a", { kind: "Prefix", prefix: "0198c0de7a" }],
    [id, { kind: "Id", id }],
    [id.toUpperCase(), { kind: "Id", id }]
  ])("%s", (text, expected) => {
    expect(parseRef(text)).toEqual(expected)
  })

  it.each([
    "",
    "0",
    "-1",
    "1.5",
    "07",
    "01981",
    "milk",
    "#milk",
    "0198c",
    "0198-c0de",
    "0198c0de--7a5c",
    `${id}0`,
    " 7"
  ])(
    "%j names nothing",
    (text) => {
      expect(parseRef(text)).toBeUndefined()
    }
  )

  it("takes every number that a task can have", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2_147_483_647 }), (number) => {
      expect(parseRef(String(number))).toMatchObject({ kind: "Number", number })
      expect(parseRef(`#${number}`)).toMatchObject({ kind: "Number", number })
    }))
  })

  it("takes every beginning of an id from six hexadecimal characters on, as a prefix of that id", () => {
    fc.assert(fc.property(fc.uuid({ version: 7 }), fc.integer({ min: 6, max: 35 }), (id, length) => {
      // A version 7 id of this age begins with 0, so that no beginning is a number.
      const own = `0${id.slice(1)}`
      const ref = parseRef(own.slice(0, length))
      expect(ref).toEqual({ kind: "Prefix", prefix: own.slice(0, length).replaceAll("-", "") })
    }))
  })

  it("never throws, whatever is typed", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      parseRef(text)
    }))
  })
})

describe("an id or its beginning", () => {
  it.each([
    [id, true],
    [id.toUpperCase(), true],
    ["0198c0", true],
    ["0198c0de7a5c", true],
    ["0198c0de-7a5c", true],
    ["0198c", false],
    ["0298c0", false],
    ["", false],
    ["ci", false]
  ])("%j is the id, or its beginning: %s", (ref, expected) => {
    expect(isIdOrPrefix(ref, id)).toBe(expected)
  })
})
