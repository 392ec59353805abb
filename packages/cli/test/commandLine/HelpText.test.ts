import { describe, expect, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { parse } from "@todo/domain/filter/Parser"
import { parseSort } from "@todo/domain/filter/Sort"
import { datesOn } from "@todo/domain/words/Days"
import { Result } from "effect"
import { topics } from "../../src/commandLine/HelpText.ts"

const { filters = "" } = topics

describe("todo help filters", () => {
  it("has terms and examples that can be read", () => {
    const terms = [...filters.matchAll(/^ {2}(\S.*?) {2,}\S/gm)].flatMap(([, left = ""]) => left.split(/, (?=[^"]*$)/))
    const examples = [...filters.matchAll(/\$ todo .*"(.*)"/g)].map(([, filter = ""]) => filter)
    expect(terms.length).toBeGreaterThan(15)
    expect(examples).toHaveLength(2)
    expect([...terms, ...examples].filter((text) => Result.isFailure(parse(text, datesOn("2026-09-30" as DateOnly)))))
      .toEqual([])
  })

  it("has keys that there are", () => {
    const [, keys = ""] = /Keys of --sort: ([^.]*)\./.exec(filters) ?? []
    const all = keys.split(/,\s+/)
    expect(all).toContain("completed")
    expect(all.filter((key) => Result.isFailure(parseSort(`-${key}`)))).toEqual([])
  })
})
