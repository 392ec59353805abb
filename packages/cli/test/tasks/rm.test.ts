import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const numbers = async () => (await cli.json("list --all")).map(({ number }: { readonly number: number }) => number)

describe("deleting where nobody can be asked", () => {
  it("by a filter is refused without --yes, and nothing is done", async () => {
    await cli.add("A", "B")
    for (const line of ["rm --filter all", "rm --filter all --json", "rm --filter all --no-input -q"]) {
      const { exitCode, stderr, stdout } = await cli.todo(line)
      expect({ line, exitCode, stdout }).toEqual({ line, exitCode: 2, stdout: "" })
      expect(stderr).toContain("Missing --yes, for all that a filter lists")
    }
    expect((await cli.todo("rm --filter all")).stderr).toBe(
      "error: Missing --yes, for all that a filter lists\nThere is no terminal to ask on.\n--dry-run says of which tasks.\n"
    )
    expect(await cli.succeed("rm --filter all --dry-run")).toBe("Would be deleted 1  A\nWould be deleted 2  B\n")
    expect(await numbers()).toEqual([2, 1])
    expect(await cli.succeed("rm --filter all --yes")).toBe("Deleted 1  A\nDeleted 2  B\n")
  })

  it("by a part of a title is, too, with all that is named beside it; numbers and ids are enough", async () => {
    await cli.add("Buy milk", "facade", "C", "D", "E")
    for (const refs of ["milk", "1 milk", "facade", "2 facade", "3-4 milk"]) {
      const { exitCode, stderr, stdout } = await cli.todo(`rm ${refs}`)
      expect({ refs, exitCode, stdout }).toEqual({ refs, exitCode: 2, stdout: "" })
      expect(stderr).toMatch(
        /^error: Missing --yes, for a task that is named by a part of its title: "(milk|facade)"\n/
      )
      expect(stderr).toMatch(/\nGive its number, [12], or --yes\.\n$/)
    }
    expect(await numbers()).toEqual([5, 4, 3, 2, 1])
    const [d, c] = (await cli.json("list number=3 or number=4")) as ReadonlyArray<{ readonly id: string }>
    expect(await cli.succeed(["rm", c!.id])).toBe("Deleted 3  C\n")
    expect(await cli.succeed(["rm", `${cli.url}/api/v1/tasks/${d!.id}`])).toBe("Deleted 4  D\n")
    expect(await cli.succeed("rm #5")).toBe("Deleted 5  E\n")
    expect(await cli.succeed("rm milk --yes")).toBe("Deleted 1  Buy milk\n")
  })
})

describe("deleting tasks with what is below them", () => {
  const family = "Top\n  Middle\n    Bottom\nOther\n  Below"
  const plant = () => cli.succeed("add -", { stdin: family })

  it("has those below gone with those above, without an error, as one operation", async () => {
    await plant()
    const all = ["Top", "Middle", "Bottom", "Other", "Below"]
    expect(await cli.succeed("rm --filter all --yes")).toBe(
      all.map((title, index) => `Deleted ${index + 1}  ${title}\n`).join("")
    )
    expect(await numbers()).toEqual([])
    await cli.succeed("undo")
    expect((await numbers()).toSorted()).toEqual([1, 2, 3, 4, 5])
    // What is between them is not named.
    expect(await cli.json("rm 3 1 4")).toEqual({
      deleted: [3, 1, 4].map((number) => ({ id: expect.any(String), number }))
    })
    await cli.succeed("undo")
    expect(await cli.succeed("rm 5 4")).toBe("Deleted 5  Below\nDeleted 4  Other\n")
    expect((await numbers()).toSorted()).toEqual([1, 2, 3])
  })

  it("has them back together, too, and projects with those that are in them", async () => {
    await plant()
    await cli.succeed("rm 1 3 4")
    expect(await cli.succeed("restore 1 2 3")).toBe("Restored 1  Top\nRestored 2  Middle\nRestored 3  Bottom\n")
    for (const options of ["", " --trash", " --move-to inbox"]) {
      await cli.succeed("project add Work")
      await cli.succeed("project add Misc --parent Work")
      if (options !== "") await cli.succeed("add x --project Work/Misc")
      expect(await cli.succeed(`project rm Work Work/Misc${options}`)).toBe(
        "Deleted project Misc\nDeleted project Work\n"
      )
    }
    await cli.succeed("rm 1")
    expect(await cli.succeed("trash rm 1 3 2 5 4")).toBe(
      "Deleted for good: 1  Top\nDeleted for good: 3  Bottom\nDeleted for good: 2  Middle\nDeleted for good: 5  Below\n" +
        "Deleted for good: 4  Other\n"
    )
    expect(await cli.todo("project rm Work Home")).toMatchObject({ exitCode: 3, stdout: "" })
  })
})
