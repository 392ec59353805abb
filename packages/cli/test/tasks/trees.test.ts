import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const tasks = async () => new Map((await cli.account.tasks()).map((task) => [task.number, task]))

describe("subtasks and what waits", () => {
  it("are added, shown and taken out again", async () => {
    await cli.succeed("add Paint the room")
    await cli.succeed("add Buy paint --parent 1")
    await cli.succeed("add Paint the wall --parent 1 --after 2")
    const made = await tasks()
    expect(made.get(2)).toMatchObject({ parentId: made.get(1)!.id, ready: true })
    expect(made.get(3)).toMatchObject({ parentId: made.get(1)!.id, blockedBy: [made.get(2)!.id], blocked: true })
    const parent = await cli.succeed("show 1")
    expect(parent).toMatch(/^Subtask\s+2 {2}Buy paint \(open\)\nSubtask\s+3 {2}Paint the wall \(open\)$/m)
    const waiting = await cli.succeed("show 3")
    expect(waiting).toMatch(/^State\s+open, and waits$/m)
    expect(waiting).toMatch(/^Below\s+1 {2}Paint the room \(open\)\nWaits for\s+2 {2}Buy paint \(open\)$/m)
    await cli.succeed("edit 3 --no-parent")
    await cli.succeed("unblock 3")
    expect((await tasks()).get(3)).toMatchObject({ parentId: null, blockedBy: [], ready: true })
    await cli.succeed("block 3 --by 1 --by 2")
    await cli.succeed("unblock 3 --by 1")
    expect((await tasks()).get(3)).toMatchObject({ blockedBy: [made.get(2)!.id] })
    // What is below a task cannot wait for it; that the parent waits for the child is no circle.
    expect(await cli.todo("edit 3 --parent 2")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("wait for itself")
    })
    await cli.succeed("unblock 3")
    await cli.succeed("edit 3 --parent 2")
    await cli.succeed("block 2 --by 3")
    expect((await tasks()).get(2)).toMatchObject({ blocked: true, openChildren: 1 })
  })

  it("say what is in the way of completing, and what to do", async () => {
    for (const line of ["add Trip", "add Book --parent 1", "add Pack --after 2"]) await cli.succeed(line)
    expect(await cli.todo("done 1")).toEqual({
      exitCode: 5,
      stdout: "",
      stderr: "error: Open below it: 2 \"Book\"\n--children completes them, too; --keep-children leaves them open.\n"
    })
    expect(await cli.todo("done 3")).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining("It waits for 2 \"Book\"")
    })
    expect(await cli.succeed("done 3 --force")).toBe("Done 3  Pack\n")
    expect(await cli.succeed("done 1 --keep-children")).toBe("Done 1  Trip\n")
    await cli.succeed("reopen 2")
    await cli.succeed("reopen 1")
    expect(await cli.succeed("done 1 --children")).toBe("Done 1  Trip\n")
    expect([...(await tasks()).values()].every(({ completed }) => completed)).toBe(true)
    await cli.succeed("undo")
    expect((await tasks()).get(2)!.completed).toBe(false)
    expect((await cli.todo("done 1 --children --keep-children")).exitCode).toBe(2)
  })
})

describe("move", () => {
  const order = async () =>
    [...(await tasks()).values()].toSorted((one, other) => one.position < other.position ? -1 : 1)
      .map(({ number }) => number).join(" ")

  it("puts tasks in order, to an end, and below another", async () => {
    for (const title of ["one", "two", "three", "four"]) await cli.succeed(`add ${title}`)
    expect(await cli.succeed("move 4 1 --before 3")).toBe("Moved 4  four\nMoved 1  one\n")
    expect(await order()).toBe("2 4 1 3")
    await cli.succeed("move 3 --first")
    await cli.succeed("move 2 --last")
    await cli.succeed("move 4 --after 1")
    expect(await order()).toBe("3 1 4 2")
    await cli.succeed("undo")
    expect(await order()).toBe("3 4 1 2")
    await cli.succeed("move 1 2 --parent 3")
    expect((await tasks()).get(2)!.parentId).toBe((await tasks()).get(3)!.id)
    await cli.succeed("move 1 --no-parent")
    expect((await tasks()).get(1)!.parentId).toBeNull()
    expect(JSON.parse(await cli.succeed("move 1 --first --json"))).toMatchObject([{
      number: 1,
      parentId: null,
      version: 5
    }])
  })

  it("wants one place, and a task that is there: exit codes 2 and 3", async () => {
    await cli.succeed("add one")
    expect((await cli.todo("move 1")).exitCode).toBe(2)
    expect((await cli.todo("move 1 --first --last")).exitCode).toBe(2)
    expect((await cli.todo("move 1 --after 9")).exitCode).toBe(3)
    expect((await cli.todo("move 1 --after 1")).exitCode).toBe(2)
  })
})
