import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const cli = useService()

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
const open = async () => (await cli.json("list")).map(({ number }: { readonly number: number }) => number).toReversed()

describe("references", () => {
  it("are ranges of numbers, of which those that are gone are passed over", async () => {
    await cli.add(..."ABCDEFGHIJ")
    await cli.succeed("rm --yes 4")
    expect(await cli.succeed("done 3-6,#9")).toBe("Done 3  C\nDone 5  E\nDone 6  F\nDone 9  I\n")
    expect((await cli.json("history --limit 1"))[0].kind).toBe("batch")
    expect(await open()).toEqual([1, 2, 7, 8, 10])
    // An array, however many there are.
    expect(await cli.json("show 3-4")).toMatchObject([{ number: 3 }])
    expect(await cli.json("block 7-8 --by 1-2")).toMatchObject([{ blocked: true }, { blocked: true }])
    expect(await cli.json("tag add x 1,2")).toMatchObject([{ tags: ["x"] }, { tags: ["x"] }])
    expect(await cli.todo("done 20-30")).toMatchObject({
      stderr: "error: There is no task from 20 to 30\n`todo list --all` lists them.\n",
      exitCode: 3
    })
    expect(await cli.todo("done 7-2")).toMatchObject({ exitCode: 2, stdout: "" })
    expect(await cli.todo("done 1,99")).toMatchObject({ stdout: "Done 1  A\n", exitCode: 3 })
    expect(await open()).toEqual([2, 7, 8, 10])
  })

  it("are ids in addresses, and what titles have", async () => {
    await cli.add("Buy milk", "Milk the cow", "Pay the rent", "Rent a boat", "facade", "rent")
    const [{ id }] = await cli.json("list title:cow")
    expect(await cli.succeed(["show", `${cli.url}/api/v1/tasks/${id}?x=1`, "--quiet"])).toBe("2\n")
    expect(await cli.succeed("done cow")).toBe("Done 2  Milk the cow\n")
    // Of those that are open there is one.
    expect(await cli.succeed("done MILK")).toBe("Done 1  Buy milk\n")
    expect(await cli.succeed("reopen buy")).toBe("Reopened 1  Buy milk\n")
    // What may be the beginning of an id, and is none.
    expect(await cli.succeed("done facade")).toBe("Done 5  facade\n")
    // Called just so.
    expect(await cli.succeed("done Rent")).toBe("Done 6  rent\n")
    expect(await cli.todo("done rent")).toEqual({
      stdout: "",
      stderr: "error: \"rent\" is in what several tasks are called\n  4  Rent a boat\n  3  Pay the rent\n" +
        "Give more of it, or the task's number.\n",
      exitCode: 2
    })
    expect(await cli.todo(["done", "\"); drop"])).toMatchObject({
      stderr: expect.stringMatching(/^error: There is no task like "\\"\); drop"\n/),
      exitCode: 3
    })
    expect(await cli.todo(["done", " "])).toMatchObject({ exitCode: 2 })
    expect(await cli.json("edit boat --parent pay")).toMatchObject({ number: 4 })
  })

  it("are no digits alone that a title has, and no one or two characters, but a word", async () => {
    await cli.add("Quux 0 and 12", "Call Bo at 100%", "x", "Plan: B", "🎉", "Room 10-30 A1")
    for (const line of ["done q", "done Q", "done ux", "done l", "rm --yes a", "edit x --parent q", "block x --by q"]) {
      expect(await cli.todo(line)).toEqual({
        stdout: "",
        stderr: `error: There is no task like ${JSON.stringify(/\S+$/.exec(line)![0])}\n` +
          "A part of a title has 3 characters or more, or is a word of it.\n`todo list --all` lists them.\n",
        exitCode: 3
      })
    }
    for (const ref of ["0", "#0", "00", "012", "100", "000000", "99999999999", "0-3", "0,12", "10-30,0"]) {
      expect(await cli.todo(["done", ref])).toMatchObject({
        stdout: "",
        stderr: expect.stringMatching(/^error: There is no task /),
        exitCode: 3
      })
    }
    for (const ref of [".", ":", "%", "-"]) expect(await cli.todo(["done", "--", ref])).toMatchObject({ exitCode: 3 })
    expect(await open()).toEqual([1, 2, 3, 4, 5, 6])
    expect(await cli.succeed("done bo")).toBe("Done 2  Call Bo at 100%\n")
    expect(await cli.succeed("done B")).toBe("Done 4  Plan: B\n")
    expect(await cli.succeed("done X")).toBe("Done 3  x\n")
    expect(await cli.succeed("done 🎉")).toBe("Done 5  🎉\n")
    expect(await cli.succeed("done a1")).toBe("Done 6  Room 10-30 A1\n")
    expect(await cli.succeed("done uux")).toBe("Done 1  Quux 0 and 12\n")
  })

  it.skipIf(!hasTerminals)("that are in several titles are asked for on a terminal", async () => {
    await cli.add("Pay the rent", "Rent a boat")
    const { exitCode, text } = await onTerminal(cli.program, "done rent", {
      env: { TZ: "UTC", NO_COLOR: "1" },
      rows: 24,
      typing: [["Which one is", "pay\r"]]
    })
    expect(exitCode).toBe(0)
    expect(text).toContain("Done 1  Pay the rent")
    expect(await open()).toEqual([2])
  })

  it("are what a filter lists, which --dry-run only says", async () => {
    await cli.add("A", "B", "C", "D")
    await cli.succeed("tag add x 1 3 4")
    await cli.succeed(`edit 3 --due ${dayAfter(3)} --repeat FREQ=DAILY`)
    const line = ["done", "--filter", "@x and number < 4"]
    expect(await cli.succeed([...line, "--dry-run"])).toBe("Would be done 1  A\nWould be done 3  C\n")
    expect(await open()).toEqual([1, 2, 3, 4])
    expect(await cli.succeed(line)).toMatch(/^Done 1 {2}A\nDone 3 {2}C, next /)
    expect(await cli.json("rm --yes --filter number=4 --dry-run")).toMatchObject([{ number: 4 }])
    expect(await cli.todo("edit --filter @none --title x")).toEqual({
      stdout: "",
      stderr: "No task is like that.\n",
      exitCode: 0
    })
    expect(await cli.todo("done 1 --filter @x")).toMatchObject({ exitCode: 2 })
    expect(await cli.todo(["done", "--filter", "due before"])).toMatchObject({ exitCode: 2 })
    expect(await cli.succeed("skip 3 --dry-run")).toBe("Would be skipped 3  C\n")
  })
})

describe("postpone", () => {
  it("puts tasks off to a day in words, at the time that they have", async () => {
    await cli.add("A", "B", "C")
    await cli.succeed(["edit", "1", "--due", `${dayAfter(0)} 09:30`])
    expect(await cli.succeed("postpone 1")).toBe("Put off 1  A · tomorrow 09:30\n")
    expect(await cli.succeed("postpone 1-3 in 2 days")).toMatch(
      /^Put off 1 {2}A · \w+ 09:30\nPut off 2 {2}B · \w+\nPut off 3 {2}C · \w+\n$/
    )
    expect(await cli.json("postpone 2")).toMatchObject({ due: { date: dayAfter(1) } })
    expect(await cli.json("postpone --filter number<3 2999-01-01")).toMatchObject([
      { due: { date: "2999-01-01", time: "09:30" } },
      { due: { date: "2999-01-01" } }
    ])
    expect(await cli.json("postpone b no date")).toMatchObject({ due: null })
    expect(await cli.todo("postpone 1 someday")).toMatchObject({ exitCode: 2, stdout: "" })
    expect(await cli.todo("postpone")).toMatchObject({ exitCode: 2 })
    expect(await cli.succeed("postpone 1 friday --dry-run")).toBe("Would be put off 1  A\n")
  })
})

describe("find", () => {
  it("that a filter does not list are a list of none to a program", async () => {
    const lines = ["done", "reopen", "skip", "rm --yes", "edit --priority p1", "postpone"].flatMap((
      words
    ) => [`${words} --filter @none --json`, `${words} --filter @none --json --dry-run`])
    for (const line of lines) {
      const { exitCode, stdout } = await cli.todo(line)
      const nothing = line.startsWith("rm") && !line.includes("dry") ? "{\"deleted\":[]}\n" : "[]\n"
      expect({ line, exitCode, stdout }).toEqual({ line, exitCode: 0, stdout: nothing })
    }
    expect(await cli.todo("add - --json")).toMatchObject({ exitCode: 0, stdout: "[]\n" })
    expect(await cli.todo("done --filter @none --ndjson")).toMatchObject({ exitCode: 0, stdout: "" })
  })

  it("finds what is open and done, by all that is said of it", async () => {
    await cli.add("Buy milk", "Call Bob", "Walk")
    await cli.succeed("edit 2 -d milkman")
    await cli.succeed("comment 3 about milk")
    await cli.succeed("done 1")
    expect((await cli.json("find milk")).map(({ number }: { readonly number: number }) => number)).toEqual([1, 3, 2])
    expect(await cli.json("find milk --limit 1")).toHaveLength(1)
    expect(await cli.todo("find nothing")).toMatchObject({ stdout: "", exitCode: 0 })
  })
})
