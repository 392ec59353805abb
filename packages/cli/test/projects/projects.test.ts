import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

describe("project", () => {
  it("is added, listed by its path, shown, changed and deleted", async () => {
    expect(await cli.succeed("project add Work")).toBe("Added project Work\n")
    await cli.succeed(["project", "add", "Misc", "--parent", "Work", "--tint", "#3366ff", "-d", "The rest"])
    await cli.succeed(["project", "add", "At", "home"])
    expect(await cli.succeed("project")).toMatch(/^Work\t0\t0\t\t\S+\nWork\/Misc\t0\t0\t\t\S+\nAt home\t0\t0\t\t\S+\n$/)
    expect(await cli.succeed("project show work/misc")).toMatch(/^Work\/Misc\n[^]*Colour\s+#3366ff[^]*\nThe rest\n$/)
    expect(await cli.json("project edit Misc --name Rest --no-parent --no-tint")).toMatchObject({
      name: "Rest",
      parentId: null,
      color: null,
      description: "The rest"
    })
    expect(await cli.succeed("project rm Rest")).toBe("Deleted project Rest\n")
    expect(await cli.succeed("undo")).toBe("Undone: deleted project Rest (now)\n")
  })

  it("is named by a path where several are called so", async () => {
    for (const name of ["Work", "Home"]) {
      await cli.succeed(["project", "add", name])
      await cli.succeed(["project", "add", "Misc", "--parent", name])
    }
    const ambiguous = await cli.todo("add x --project Misc")
    expect(ambiguous.exitCode).toBe(2)
    expect(ambiguous.stderr).toContain("Home/Misc, Work/Misc")
    expect((await cli.todo("add x --project Nowhere")).exitCode).toBe(3)
    expect(await cli.todo("add x --project Hone")).toMatchObject({
      exitCode: 3,
      stderr: "error: There is no project Hone\n(Did you mean Home?)\n`todo project list --all` lists them.\n"
    })
    await cli.succeed("add x --project #home/misc")
    expect(await cli.succeed("list")).toMatch(/^1\topen\tx\t\S+\t\t\tHome\/Misc\t\n$/)
  })

  it("is named by its id where a name is as a path", async () => {
    await cli.succeed("project add Work")
    await cli.succeed(["project", "add", "Misc", "--parent", "Work"])
    await cli.succeed(["project", "add", "Work/Misc"])
    const ids = (await cli.json("project list") as ReadonlyArray<{ id: string; name: string }>)
      .filter(({ name }) => name !== "Work").map(({ id }) => id)
    const { exitCode, stderr } = await cli.todo("add x --project Work/Misc")
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/^Give the id: \S+ or \S+\.$/m)
    for (const id of ids) expect(stderr).toContain(id)
    await cli.succeed(`add x --project ${ids[0]}`)
  })

  it("is moved to its place among others, each list of them in its order", async () => {
    for (const name of ["Work", "Home", "Garden"]) await cli.succeed(["project", "add", name])
    await cli.succeed("project add Misc --parent Work")
    await cli.succeed("project add Tax --parent Work")
    const paths = async () =>
      (await cli.succeed("project list")).split("\n").slice(0, -1).map((it) => it.split("\t")[0])
    expect(await cli.succeed("project move garden home --before Work")).toBe(
      "Moved project Garden\nMoved project Home\n"
    )
    expect(await cli.json("project move Tax --first")).toMatchObject([{ parentId: expect.any(String), version: 2 }])
    expect(await paths()).toEqual(["Garden", "Home", "Work", "Work/Tax", "Work/Misc"])
    await cli.succeed("project move Misc --parent Home")
    await cli.succeed("project move Tax --no-parent --first")
    expect(await paths()).toEqual(["Tax", "Garden", "Home", "Home/Misc", "Work"])
    await cli.succeed("undo")
    expect(await paths()).toEqual(["Garden", "Home", "Home/Misc", "Work", "Work/Tax"])
    expect(await cli.todo("project move Work")).toMatchObject({
      exitCode: 2,
      stderr: "error: Missing --before, --after, --first, --last or --parent\n"
    })
    expect(await cli.todo("project move Home --parent Misc")).toMatchObject({ exitCode: 2 })
    expect(await cli.todo("project move Home --before Nowhere")).toMatchObject({ exitCode: 3 })
    expect(await cli.todo("project move Home --before Work --after Garden")).toMatchObject({ exitCode: 2 })
  })

  it("has tasks, which come and go", async () => {
    await cli.succeed("project add Work")
    await cli.succeed("add One --project work")
    await cli.succeed("add Two")
    await cli.succeed("edit 2 --project Work")
    expect(await cli.succeed("project list")).toMatch(/^Work\t2\t0\t/)
    expect(await cli.succeed("show 2")).toMatch(/Project\s+Work\n/)
    await cli.succeed("edit 1 --no-project")
    expect(await cli.json("list")).toMatchObject([{ number: 2, projectId: expect.any(String) }, { projectId: null }])
    const full = await cli.todo("project rm Work")
    expect(full).toMatchObject({
      exitCode: 5,
      stderr: "error: The project is not empty\n" +
        "--trash moves what is in it to the trash, --move-to <project> to another project, or to inbox.\n"
    })
    expect(await cli.succeed("project rm Work --move-to inbox")).toBe("Deleted project Work\n")
    expect(await cli.json("list")).toMatchObject([{ projectId: null }, { projectId: null }])
  })

  it("that is archived takes nothing", async () => {
    await cli.succeed("project add Old")
    expect(await cli.succeed("project archive Old")).toBe("Archived project Old\n")
    expect(await cli.json("project list")).toEqual([])
    expect(await cli.todo("project --archived")).toMatchObject({
      exitCode: 2,
      stderr: "error: unknown option '--archived'\n(Did you mean `todo project list --archived`?)\n"
    })
    expect(await cli.json("project list --archived")).toMatchObject([{ name: "Old", archived: true }])
    expect(await cli.todo("add x --project Old")).toMatchObject({
      exitCode: 5,
      stderr: "error: The project, or one above it, is archived\n`todo project unarchive <project>` takes it back.\n"
    })
    expect(await cli.succeed("project unarchive Old")).toBe("Unarchived project Old\n")
    await cli.succeed("add x --project Old")
    expect(await cli.succeed("project rm Old --trash")).toBe("Deleted project Old\n")
    expect(await cli.json("trash")).toMatchObject([{ title: "x" }])
  })
})
