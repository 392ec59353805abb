import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const kinds = async () =>
  (await cli.json("history --limit 200")).map(({ kind }: { readonly kind: string }) => kind).filter((kind: string) =>
    kind !== "task.create"
  )

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

  it("are done all the same where one cannot be found, which is told in its place", async () => {
    await cli.add("One", "Two", "Three")
    expect(await cli.todo("done 1 7 2 milk 3")).toEqual({
      stdout: "Done 1  One\nDone 2  Two\nDone 3  Three\n",
      stderr: "error: There is no task 7\n`todo list --all` lists them.\n" +
        "error: \"milk\" does not name a task\nGive its number, its id, or the first 6 or more characters of its id.\n",
      exitCode: 3
    })
    expect(await kinds()).toEqual(["batch"])
  })

  it("may be more than a request has", { timeout: 120_000 }, async () => {
    await cli.add(...Array.from({ length: 502 }, (_, index) => `Task ${index + 1}`))
    const refs = Array.from({ length: 502 }, (_, index) => String(index + 1))
    expect((await cli.succeed(["done", ...refs, "--quiet"])).trim().split("\n")).toEqual(refs)
    expect(await kinds()).toEqual(["batch", "batch"])
    expect(await cli.json("list")).toEqual([])
    const all = await cli.json(`reopen ${refs.join(" ")}`)
    expect(all.map(({ completed }: { readonly completed: boolean }) => completed)).toEqual(refs.map(() => false))
  })
})
