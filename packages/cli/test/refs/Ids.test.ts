import { describe, expect, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import * as fc from "fast-check"
import { isIdOrPrefix, type Kind, shortIds, theOne } from "../../src/refs/Ids.ts"

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

describe("what a reference names", () => {
  it.each([
    [a, true],
    [a.toUpperCase(), true],
    ["0198c0", true],
    ["0198c0de7a5c", true],
    ["0198c0de-7a5c", true],
    ["0198c", false],
    ["0298c0", false],
    ["", false],
    ["ci", false]
  ])("%j is the id, or its beginning: %s", (ref, expected) => {
    expect(isIdOrPrefix(ref, a)).toBe(expected)
  })

  const kind: Kind<{ readonly id: string; readonly name: string }> = {
    word: "token",
    lister: "todo token list",
    isRef: () => true,
    matches: (ref, { id, name }) => name === ref || isIdOrPrefix(ref, id),
    label: ({ name }) => name
  }
  const items = [{ id: a, name: "ci" }, { id: b, name: "ci" }, { id: c, name: "0198c0de" }]
  const find = (ref: string) => Effect.runSync(Effect.result(theOne(kind, items, ref)))

  it("one by its id, by enough of its id, or by its name", () => {
    expect(find(b)).toEqual(Result.succeed(items[1]))
    expect(find("0298c0")).toEqual(Result.succeed(items[2]))
  })

  it("none: exit code 3", () => {
    expect(Result.merge(find("nope"))).toMatchObject({
      exitCode: 3,
      code: "token_not_found",
      message: "There is no token nope",
      hints: ["`todo token list` lists them."]
    })
  })

  it("several, also one by its name and another by its id: exit code 2, and which", () => {
    expect(Result.merge(find("ci"))).toMatchObject({
      exitCode: 2,
      message: `ci names 2 tokens: ${a} (ci), ${b} (ci)`
    })
    expect(Result.merge(find("0198c0de"))).toMatchObject({
      exitCode: 2,
      message: `0198c0de names 3 tokens: ${a} (ci), ${b} (ci), ${c} (0198c0de)`
    })
  })
})
