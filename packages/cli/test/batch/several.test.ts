import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

/** What was done after the tasks were added, as so many operations. */
const kinds = async (adding = 1) =>
  (await cli.json("history --limit 200")).slice(0, -adding).map(({ kind }: { readonly kind: string }) => kind)

describe("several tasks at once", () => {
  it("are one operation, which one undo takes back", async () => {
    await cli.add("One", "Two", "Three")
    expect(await cli.succeed("done 3 1 3 #1")).toBe("Done 3  Three\nDone 1  One\n")
    expect(await kinds()).toEqual(["batch"])
    await cli.succeed("undo")
    expect(await cli.json("list --done")).toEqual([])
    expect(await cli.succeed("rm 1 2 3")).toBe("Deleted 1  One\nDeleted 2  Two\nDeleted 3  Three\n")
    expect(await kinds()).toEqual(["batch", "undo", "batch"])
    await cli.succeed("undo")
    expect(await cli.json("list")).toHaveLength(3)
  })

  it("are printed in JSON as they are then, those too that were so before", async () => {
    await cli.add("One", "Two", "Three")
    await cli.succeed("done 2")
    const done = await cli.json("done 1 2 3")
    expect(done).toEqual((await cli.json("list --done")).toReversed())
    expect(done.map(({ version }: { readonly version: number }) => version)).toEqual([2, 2, 2])
    expect(await cli.json("reopen 1 3")).toMatchObject([{ number: 1, completed: false }, { number: 3, version: 3 }])
    // One more changes nothing, and is no operation.
    expect(await cli.json("done 2 2")).toMatchObject([{ number: 2 }])
  })

  it("are changed alike in one operation, what repeats and what has tags too", async () => {
    await cli.add("One", "Two")
    await cli.succeed("edit 1 --due 2999-01-01 --repeat FREQ=DAILY --tag home")
    expect(await cli.succeed("edit 1 2 --title Three --tag new")).toBe("Changed 1  Three\nChanged 2  Three\n")
    expect((await kinds())[0]).toBe("batch")
    expect(await cli.json("edit 1 2 --due 2999-02-02 --no-tag new")).toEqual((await cli.json("list")).toReversed())
    expect(await cli.json("list")).toMatchObject([{ tags: [] }, { tags: ["home"], due: { date: "2999-02-02" } }])
    await cli.succeed("undo")
    await cli.succeed("undo")
    expect(await cli.json("list")).toMatchObject([{ title: "Two", due: null }, { title: "One", tags: ["home"] }])
    // What repeats is read anew where it is there still.
    expect(await cli.succeed("rm 1 2")).toBe("Deleted 1  One\nDeleted 2  Two\n")
  })

  it("are tagged, blocked, unblocked and passed over in one operation", async () => {
    await cli.add("One", "Two", "Three")
    for (const number of [1, 2]) await cli.succeed(`edit ${number} --due 2999-01-01 --repeat FREQ=DAILY`)
    const one = async () => (await kinds())[0]
    expect(await cli.succeed("tag add home 1 2 3")).toBe("Tagged 1  One\nTagged 2  Two\nTagged 3  Three\n")
    expect(await one()).toBe("batch")
    expect(await cli.json("tag add late 1 2")).toMatchObject([{ tags: ["home", "late"] }, { tags: ["home", "late"] }])
    await cli.succeed("undo")
    await cli.succeed("undo")
    expect(await cli.json("list @home")).toEqual([])
    expect(await cli.json("block 1 2 --by 3")).toMatchObject([{ number: 1, blocked: true }, { blocked: true }])
    expect(await one()).toBe("batch")
    expect(await cli.succeed("unblock 1 2")).toBe("Unblocked 1  One\nUnblocked 2  Two\n")
    await cli.succeed("undo")
    expect(await cli.json("list blocked")).toHaveLength(2)
    expect(await cli.todo("skip 1 3 2")).toMatchObject({
      stdout: expect.stringMatching(/^Skipped 1 {2}One[^\n]*\nSkipped 2 {2}Two[^\n]*\n$/),
      stderr: expect.stringMatching(/^error: 3 {2}Three: /),
      exitCode: 2
    })
    expect(await one()).toBe("batch")
    await cli.succeed("undo")
    expect(await cli.json("list repeating")).toMatchObject([
      { due: { date: "2999-01-01" } },
      { due: { date: "2999-01-01" } }
    ])
  })

  it("are done all the same where one cannot be found, which is told in its place", async () => {
    await cli.add("One", "Two", "Three")
    expect(await cli.todo("done 1 7 2 milk 3")).toEqual({
      stdout: "Done 1  One\nDone 2  Two\nDone 3  Three\n",
      stderr: "error: There is no task 7\n`todo list --all` lists them.\n" +
        "error: There is no task like \"milk\"\n`todo list --all` lists them.\n",
      exitCode: 3
    })
    expect(await kinds()).toEqual(["batch"])
  })

  it("are done as the guide for agents says: what cannot be is told and left out, and one undo takes back the rest", async () => {
    const guide = (await cli.succeed("skill")).replaceAll(/\s+/g, " ")
    expect(guide).not.toContain("all or nothing")
    expect(guide).toContain("What cannot be done is told and left out, and the rest is done.")
    await cli.succeed("add -", { stdin: "Parent\n  Child\nSibling" })
    expect(await cli.todo("done sib par")).toMatchObject({
      stdout: "Done 3  Sibling\n",
      stderr: expect.stringMatching(/^error: 1 {2}Parent: /),
      exitCode: 5
    })
    await cli.succeed("undo")
    expect(await cli.json("list --done")).toEqual([])
  })

  it("may be more than a request has", { timeout: 120_000 }, async () => {
    await cli.add(...Array.from({ length: 502 }, (_, index) => `Task ${index + 1}`))
    const refs = Array.from({ length: 502 }, (_, index) => String(index + 1))
    expect((await cli.succeed(["done", ...refs, "--quiet"])).trim().split("\n")).toEqual(refs)
    expect(await kinds(2)).toEqual(["batch", "batch"])
    expect(await cli.json("list")).toEqual([])
    const all = await cli.json(`reopen ${refs.join(" ")}`)
    expect(all.map(({ completed }: { readonly completed: boolean }) => completed)).toEqual(refs.map(() => false))
  })
})
