import { assert, describe, it } from "@effect/vitest"
import { entityTag } from "@todo/domain/http/EntityTag"
import * as fc from "fast-check"
import { expectedVersions, noneMatches } from "../../src/http/Preconditions.ts"

const version = fc.integer({ min: 1, max: 999_999_999 })

describe("preconditions", () => {
  it("read every version of an If-Match list, in any spacing", () => {
    const versions = fc.array(version, { minLength: 1, maxLength: 5 })
    fc.assert(fc.property(versions, fc.constantFrom(",", ", ", " ,\t"), (versions, separator) => {
      assert.deepStrictEqual(
        expectedVersions(versions.map((version) => entityTag(version, version % 2 === 0 ? "" : "a1")).join(separator)),
        versions
      )
    }))
  })

  it("match a version to its own tag only", () => {
    fc.assert(fc.property(version, version, (one, other) => {
      assert.strictEqual(noneMatches(entityTag(one), entityTag(other)), one === other)
      assert.strictEqual(noneMatches(`W/${entityTag(one)}`, entityTag(other)), one === other)
    }))
  })

  it("let nothing through that is no tag of ours", () => {
    fc.assert(fc.property(fc.string().filter((text) => text.trim() !== "*"), (text) => {
      for (const found of expectedVersions(text)!) assert.include(text, entityTag(found))
    }))
  })

  it("know no header from an empty one, and `*`", () => {
    assert.isUndefined(expectedVersions(undefined))
    assert.isUndefined(expectedVersions(" * "))
    assert.deepStrictEqual(expectedVersions(""), [])
    assert.deepStrictEqual(expectedVersions(",\"1\", ,\"2\","), [1, 2])
    for (const none of ["x \"1\"", "\"1\" x", "\"1\"\"1\"", "\"2\", x, \"1\"", "*, \"1\"", "\"\"1\""]) {
      assert.deepStrictEqual(expectedVersions(none), [], none)
    }
    assert.deepStrictEqual(expectedVersions("W/\"1\""), [])
    assert.isFalse(noneMatches(undefined, "\"1\""))
    assert.isTrue(noneMatches("*", "\"1\""))
  })
})
