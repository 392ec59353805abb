import { describe, expect, it } from "@effect/vitest"
import { SettingsPatch } from "@todo/domain/settings/Settings"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const tasks = () => cli.account.tasks()
const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

describe("dates of tasks", () => {
  it("are given as dates, with a time, and in words, and are changed and removed", async () => {
    await cli.succeed("settings set --time-zone Etc/UTC")
    await cli.succeed(["add", "a", "--due", "2999-10-25 09:30", "--start", "2999-10-01"])
    expect((await tasks())[0]).toMatchObject({
      due: { date: "2999-10-25", time: "09:30", timeZone: null },
      start: { date: "2999-10-01" }
    })
    expect((await cli.succeed("list")).split("\t")[5]).toBe("2999-10-25T09:30")
    await cli.succeed("edit 1 --due tomorrow --no-start")
    expect((await tasks())[0]).toMatchObject({
      due: { date: expect.stringMatching(`${dayAfter(1)}|${dayAfter(0)}|${dayAfter(2)}`), time: "09:30" },
      start: null
    })
    await cli.succeed(["edit", "1", "--due", "2999-10-25 09:30 europe/berlin"])
    expect(await cli.succeed("show 1")).toMatch(/^Due\s+2999-10-25T09:30\[Europe\/Berlin\]$/m)
    await cli.succeed("edit 1 --no-due")
    expect((await tasks())[0]).toMatchObject({ due: null })
  })

  it("are refused with exit code 2", async () => {
    expect(await cli.todo("add a --due someday")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Expected a date in words, such as tomorrow 9am")
    })
    expect((await cli.todo("add a --due 2027-02-30")).stderr).toBe("error: --due: there is no day 2027-02-30\n")
    expect((await cli.todo("add a --due 2027-02-28T25:00")).stderr).toContain("error: due: Expected a date in words")
    expect(await cli.todo(["add", "a", "--due", "2026-10-25 09:30 GMT-7"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("America/Los_Angeles")
    })
    expect(await cli.todo("add a --repeat FREQ=DAILY")).toMatchObject({
      exitCode: 2,
      stderr: "error: What repeats needs a date\nGive --due with --repeat; --no-repeat ends it.\n"
    })
  })

  it("come again: done and skip say the next one, and once is once", async () => {
    await cli.succeed(["add", "Bins", "--due", "2999-01-01", "--repeat", "RRULE:FREQ=WEEKLY"])
    expect(await cli.succeed("done 1")).toBe("Done 1  Bins, next 8 Jan 2999\n")
    expect(await cli.succeed("skip 1")).toBe("Skipped 1  Bins, next 15 Jan 2999\n")
    await cli.succeed("add Once")
    expect(await cli.succeed("done 1 2")).toBe("Done 1  Bins, next 22 Jan 2999\nDone 2  Once\n")
    expect(await cli.succeed("show 1")).toMatch(/^Repeats\s+every week$/m)
    expect(await cli.succeed("undo")).toContain("Bins")
    expect((await tasks()).map(({ completed }) => completed)).toEqual([false, false])
    await cli.succeed("edit 1 --due 2999-01-17")
    expect(await cli.succeed("show 1")).toMatch(/^Moved\s+from 2999-01-15$/m)
    await cli.succeed("edit 1 --repeat-from completion --missed each")
    expect(await cli.succeed("show 1")).toMatch(
      /^Repeats\s+every! week, from when it is done, each date that was missed$/m
    )
    await cli.succeed("edit 1 --missed skip")
    expect((await tasks()).find(({ number }) => number === 1)).toMatchObject({
      repeat: { rule: "FREQ=WEEKLY", from: "completion", missed: "skip" }
    })
    await cli.succeed("add Plants --due 2999-01-01 --repeat FREQ=DAILY;INTERVAL=3 --repeat-from completion")
    expect(await cli.succeed("show 3")).toMatch(/^Repeats\s+every! 3 days, from when it is done$/m)
    for (
      const wrong of [
        "edit 1 --no-repeat --missed each",
        "edit 2 --missed each",
        "add x --missed each",
        "add x --missed sometimes"
      ]
    ) {
      expect(await cli.todo(wrong), wrong).toMatchObject({ exitCode: 2 })
    }
    expect(await cli.todo("skip 2")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("does not repeat") })
  })

  it("of several that are done at once come again at the time of their next date", async () => {
    const env = { TZ: "Asia/Tokyo" }
    await cli.succeed(["add", "Call", "--due", "2999-01-01 23:30 Asia/Tokyo", "--repeat", "FREQ=WEEKLY"])
    await cli.succeed("add Once")
    expect(await cli.succeed("done 1 2", { env })).toBe("Done 1  Call, next 8 Jan 2999 23:30\nDone 2  Once\n")
    expect(await cli.json("done 1 2")).toMatchObject([{ dueAt: "2999-01-15T14:30:00.000Z" }, { dueAt: null }])
  })
})

describe("settings", () => {
  it("are shown and changed", async () => {
    await cli.succeed("settings set --time-zone europe/berlin --week-start sun --day-ends-at 04:00")
    expect(await cli.succeed("settings")).toBe(
      "Time zone    Europe/Berlin\nWeek starts  sun\nDate order   ymd\nLanguage     en\nDay ends at  04:00\nNew tasks    last\n"
    )
    expect(await cli.json("settings set --no-time-zone --new-tasks first")).toMatchObject({
      timeZone: null,
      newTasks: "first",
      weekStart: "sun"
    })
    expect(await cli.todo("settings set")).toMatchObject({ exitCode: 2 })
    // Each that there is can be set.
    const help = await cli.succeed("settings set --help")
    for (const name of Object.keys(SettingsPatch.fields)) {
      expect(help).toContain(`--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} <`)
    }
    expect(await cli.json("settings set --language de")).toMatchObject({ language: "de" })
    expect(await cli.succeed(["add", "Blumen gießen übermorgen"])).toMatch(/^Added \d+ {2}Blumen gießen · /)
    expect(await cli.todo("settings set --time-zone PST")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("America/Los_Angeles")
    })
  })
})
