import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { isIdOrPrefix } from "../../src/refs/Ref.ts"
import { shortIds } from "../../src/refs/ShortIds.ts"

const a = "0198c0de-7a5c-7000-8000-0000000000a1"
const b = "0198c0de-7a5c-7000-8000-0000000000b2"
const c = "0298c0de-7a5c-7000-8000-0000000000c3"

describe("ids in a table", () => {
  it("are as short as tells them apart", () => {
    expect(shortIds([])).toEqual([])
    expect(shortIds([a, c])).toEqual(["0198c0de", "0298c0de"])
    expect(shortIds([a, b])).toEqual(["0198c0de-7a5c-7000-8000-0000000000a", "0198c0de-7a5c-7000-8000-0000000000b"])
  })

  it("do not end in a dash", () => {
    expect(shortIds([a, "0198c0de-8a5c-7000-8000-0000000000a1"])).toEqual(["0198c0de-7", "0198c0de-8"])
    expect(shortIds(["0198c0de-7a51-7000", "0198c0de-7a52-7000"])).toEqual(["0198c0de-7a51", "0198c0de-7a52"])
  })

  it("each name one thing only", () => {
    fc.assert(fc.property(fc.uniqueArray(fc.uuid({ version: 7 })), (ids) => {
      const shown = shortIds(ids)
      expect(shown.map((short) => ids.filter((id) => isIdOrPrefix(short, id)))).toEqual(ids.map((id) => [id]))
    }))
  })
})
