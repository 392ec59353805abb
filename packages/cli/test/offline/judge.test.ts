import { describe, expect, it } from "@effect/vitest"
import { judge } from "../support/offlineTrial/judge.ts"

const said = (place: number, isKnown = true) => ({ name: 1, place, isKnown })
const title = (place: number) => `worker 1 place ${place}`

describe("the judge of the trial", () => {
  it("finds nothing where each is there once, in order, and those of killed clients at most once", () => {
    expect(judge([said(0), said(1, false), said(2), said(3, false)], [title(0), title(2), title(1)])).toEqual([])
  })

  it.each([
    ["lost", [0, 2], "lost: worker 1 place 1"],
    ["doubled", [0, 1, 1, 2], "there 2 times: worker 1 place 1"],
    ["out of order", [0, 2, 1], "out of order: worker 1 place 1 behind 2"],
    ["made up", [0, 1, 2, 7], "nobody added: worker 1 place 7"]
  ])("finds what is %s", (_what, places, violation) => {
    expect(judge([said(0), said(1), said(2)], places.map(title))).toEqual([violation])
  })
})
