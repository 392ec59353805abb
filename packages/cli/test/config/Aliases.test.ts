import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { objectionToAlias, withoutAlias } from "../../src/config/Aliases.ts"

const commands = ["list", "ls", "add", "done"]
const aliases = { week: "list \"upcoming 7\" --sort due", again: "week", add: "done", $x: "list $(touch x)" }

describe("an alias", () => {
  it.each([
    [["week"], ["list", "upcoming 7", "--sort", "due"]],
    [["week", "--json", "@x y"], ["list", "upcoming 7", "--sort", "due", "--json", "@x y"]],
    [["--json", "week"], ["--json", "list", "upcoming 7", "--sort", "due"]],
    [["--api-url", "week", "week"], ["--api-url", "week", "list", "upcoming 7", "--sort", "due"]],
    // Not twice, so that none leads to itself.
    [["again"], ["week"]],
    [["add", "week"], ["add", "week"]],
    [["--", "week"], ["--", "week"]],
    [["$x"], ["list", "$(touch", "x)"]],
    [["toString"], ["toString"]],
    [[], []]
  ])("of %j", (args, expected) => {
    expect(withoutAlias(args, commands, { aliases })).toEqual(expected)
  })

  it("changes no line that begins with a command", () => {
    fc.assert(fc.property(fc.constantFrom(...commands), fc.array(fc.string()), (command, rest) => {
      expect(withoutAlias([command, ...rest], commands, { aliases })).toEqual([command, ...rest])
    }))
  })

  it.each([
    ["done", "list", "done is a command, and no alias can take its place"],
    ["x", "week", "An alias begins with a command of todo, and \"week\" is none"],
    ["x", "!rm -rf /", "An alias begins with a command of todo, and \"!rm\" is none"],
    ["x", "list today", undefined]
  ])("%s that stands for %s: %s", (name, line, objection) => {
    expect(objectionToAlias(name, line, commands)).toBe(objection)
  })
})
