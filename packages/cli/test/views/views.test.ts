import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()
const numbers = async (line: string | ReadonlyArray<string>) =>
  (await cli.succeed(line)).split("\n").filter((it) => it !== "").map((it) => Number(it.split("\t")[0]))

describe("list with a filter", () => {
  it("lists what it says, in the order that is asked for", async () => {
    await cli.add("Buy milk", "Übung", "Straße")
    await cli.succeed("edit 1 3 -p p1")
    await cli.succeed("done 3")
    expect(await numbers("list p1")).toEqual([1])
    expect(await numbers("list --all --sort priority,number")).toEqual([1, 3, 2])
    expect(await numbers("list p1 --all")).toEqual([3, 1])
    expect(await numbers("list p1 --done")).toEqual([3])
    expect(await numbers(["list", "p1 or", "title:ubung"])).toEqual([2, 1])
    expect(await numbers(["list", "--search", "strasse", "--all"])).toEqual([3])
    expect(await cli.todo("list title:nothing")).toEqual({
      stdout: "",
      stderr: "No task is like that.\n",
      exitCode: 0
    })
  })

  it("points at the word that cannot be read: exit code 2", async () => {
    expect(await cli.todo(["list", "p1", "and", "due < tomorow"])).toEqual({
      stdout: "",
      stderr: [
        "error: This filter cannot be read: expected a date without a time, such as 2026-10-01, today, next friday or 3 days ago",
        "  p1 and due < tomorow",
        "               ^",
        "(Did you mean tomorrow?)",
        ""
      ].join("\n"),
      exitCode: 2
    })
    expect((await cli.todo("list --sort size")).stderr).toContain("  size\n  ^\n")
    expect(JSON.parse((await cli.todo(["list", "due < tomorow", "--json"])).stderr).error).toEqual({
      code: "invalid_filter",
      message:
        "This filter cannot be read: expected a date without a time, such as 2026-10-01, today, next friday or 3 days ago",
      status: 400,
      parameter: "filter",
      position: 6,
      expected: "a date without a time, such as 2026-10-01, today, next friday or 3 days ago",
      didYouMean: "tomorrow"
    })
  })
})

describe("list with a name that there is not", () => {
  it("says so where nothing is listed, with what may have been meant, and goes on as a script expects", async () => {
    await cli.succeed("project add Home")
    await cli.succeed("add Milk --tag shopping --project Home")
    const listing = (...filter: ReadonlyArray<string>) => cli.todo(["list", ...filter])
    expect(await listing("in:hoem", "and", "@shoping")).toEqual({
      stdout: "",
      stderr: "No task is like that.\nThere is no project hoem.\n(Did you mean Home?)\nThere is no tag shoping.\n" +
        "(Did you mean shopping?)\n",
      exitCode: 0
    })
    expect((await listing("in:Nowhere")).stderr).toBe("No task is like that.\nThere is no project Nowhere.\n")
    for (const filter of ["in:home and p1", "@SHOPPING and done", "@s* and p1"]) {
      expect((await listing(filter)).stderr).toBe("No task is like that.\n")
    }
    expect(await cli.todo("list in:Nowhere --json")).toEqual({ stdout: "[]\n", stderr: "", exitCode: 0 })
    expect(await numbers("list in:Nowhere or @shopping")).toEqual([1])
  })
})

describe("view", () => {
  it("keeps lists by their names", async () => {
    await cli.add("a", "b")
    await cli.succeed("edit 1 -p p1")
    expect(await cli.succeed("view add Now p1 --sort -number")).toBe("Added view Now  p1  -number\n")
    expect(await cli.succeed("view list")).toBe("Now\tp1\t-number\n")
    expect(await numbers("list --view Now")).toEqual([1])
    expect(await numbers("view show Now")).toEqual([1])
    expect(await numbers("list --view NOW")).toEqual([1])
    expect(await cli.todo("view --all")).toMatchObject({ exitCode: 2 })
    expect(await cli.succeed(["view", "edit", "Now", "--filter", "not p1", "--no-sort"])).toBe(
      "Changed view Now  not p1\n"
    )
    expect(await numbers("list --view Now")).toEqual([2])
    expect(await cli.json("view list")).toMatchObject([{ name: "Now", filter: "not p1", sort: null }])
    expect(await cli.succeed("view rm Now")).toBe("Deleted view Now\n")
    expect(await cli.todo("list --view Now")).toMatchObject({ exitCode: 3 })
    await cli.succeed("undo")
    expect(await numbers("view show Now")).toEqual([2])
  })
})

describe("view move", () => {
  it("puts views in order", async () => {
    for (const name of ["Now", "Soon", "Later"]) await cli.succeed(["view", "add", name, "p1"])
    const names = async () => (await cli.succeed("view list")).split("\n").slice(0, -1).map((it) => it.split("\t")[0])
    expect(await cli.succeed("view move Later --first")).toBe("Moved view Later\n")
    await cli.succeed("view move now later --after soon")
    expect(await names()).toEqual(["Soon", "Now", "Later"])
    await cli.succeed("undo")
    expect(await names()).toEqual(["Later", "Now", "Soon"])
    expect(await cli.todo("view move Now")).toMatchObject({ exitCode: 2 })
  })
})

describe("comment", () => {
  it("says something about a task, which show has", async () => {
    await cli.add("Call")
    expect(await cli.succeed("comment 1 They close at six")).toBe("Commented on 1  Call\n")
    await cli.succeed(["comment", "1", "-"], { stdin: "Or at five\n" })
    const shown = await cli.succeed("show 1")
    expect(shown.indexOf("They close at six")).toBeGreaterThan(0)
    expect(shown.indexOf("Or at five")).toBeGreaterThan(shown.indexOf("They close at six"))
    expect(await cli.json("show 1")).toMatchObject({ comments: [{ text: "They close at six" }, {}] })
    expect(await numbers("list --search close")).toEqual([1])
    expect(await cli.todo("comment 9 x")).toMatchObject({ exitCode: 3 })
  })
})
