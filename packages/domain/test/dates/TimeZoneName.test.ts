import { assert, describe, it } from "@effect/vitest"
import { timeZoneNamed } from "@todo/domain/dates/TimeZoneName"
import { Result } from "effect"

const refusal = (text: string) => Result.getOrThrow(Result.flip(timeZoneNamed(text, ["due", "timeZone"])))

describe("the name of a time zone", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/BERLIN", "Europe/Berlin"],
    ["Asia/Kathmandu", "Asia/Kathmandu"],
    ["Etc/UTC", "Etc/UTC"],
    ["UTC", "UTC"],
    ["EST5EDT", "EST5EDT"],
    ["Etc/GMT+7", "Etc/GMT+7"],
    ["America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"]
  ])("%s is a zone", (text, name) => assert.strictEqual(Result.getOrThrow(timeZoneNamed(text, [])), name))

  it.each([
    ["GMT-7", "America/Denver"],
    ["+02:00", "Europe/Berlin"],
    ["UTC+5:30", "Asia/Calcutta"],
    ["BST", "Europe/London"],
    ["PST", "America/Los_Angeles"],
    ["Berlin", "Europe/Berlin"],
    ["new york", "America/New_York"],
    ["Europe/Berln", "Europe/Berlin"],
    ["America/Sao Paulo", "America/Sao_Paulo"],
    [" Europe/Berlin", "Europe/Berlin"],
    ["?", "Etc/UTC"],
    ["", "Etc/UTC"]
  ])("%s is none, and %s may be meant", (text, meant) => {
    assert.include(refusal(text).nearest!, meant)
  })

  it("that is none is answered with up to three that are", () => {
    for (
      const text of [
        "Mars/Base",
        "W. Europe Standard Time",
        "SystemV/PST8PDT",
        "constructor",
        "GMT+14",
        "x".repeat(9_999)
      ]
    ) {
      const { message, nearest, path } = refusal(text)
      assert.deepStrictEqual(path, ["due", "timeZone"])
      assert.isTrue(nearest!.length >= 1 && nearest!.length <= 3, text)
      for (const name of nearest!) assert.isTrue(Result.isSuccess(timeZoneNamed(name, [])), name)
      assert.include(message, `did you mean ${nearest![0]}`)
    }
  })
})
