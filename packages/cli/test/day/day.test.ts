import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const cli = useService()

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** What somebody in UTC sees. */
const onScreen = async (line: string, { rows = 24 } = {}) => {
  const { exitCode, text } = await onTerminal(cli.program, line, {
    env: { TZ: "UTC", NO_COLOR: "1" },
    rows,
    typing: []
  })
  expect(exitCode).toBe(0)
  return text.trimEnd().split("\n")
}

const titlesOf = async (line: string) => (await cli.json(line)).map(({ title }: { readonly title: string }) => title)

/** Tasks of all kinds: late, today, in days that come, and of no day. */
const prepare = async () => {
  await cli.succeed("project add Home")
  for (
    const line of [
      `Late --due ${dayAfter(-2)}`,
      `Now --due ${dayAfter(0)} --project Home`,
      `Begins --start ${dayAfter(0)} --due ${dayAfter(5)}`,
      `Soon --due ${dayAfter(1)}`,
      `Later --due ${dayAfter(3)} --project Home`,
      `Far --due ${dayAfter(40)}`,
      "Some-day",
      "Matters -p p1",
      `Waits --start ${dayAfter(2)}`
    ]
  ) await cli.succeed(`add --literal ${line}`)
  await cli.succeed("done 7")
  await cli.succeed("reopen 7")
}

describe("the day", () => {
  it("is what is late, and what is due or starts today", async () => {
    await prepare()
    expect(await titlesOf("today")).toEqual(["Late", "Now", "Begins"])
    expect(await titlesOf("today in:Home")).toEqual(["Now"])
    expect(await cli.succeed("today --quiet not in:Home")).toBe("1\n3\n")
    // Elsewhere than on a terminal as `todo list` has it.
    expect(await cli.succeed("today")).toBe(await cli.succeed("list overdue or today --sort due,priority,position"))
    expect(await cli.todo("today due before nosuch")).toMatchObject({ exitCode: 2, stdout: "" })
  })

  it("that comes is listed day by day", async () => {
    await prepare()
    expect(await titlesOf("upcoming")).toEqual(["Soon", "Later", "Begins", "Waits"])
    expect(await titlesOf("upcoming 50 not in:Home")).toContain("Far")
    expect(await titlesOf("upcoming 1")).toEqual(["Soon"])
    expect(await cli.todo("upcoming 367")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("1 to 366") })
    expect(await cli.todo("upcoming 2 @none")).toEqual({
      stdout: "",
      stderr: "No task is like that.\n",
      exitCode: 0
    })
  })

  it("has what can be done next, and what is in no project", async () => {
    await prepare()
    expect(await titlesOf("next 2")).toEqual(["Matters", "Late"])
    expect(await titlesOf("next 3 in:Home")).toEqual(["Now", "Later"])
    expect(await titlesOf("inbox")).toEqual(["Late", "Begins", "Soon", "Far", "Some-day", "Matters", "Waits"])
    expect((await cli.todo("next 1")).stderr).toBe("There is more: `todo list ready` has all of it.\n")
  })

  it.skipIf(!hasTerminals)("has headings on a terminal, which count what is below them", async () => {
    await prepare()
    expect((await onScreen("today")).map((line) => line.replace(/ {2,}.*/, ""))).toEqual([
      "Overdue (1)",
      "1",
      "Today (2)",
      "2",
      "3"
    ])
    const upcoming = await onScreen("upcoming")
    expect(upcoming[0]).toMatch(/^Tomorrow, \w{3} \d+ \w{3}(?: \d{4})? \(1\)$/)
    expect(upcoming.filter((line) => /\(\d\)$/.test(line))).toHaveLength(4)
    const day = await onScreen("")
    expect(day.map((line) => line.replace(/ {2,}.*/, ""))).toEqual([
      "Overdue (1)",
      "1",
      "Today (2)",
      "2",
      "3",
      "Next (4)",
      "8",
      "4",
      "5",
      "7",
      "9 open · 4 in the next 7 days: todo upcoming · 7 in the Inbox: todo inbox",
      "todo list has all"
    ])
    // What is late is told without colour, too.
    expect(day[1]).toMatch(/! /)
    expect((await onScreen("", { rows: 10 })).length).toBeLessThan(10)
  })
})
