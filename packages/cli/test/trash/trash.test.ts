import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const numbers = async (line: string) => (await cli.json(line)).map(({ number }: { readonly number: number }) => number)

describe("trash", () => {
  it("lists what was deleted, the last first, and when", async () => {
    await cli.add("One", "Two", "Three")
    await cli.succeed("done 3")
    await cli.succeed("rm 1")
    await cli.succeed("rm 3")
    expect(await cli.succeed("trash")).toMatch(/^3\tdone\tThree\t\d{4}-.*Z\t\t\t\t\n1\topen\tOne\t\d{4}-.*Z\t\t\t\t\n$/)
    expect(await cli.succeed("trash list --limit 1 --quiet")).toBe("3\n")
    expect((await cli.json("trash"))[0]).toMatchObject({ number: 3, trashedAt: expect.stringMatching(/^\d{4}-.*Z$/) })
  })

  it("of nothing is empty, with a remark for people", async () => {
    expect(await cli.todo("trash")).toEqual({ stdout: "", stderr: "The trash is empty.\n", exitCode: 0 })
    expect(await cli.json("trash")).toEqual([])
  })
})

describe("restore", () => {
  it("takes tasks out of the trash with their numbers, by any reference", async () => {
    await cli.add("One", "Two", "Three")
    const ids = (await cli.json("list")).map(({ id }: { readonly id: string }) => id)
    await cli.succeed("rm 1 2 3")
    expect(await cli.succeed(["restore", "1", ids[1]])).toBe("Restored 1  One\nRestored 2  Two\n")
    expect(await cli.json("restore 3")).toMatchObject({ number: 3, title: "Three" })
    expect(await numbers("list")).toEqual([3, 2, 1])
    expect(await numbers("trash")).toEqual([])
  })

  it("of several is one operation, and prints in JSON what they are then", async () => {
    await cli.add("One", "Two", "Three")
    await cli.succeed("rm 1 2")
    expect(await cli.json("restore 2 3 1")).toMatchObject([
      { number: 2, version: 3 },
      { number: 3, version: 1 },
      { number: 1, version: 3 }
    ])
    // What is not in the trash any more stays as it is.
    expect(await cli.json("restore 1 2 3")).toEqual((await cli.json("list")).toReversed())
    expect(await cli.succeed("undo")).toMatch(/^Undone: restored 2 tasks: /)
    expect(await numbers("trash")).toEqual([2, 1])
  })

  it("may be run again: what is not in the trash stays as it is", async () => {
    await cli.add("One")
    await cli.succeed("rm 1")
    await cli.succeed("restore 1")
    expect(await cli.succeed("restore 1")).toBe("Restored 1  One\n")
  })

  it("goes on where there is none of that number: exit code 3", async () => {
    await cli.add("One")
    await cli.succeed("rm 1")
    expect(await cli.todo("restore 7 1")).toEqual({
      stdout: "Restored 1  One\n",
      stderr: "error: There is no task 7\n`todo trash` lists them.\n",
      exitCode: 3
    })
  })
})

describe("trash rm", () => {
  it("deletes for good what is in the trash, and nothing else", async () => {
    await cli.add("One", "Two")
    await cli.succeed("rm 1")
    expect(await cli.todo("trash rm 1 2")).toEqual({
      stdout: "Deleted for good: 1  One\n",
      stderr: "error: There is no task 2\n`todo trash` lists them.\n",
      exitCode: 3
    })
    expect(await numbers("trash")).toEqual([])
    expect(await numbers("list")).toEqual([2])
    const [purge] = await cli.json("history")
    expect(purge.kind).toBe("task.purge")
    expect(await cli.todo(["undo", purge.id])).toMatchObject({ exitCode: 5 })
  })

  it("prints what was deleted in JSON as rm does", async () => {
    await cli.add("One")
    const [{ id }] = await cli.json("list")
    await cli.succeed("rm 1")
    expect(await cli.json("trash rm 1")).toEqual({ deleted: [{ id, number: 1 }] })
  })
})

describe("trash empty", () => {
  it("deletes all that is there for good and says how many", async () => {
    await cli.add("One", "Two", "Three")
    await cli.succeed("rm 1 2")
    expect(await cli.todo("trash empty")).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: expect.stringContaining("error: Missing --yes, for what nothing undoes")
    })
    expect(await numbers("trash")).toHaveLength(2)
    expect(await cli.succeed("trash empty --yes")).toBe("Deleted 2 tasks for good\n")
    expect(await numbers("trash")).toEqual([])
    expect(await cli.succeed("trash empty --yes")).toBe("The trash is empty\n")
    expect(await cli.json("trash empty --yes")).toEqual({ count: 0 })
    await cli.succeed("rm 3")
    expect(await cli.succeed("trash empty --yes --quiet")).toBe("1\n")
  })
})
