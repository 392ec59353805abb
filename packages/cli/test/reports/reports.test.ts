import { describe, expect, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import * as fc from "fast-check"
import { streakOf, weeksOf } from "../../src/reports/Weeks.ts"
import { bar, sparkline } from "../../src/terminal/Bars.ts"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const cli = useService()

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const onScreen = async (line: string) => {
  const { exitCode, text } = await onTerminal(cli.program, line, {
    env: { TZ: "UTC", NO_COLOR: "1" },
    rows: 24,
    typing: []
  })
  expect(exitCode).toBe(0)
  return text
}

const day = (date: string, done: number) => ({ date: date as DateOnly, done, added: 1, open: 5 })

describe("pictures", () => {
  it("of numbers are as high as these are among them", () => {
    expect(sparkline([0, 1, 4, 8])).toBe(" ▁▄█")
    expect(sparkline([])).toBe("")
    fc.assert(fc.property(fc.array(fc.nat()), (numbers) => {
      expect([...sparkline(numbers)]).toHaveLength(numbers.length)
    }))
  })

  it("of a share are full and empty only where that is so", () => {
    expect(bar(0, 0, 4)).toBe("░░░░")
    fc.assert(fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 2, max: 40 }), (done, open, columns) => {
      const picture = bar(done, done + open, columns)
      expect(picture).toHaveLength(columns)
      expect(picture.includes("█")).toBe(done > 0)
      expect(picture.includes("░")).toBe(open > 0 || done === 0)
    }))
  })

  it("of weeks begin on the day on which these do, and a streak may still go on today", () => {
    // A Saturday, and the Monday after it.
    const days = [day("2026-10-03", 1), day("2026-10-04", 2), day("2026-10-05", 0)]
    expect(weeksOf(days, "mon").map(({ done, from }) => [from, done])).toEqual([["2026-09-28", 3], ["2026-10-05", 0]])
    expect(weeksOf(days, "sun").map(({ done, from }) => [from, done])).toEqual([["2026-09-27", 1], ["2026-10-04", 2]])
    expect(weeksOf(days, "sat").map(({ done, from }) => [from, done])).toEqual([["2026-10-03", 3]])
    expect(streakOf(days)).toEqual({ now: 2, longest: 2 })
    expect(streakOf([...days, day("2026-10-06", 1)])).toEqual({ now: 1, longest: 2 })
  })
})

const prepare = async () => {
  await cli.succeed("project add Home")
  await cli.succeed(`add --literal Late --due ${dayAfter(-1)} --project Home`)
  await cli.succeed(`add --literal Today --due ${dayAfter(0)}`)
  await cli.succeed(`add --literal Soon --due ${dayAfter(1)} --project Home`)
  await cli.succeed("add --literal Done --project Home")
  await cli.succeed("done 4")
}

describe("stats", () => {
  it("tell what was done, for programs day by day and week by week", async () => {
    await prepare()
    const { days } = await cli.json("stats --weeks 2")
    expect(days).toHaveLength(14)
    expect(days.at(-1)).toEqual({ date: dayAfter(0), done: 1, added: 4, open: 3 })
    expect((await cli.succeed("stats")).trimEnd().split("\n").at(-1)).toMatch(/^\d{4}-\d\d-\d\d\t1\t4\t3$/)
    expect((await cli.succeed("stats --quiet --weeks 1")).trimEnd().split("\n").at(-1)).toBe(`${dayAfter(0)}\t1\t4\t3`)
    expect(await cli.todo("stats --weeks 53")).toMatchObject({ exitCode: 2, stdout: "" })
  })

  it.skipIf(!hasTerminals)("are pictures on a terminal", async () => {
    await prepare()
    const lines = (await onScreen("stats")).split("\n")
    expect(lines[0]).toMatch(/^Done {2,}█ {2}1 today, 1 this week, 1 in \d weeks$/u)
    expect(lines[1]).toMatch(/^Open .* 3 now, 4 added this week$/)
    expect(lines[2]).toBe("Streak 1 day")
    expect(lines[4]).toMatch(/^Home {2}█+░+ {2}1 of 3$/)
    expect(await onScreen("projects")).toMatch(/^Home {2}2 open {2}1 done {2}█{4}░{8}\n$/)
  })
})

describe("a calendar", () => {
  it("has the days on which something is due", async () => {
    await prepare()
    expect(await cli.json("calendar")).toMatchObject([
      { date: dayAfter(-1), tasks: [{ number: 1, title: "Late" }] },
      { date: dayAfter(0) },
      { date: dayAfter(1) }
    ])
    expect(await cli.succeed("cal 12 in:Home")).toBe(`${dayAfter(-1)}\t1\tLate\n${dayAfter(1)}\t3\tSoon\n`)
    expect(await cli.todo("calendar 13")).toMatchObject({ exitCode: 2 })
    expect(await cli.todo("calendar x")).toMatchObject({ exitCode: 2 })
  })

  it.skipIf(!hasTerminals)("shows months on a terminal, which signs tell as colours do", async () => {
    await prepare()
    await cli.succeed("settings set --week-start sun")
    const text = await onScreen("calendar 2")
    expect(text).toMatch(/^ +[A-Z][a-z]+ \d{4} +[A-Z][a-z]+ \d{4}\n Su {2}Mo {2}Tu {2}We {2}Th {2}Fr {2}Sa {6}Su /)
    expect(text).toMatch(new RegExp(`>${String(Number(dayAfter(0).slice(8))).padStart(2)}\\*`))
    expect(text).toMatch(/\nToday, .* {2}2 {2}Today\nTomorrow, .* {2}3 {2}Soon\n$/)
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80)
  })
})
