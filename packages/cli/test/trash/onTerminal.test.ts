import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal, type Typing } from "../support/Terminal.ts"

const cli = useService()

const todo = (line: string, typing: Typing = []) => onTerminal(cli.program, line, { typing })

describe.skipIf(!hasTerminals)("on a terminal", () => {
  it("rm says how to have it back", async () => {
    await cli.add("One", "Two", "Three")
    expect((await todo("rm --yes 1")).text).toBe(
      "Deleted 1  One\nIn the trash for 30 days: `todo restore 1` brings it back.\n"
    )
    expect((await todo("rm --yes 2 3")).text).toBe(
      "Deleted 2  Two\nDeleted 3  Three\n" +
        "In the trash for 30 days: `todo undo` or `todo restore <ref>` brings them back.\n"
    )
  })

  it("trash empty asks with how many there are, and Enter alone keeps them", async () => {
    await cli.add("One", "Two")
    await cli.succeed("rm 1 2")
    expect((await todo("trash empty", [["Delete 2 tasks for good?", "\r"]])).text).toMatch(
      /\nKept 2 tasks in the trash\n$/
    )
    expect(await cli.json("trash")).toHaveLength(2)
    expect((await todo("trash empty", [["Delete 2 tasks for good?", "y"]])).text).toMatch(
      /\nDeleted 2 tasks for good\n$/
    )
    expect((await todo("trash empty")).text).toBe("The trash is empty\n")
  })

  it("trash rm asks once for all, and says what it kept", async () => {
    await cli.add("One", "Two")
    await cli.succeed("rm 1 2")
    expect((await todo("trash rm 1", [["Delete for good: 1  One?", "n"]])).text).toMatch(/\nKept 1 {2}One\n$/)
    const { text } = await todo("trash rm 1 2", [["Delete for good: these 2 tasks?", "y"]])
    expect(text).toMatch(/\nDeleted for good: 1 {2}One\nDeleted for good: 2 {2}Two\n$/)
  })

  it("restore without a ref lets one pick from the trash, or says that it is empty", async () => {
    expect((await todo("restore")).text).toBe("The trash is empty.\n")
    await cli.add("One", "Two")
    await cli.succeed("rm 1 2")
    expect((await todo("restore", [["Restore which task?", "One"], ["1  One", "\r"]])).text).toMatch(
      /\nRestored 1 {2}One\n$/
    )
  })

  it("history and the trash are tables that fit", async () => {
    await cli.add("One", "Two")
    await cli.succeed("done 1 2")
    const [batch] = await cli.json("history")
    await cli.succeed("rm 2")
    expect((await todo("trash")).text).toBe("2  ✓  Two  now\n")
    const { text } = await todo("history")
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([])
    expect(text).toMatch(/^[0-9a-f-]{8,} {2}now {2}deleted +2 {2}Two\n/)
    expect(text).toMatch(/ {2}done +2 tasks: 1 {2}One, 2 {2}Two\n/)
    const undone = await todo(`undo --partial ${batch.id}`)
    expect(undone.text).toMatch(/^Undone: done 2 tasks: [^\n]+ \(now\)\n`todo undo \S+` takes that back\.\n$/)
    expect((await todo("history -n 1")).text).toMatch(/ {2}undid +2 tasks/)
  })

  it("watch says what it does, and Ctrl-C ends it with 130 and how to go on", async () => {
    await cli.add("One")
    const { exitCode, text } = await onTerminal(cli.program, "watch", {
      typing: [["Watching; Ctrl-C ends it.", "\u0003"]]
    })
    expect(exitCode).toBe(130)
    expect(text).not.toContain("error")
  })
})
