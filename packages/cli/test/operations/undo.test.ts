import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const titles = async () =>
  (await cli.json("list --all")).map(({ number, title }: { readonly number: number; readonly title: string }) =>
    `${number} ${title}`
  )

/** Adds tasks, each by itself. */
const addEach = async (...titles: ReadonlyArray<string>) => {
  for (const title of titles) await cli.succeed(["add", title])
}

describe("undo", () => {
  it("undoes the latest, then the one before it, and says in words what that was", async () => {
    await addEach("One", "Two")
    await cli.succeed("rm 2")
    await cli.succeed("done 1")
    expect(await cli.succeed("undo")).toBe("Undone: done 1  One (now)\n")
    expect(await cli.succeed("undo")).toBe("Undone: deleted 2  Two (now)\n")
    expect(await titles()).toEqual(["2 Two", "1 One"])
    expect(await cli.succeed("undo")).toBe("Undone: added 2  Two (now)\n")
    expect(await titles()).toEqual(["1 One"])
  })

  it("of an undo, by its id or the beginning of it, does it again", async () => {
    await cli.add("One")
    await cli.succeed("edit 1 --title Two")
    const { id, kind, undoes } = await cli.json("undo")
    expect(kind).toBe("undo")
    expect((await cli.json("history")).find((operation: { readonly id: string }) => operation.id === undoes))
      .toMatchObject({
        kind: "task.update",
        undoneBy: id
      })
    expect(await cli.succeed(`undo ${id}`)).toBe("Done again: 1  Two (undone now)\n")
    expect(await titles()).toEqual(["1 Two"])
  })

  it("prints the id of the undo alone with --quiet, which undoes it", async () => {
    await cli.add("One")
    const id = (await cli.succeed("undo --quiet")).trim()
    expect(await titles()).toEqual([])
    await cli.succeed(["undo", id.slice(0, -2)])
    expect(await titles()).toEqual(["1 One"])
  })

  it("names what was changed since, and undoes nothing: exit code 5; --partial undoes the rest", async () => {
    await cli.add("One", "Two")
    await cli.succeed("done 1 2")
    const [{ id }] = await cli.json("history")
    await cli.succeed("reopen 2")
    expect(await cli.todo(["undo", id])).toEqual({
      stdout: "",
      stderr: "error: Nothing was undone, for what is in the way: 2  Two (was changed since)\n" +
        "`todo undo --partial` undoes the rest; `todo history <ref>` shows what was done with a task since.\n",
      exitCode: 5
    })
    expect(JSON.parse((await cli.todo(["undo", id, "--json"])).stderr).error).toMatchObject({
      code: "changed_since",
      status: 409
    })
    expect(await cli.succeed(["undo", "--partial", id])).toBe(
      "Undone: done 1  One (now), 1 of 2 changes left as they are\n"
    )
    expect((await cli.json("list")).map(({ number }: { readonly number: number }) => number)).toEqual([2, 1])
  })

  it("names what is gone since", async () => {
    await cli.add("One", "Two")
    await cli.succeed("done 1 2")
    const [operation] = await cli.json("history")
    const task = (await cli.json("list --all"))[0].id
    await cli.succeed("rm 2")
    await cli.succeed("trash rm 2")
    expect((await cli.todo(["undo", operation.id])).stderr).toContain(`: task ${task} (is gone)\n`)
  })

  it("of nothing, or of what was undone before, says so: exit code 5", async () => {
    const nothing = await cli.todo("undo")
    expect(nothing).toMatchObject({ stdout: "", exitCode: 5 })
    expect(nothing.stderr).toContain("`todo history` shows")
    await cli.add("One")
    const [{ id }] = await cli.json("history")
    await cli.succeed(["undo", id])
    expect(await cli.todo(["undo", id])).toMatchObject({ stdout: "", exitCode: 5 })
  })

  it("of what there is not is exit code 3, and of what is no id 2", async () => {
    expect(await cli.todo("undo 0198c0de-7a5c-7000-8000-0000000000ff")).toMatchObject({ exitCode: 3 })
    expect(await cli.todo("undo 0198c0de")).toMatchObject({
      stderr: "error: There is no operation 0198c0de\n`todo history` lists them.\n",
      exitCode: 3
    })
    expect(await cli.todo("undo milk")).toMatchObject({ exitCode: 2 })
  })
})

describe("history", () => {
  it("is what was done, newest first, where there is no terminal with tabs between columns", async () => {
    await addEach("One", "Two")
    await cli.succeed("done 1 2")
    await cli.succeed("undo")
    const lines = (await cli.succeed("history")).slice(0, -1).split("\n").map((line) => line.split("\t"))
    expect(lines.map(([, , ...columns]) => columns)).toEqual([
      ["undo", "2", "2", "Two", expect.stringMatching(/^todo\//), ""],
      ["batch", "2", "1", "One", expect.stringMatching(/^todo\//), "undone"],
      ["task.create", "1", "2", "Two", expect.stringMatching(/^todo\//), ""],
      ["task.create", "1", "1", "One", expect.stringMatching(/^todo\//), ""]
    ])
    expect(lines[0]).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36}$/),
      expect.stringMatching(/^\d{4}-.*Z$/),
      ...lines[0]!.slice(2)
    ])
  })

  it("of one task has its own, also of one in the trash", async () => {
    await addEach("One", "Two")
    await cli.succeed("rm 2")
    const kinds = (await cli.json("history 2")).map(({ kind }: { readonly kind: string }) => kind)
    expect(kinds).toEqual(["task.remove", "task.create"])
    expect(await cli.todo("history 3")).toMatchObject({ exitCode: 3 })
  })

  it("says that there is more than the limit", async () => {
    await addEach("One", "Two", "Three")
    expect(await cli.todo("history --limit 2 --quiet")).toMatchObject({ stderr: "", exitCode: 0 })
    const { stderr, stdout } = await cli.todo("history -n 2")
    expect(stdout.trimEnd().split("\n")).toHaveLength(2)
    expect(stderr).toBe("There is more: --limit 4 shows it.\n")
    expect((await cli.todo("history -n 3")).stderr).toBe("")
  })

  it("of nothing is empty, with a remark for people", async () => {
    expect(await cli.todo("history")).toEqual({ stdout: "", stderr: "Nothing is on record.\n", exitCode: 0 })
    expect(await cli.json("history")).toEqual([])
  })
})
