import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { relativeTime, timeUntil } from "../../src/terminal/RelativeTime.ts"

const second = 1000
const day = 86_400 * second

describe("relative time", () => {
  it.each([
    [0, "now"],
    [-5 * day, "now"],
    [59 * second, "now"],
    [60 * second, "1m ago"],
    [3599 * second, "59m ago"],
    [3600 * second, "1h ago"],
    [day - 1, "23h ago"],
    [day, "1d ago"],
    [7 * day, "1w ago"],
    [30 * day, "4w ago"],
    [31 * day, "1mo ago"],
    [365 * day, "11mo ago"],
    [366 * day, "1y ago"],
    [10_000 * day, "27y ago"]
  ])("%d ms: %s", (elapsed, expected) => {
    expect(relativeTime(1_000_000, 1_000_000 + elapsed)).toBe(expected)
  })

  it("is short and of one form at any distance", () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: true }), fc.date({ noInvalidDate: true }), (then, now) => {
      expect(relativeTime(then.getTime(), now.getTime())).toMatch(/^(?:now|[1-9]\d*(?:m|h|d|w|mo|y) ago)$/)
    }))
  })
})

describe("time until", () => {
  it.each([
    [0, "now"],
    [-5 * day, "now"],
    [29 * second, "now"],
    [60 * second, "in 1m"],
    [3570 * second, "in 1h"],
    [day - 1, "in 1d"],
    [day, "in 1d"],
    [90 * day - second, "in 90d"],
    [366 * day, "in 366d"]
  ])("%d ms: %s", (ahead, expected) => {
    expect(timeUntil(1_000_000 + ahead, 1_000_000)).toBe(expected)
  })

  it("is short and of one form at any distance", () => {
    fc.assert(fc.property(fc.date({ noInvalidDate: true }), fc.date({ noInvalidDate: true }), (then, now) => {
      expect(timeUntil(then.getTime(), now.getTime())).toMatch(/^(?:now|in [1-9]\d*[mhd])$/)
    }))
  })
})
