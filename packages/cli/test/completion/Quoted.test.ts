import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { execFileSync } from "node:child_process"
import { bashQuoting, powershellQuoting, typedWords } from "../../src/commandLine/TypedWords.ts"
import { quotedForBash, quotedForPowershell } from "../../src/completion/Quoted.ts"

/** What somebody may call a project: no control characters, and characters that shells know more often than others. */
const name = fc.string({
  unit: fc.oneof(
    fc.constantFrom(..." $`\"'\\!*?[]{}()<>|&;#~=:@^%-+,."),
    fc.string({ minLength: 1, maxLength: 1, unit: "grapheme" })
  ),
  minLength: 1,
  maxLength: 20
}).filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text))

/** What bash makes of words. */
const asBashReads = (words: ReadonlyArray<string>): ReadonlyArray<string> =>
  execFileSync("bash", ["--norc", "-c", `set -H; printf '%s\\0' ${words.join(" ")}`], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, LC_ALL: "C.UTF-8" }
  }).split("\0").slice(0, -1)

describe("quoted text", () => {
  it("is to bash what it was", () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 40 }), (names) => {
        expect(asBashReads(names.map((name) => quotedForBash(name, "")))).toEqual(names)
      }),
      { numRuns: 20 }
    )
  })

  it.each(["\"", "'"] as const)("is to bash what it was where %s is open, which bash closes", (quote) => {
    const closed = (text: string) => `${quote}${text}${text.endsWith(quote) ? "" : quote}`
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 40 }), (names) => {
        expect(asBashReads(names.map((name) => closed(quotedForBash(name, quote))))).toEqual(names)
      }),
      { numRuns: 20 }
    )
  })

  it("is read again by what reads command lines", () => {
    fc.assert(fc.property(fc.array(name), name, (before, current) => {
      const words = [...before, current].map((name) => quotedForBash(name, ""))
      const [read, last] = typedWords(words.join(" "), bashQuoting)
      expect([...read, last].map(({ text }) => text)).toEqual([...before, current])
    }))
  })

  it("is read again so from PowerShell", () => {
    const plain = name.filter((text) => !/[\u2018-\u201b]/.test(text))
    fc.assert(fc.property(fc.array(plain), plain, (before, current) => {
      const words = [...before, current].map(quotedForPowershell)
      const [read, last] = typedWords(words.join(" "), powershellQuoting)
      expect([...read, last].map(({ text }) => text)).toEqual([...before, current])
    }))
  })
})

describe("a command line", () => {
  it.each([
    ["todo done ", ["todo", "done"], ""],
    ["todo add 'a b", ["todo", "add"], "a b"],
    ["todo add \"$(touch x)\" y", ["todo", "add", "$(touch x)"], "y"],
    ["todo a\\ b c\\", ["todo", "a b"], "c"],
    ["  todo\tx", ["todo"], "x"]
  ])("%j", (line, before, current) => {
    const [words, last] = typedWords(line, bashQuoting)
    expect([words.map(({ text }) => text), last.text]).toEqual([before, current])
  })
})
