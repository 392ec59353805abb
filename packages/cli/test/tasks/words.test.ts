import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const tasks = () => cli.account.tasks()

describe("words", () => {
  it("are read, and a line says how", async () => {
    await cli.succeed("project add Home")
    expect(await cli.todo(["add", "Pay rent 2999-11-27 9am every month #Home @bank p1"])).toEqual({
      stdout: "Added 1  Pay rent · Wed 27 Nov 2999 09:00 · every 27th · #Home · @bank · p1\n",
      stderr: "",
      exitCode: 0
    })
    expect((await tasks())[0]).toMatchObject({
      title: "Pay rent",
      due: { date: "2999-11-27", time: "09:00", timeZone: null },
      repeat: { rule: "FREQ=MONTHLY;BYMONTHDAY=27", text: "every 27th" },
      tags: ["bank"],
      priority: "p1"
    })
  })

  it("that are no date stay as they are, to the character", async () => {
    for (const title of ["Renovate the  2nd floor", "Mail a@b.example about C#", "Iron tomorrow's shirt"]) {
      expect(await cli.succeed(["add", title])).toMatch(/^Added \d+ {2}/)
      expect((await tasks()).some((task) => task.title === title)).toBe(true)
    }
  })

  it("that may mean another date say so", async () => {
    expect(await cli.succeed(["add", "Call the dentist wed"])).toMatch(
      /^Added \d+ {2}Call the dentist · Wed \d+ \w+( \d+)?\n {2}"wed" may also be words of the title\n$/
    )
  })

  it("are taken as they are with --literal, or where that is set", async () => {
    expect(await cli.succeed(["add", "--literal", "Watch Titanic tomorrow @home"])).toContain(
      "Watch Titanic tomorrow @home\n"
    )
    const env = { TODO_WORDS: "off" }
    expect((await cli.todo(["add", "Read tomorrow"], { env })).stdout).toContain("Read tomorrow\n")
    expect(await cli.todo(["add", "Read tomorrow"], { env: { TODO_WORDS: "maybe" } })).toMatchObject({ exitCode: 2 })
  })

  it("are only read with --dry-run", async () => {
    const before = (await tasks()).length
    expect(await cli.succeed(["add", "--dry-run", "Water the plants 2999-10-07 every monday #Garden"])).toBe(
      "Would add Water the plants · Mon 7 Oct 2999 · every monday · #Garden\n" +
        "  You have no one project #Garden: nothing would be added\n" +
        "  then on Mon 14 Oct 2999, Mon 21 Oct 2999, Mon 28 Oct 2999, Mon 4 Nov 2999\n"
    )
    expect(JSON.parse(await cli.succeed(["add", "--dry-run", "--json", "Sweep every monday"]))).toMatchObject([
      { title: "Sweep", repeat: { rule: "FREQ=WEEKLY;BYDAY=MO" } }
    ])
    expect((await tasks()).length).toBe(before)
    expect(await cli.todo("add x --dry-run --priority p1")).toMatchObject({ exitCode: 2 })
  })

  it("are dates and repetitions in options, too", async () => {
    await cli.succeed(["add", "--literal", "Bins", "--due", "2999-01-07", "--repeat", "every monday"])
    expect((await tasks())[0]).toMatchObject({ due: { date: "2999-01-07" }, repeat: { text: "every monday" } })
    await cli.succeed(["edit", "1", "--due", "jan 9 2999 9am", "--start", "jan 8 2999", "--no-repeat"])
    expect((await tasks())[0]).toMatchObject({
      due: { date: "2999-01-09", time: "09:00" },
      start: { date: "2999-01-08" },
      repeat: null
    })
    expect(await cli.todo(["edit", "1", "--repeat", "every 6 workdays"])).toMatchObject({ exitCode: 2 })
    expect(await cli.todo(["edit", "1", "--repeat", "every monday", "--missed", "each"])).toMatchObject({ exitCode: 2 })
  })

  it("of what options say are not asked for", async () => {
    await cli.succeed(["add", "Pack @trip", "--tag", "bags", "--priority", "p2", "-d", "Two of them"])
    expect((await tasks())[0]).toMatchObject({
      title: "Pack",
      tags: ["bags", "trip"],
      priority: "p2",
      description: "Two of them"
    })
  })

  it("on stdin are tasks line by line, and below others where they are further in", async () => {
    const { stdout } = await cli.todo("add -", { stdin: "Trip 2999-07-01\n  Tickets p1\n  Passports\nRest\n" })
    expect(stdout.replaceAll(/Added \d+/g, "Added")).toBe(
      "Added  Trip · Mon 1 Jul 2999\nAdded  Tickets · p1\nAdded  Passports\nAdded  Rest\n"
    )
    const all = await tasks()
    const [trip, tickets, passports] = ["Trip", "Tickets", "Passports"].map((title) =>
      all.find((task) => task.title === title)!
    )
    expect([tickets!.parentId, passports!.parentId]).toEqual([trip!.id, trip!.id])
    expect(await cli.json("history --limit 1")).toMatchObject([{ kind: "batch" }])
    await cli.succeed("undo")
    expect(await tasks()).toEqual([])
  })

  it("on stdin are below what stands right above them alone, and go wrong with it", async () => {
    await cli.succeed("project add Home")
    const stdin = [
      "Pack",
      "- socks",
      "",
      "- bread friday",
      "  - rolls",
      "  Far in #Hom",
      "\tbelow",
      "Dust #Home every monday",
      "tomorrow @x",
      "- below nothing",
      "End \\"
    ]
    const { exitCode, stderr, stdout } = await cli.todo("add -", { stdin: stdin.join("\r\n") })
    expect(exitCode).toBe(3)
    expect(stderr.split("\n").filter((line) => line.startsWith("error"))).toEqual([
      expect.stringMatching(/^error: Line 6: .*Hom/),
      "error: Line 7: Line 6, which it is below, was not added",
      expect.stringMatching(/^error: Line 9: .*title/i),
      "error: Line 10: Line 9, which it is below, was not added"
    ])
    expect([stdout, await tasks()]).toEqual(["", []])

    const mended = stdin.map((line) => line.replace(/#Hom$/, "away").replace("tomorrow @x", "Rest"))
    const { stderr: noted, stdout: added } = await cli.todo("add -", { stdin: mended.join("\r\n") })
    expect(noted).not.toContain("error")
    // On a Friday, "friday" may be today.
    const told = added.replaceAll(/\n {2}"friday" may also be .*/g, "")
    expect(told.replaceAll(/Added \d+/g, "Added").replaceAll(/ · (?:Mon|Fri) [\w ]*\w/g, " · day")).toBe(
      "Added  Pack\nAdded  socks\nAdded  bread · day\nAdded  rolls\nAdded  Far in away\nAdded  below\n" +
        "Added  Dust · day · every monday · #Home\nAdded  Rest\nAdded  below nothing\nAdded  End \\\n"
    )
    const all = await tasks()
    const idOf = (title: string) => all.find((task) => task.title === title)!.id
    expect(all.map(({ parentId, title }) => [title, parentId])).toEqual([
      ["Pack", null],
      ["socks", idOf("Pack")],
      ["bread", null],
      ["rolls", idOf("bread")],
      ["Far in away", idOf("bread")],
      ["below", idOf("Far in away")],
      ["Dust", null],
      ["Rest", null],
      ["below nothing", idOf("Rest")],
      ["End \\", null]
    ])
  })

  it("on stdin are added once by a key, on another day too, and what has been mended with it", async () => {
    const run = (stdin: string) => cli.todo("add - --idempotency-key k", { stdin })
    expect(await run("Sweep in 3 days\ntomorrow 9am\nDust\n")).toMatchObject({
      stdout: "",
      stderr: expect.stringMatching(/^error: Line 2: .*\nNothing was added\.\n$/s),
      exitCode: 2
    })
    expect((await run("Sweep in 3 days\n\nDust\n")).stdout).toMatch(
      /^Added 1 {2}Sweep · .*\n {2}"in 3 days" .*\nAdded 2 {2}Dust\n$/
    )
    // As if a day had passed: the same words say another date.
    expect(await run("Sweep in 4 days\nMop tomorrow\nDust\n")).toMatchObject({
      stdout: expect.stringMatching(
        /^Added 1 {2}Sweep · .*\n {2}"in 4 days" .*\nAdded 3 {2}Mop · .*\nAdded 2 {2}Dust\n$/
      ),
      stderr: "",
      exitCode: 0
    })
    expect(await run("Another\n")).toMatchObject({ stderr: expect.stringMatching(/^error: Line 1: /), exitCode: 5 })
    expect(await tasks()).toHaveLength(3)
  })

  it("on stdin may be more than a request has", async () => {
    const many = Array.from(
      { length: 250 },
      (_, index) => index === 220 ? "Rest today 5pm" : `Task ${index} p${1 + index % 3}`
    )
    const bad = await cli.todo("add -", { stdin: many.with(220, "today 5pm").join("\n") })
    expect([bad.stdout, bad.exitCode, bad.stderr.split(":")[1]]).toEqual(["", 2, " Line 221"])
    const { stdout } = await cli.todo("add -", { stdin: many.join("\n") })
    expect(stdout.split("\n")).toHaveLength(251)
    expect(await cli.json("history")).toMatchObject([{ kind: "batch" }])
    expect(await cli.json("list --limit 1")).toMatchObject([{ title: "Task 249", priority: "p1" }])
  })

  it("of options are said back with what else they may mean, and those of a line give way to them", async () => {
    for (const name of ["Home", "Work"]) await cli.succeed(`project add ${name}`)
    await cli.succeed("settings set --date-order dmy")
    const add = await cli.todo(["add", "Pay #Home // by wire", "--project", "Work", "--due", "5/10/2999"])
    expect(add).toEqual({
      stdout: "Added 1  Pay · Sat 5 Oct 2999 · #Work · // by wire\n",
      stderr: "  \"5/10/2999\" may also be Fri 10 May 2999\n",
      exitCode: 0
    })
    expect(await cli.todo(["edit", "1", "--due", "6/10/2999"])).toEqual({
      stdout: "Changed 1  Pay · Sun 6 Oct 2999\n",
      stderr: "  \"6/10/2999\" may also be Mon 10 Jun 2999\n",
      exitCode: 0
    })
    expect((await cli.todo(["postpone", "1", "7/10/2999"])).stderr).toContain("may also be Wed 10 Jul 2999")
    expect(await cli.succeed(["add", "--literal", "Zed", "--due", "2999-01-05", "-p", "p1"])).toBe(
      "Added 2  Zed · Sat 5 Jan 2999 · p1\n"
    )
    expect(await cli.todo(["add", "x", "--due", "5/10/2999", "--quiet"])).toMatchObject({ stderr: "" })
    // Nothing fails for want of a remark.
    cli.instead = ({ url }) => url.endsWith("/tasks/parse") ? { status: 500, body: {} } : undefined
    expect(await cli.todo(["edit", "1", "--due", "8/10/2999"])).toEqual({
      stdout: "Changed 1  Pay · Tue 8 Oct 2999\n",
      stderr: "",
      exitCode: 0
    })
  })

  it("of a dry run tell the dates that come, and a project that there is not", async () => {
    expect(await cli.succeed(["add", "--dry-run", "Run 2999-01-07 every monday #Nope"])).toBe(
      "Would add Run · Mon 7 Jan 2999 · every monday · #Nope\n  You have no one project #Nope: nothing would be added\n" +
        "  then on Mon 14 Jan 2999, Mon 21 Jan 2999, Mon 28 Jan 2999, Mon 4 Feb 2999\n"
    )
  })

  it("that name no project of one's own are refused, and say which may be meant: exit code 3", async () => {
    await cli.succeed("project add Home")
    expect(await cli.todo(["add", "Dust #Hom"])).toMatchObject({
      stderr: expect.stringMatching(/^error: You have no project #Hom\n.*Home/),
      exitCode: 3
    })
    expect(await cli.todo(["add", "tomorrow 9am"])).toMatchObject({ exitCode: 2 })
  })
})
