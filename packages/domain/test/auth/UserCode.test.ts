import { assert, describe, it } from "@effect/vitest"
import { formatUserCode, parseUserCode } from "@todo/domain/auth/UserCode"
import { Option } from "effect"

describe("a user code", () => {
  it("is read in any case, with any dashes and spaces", () => {
    for (const typed of ["WDJBMJHT", "wdjb-mjht", " WDJB MJHT\n", "W-D-J-B—MJ\u00a0HT"]) {
      assert.deepStrictEqual(parseUserCode(typed), Option.some("WDJBMJHT"), typed)
    }
  })

  it("is eight characters of its alphabet and nothing else", () => {
    for (
      const typed of ["", "WDJBMJH", "WDJBMJHTX", "WDJBMJH0", "WDJBMJHI", "WDJB.MJHT", "WDJBMJH\u0000", "ｗdjbmjht"]
    ) {
      assert.isTrue(Option.isNone(parseUserCode(typed)), typed)
    }
  })

  it("is written so that it reads back as it was", () => {
    assert.strictEqual(formatUserCode("WDJBMJHT"), "WDJB-MJHT")
    assert.deepStrictEqual(parseUserCode(formatUserCode("WDJBMJHT")), Option.some("WDJBMJHT"))
  })
})
