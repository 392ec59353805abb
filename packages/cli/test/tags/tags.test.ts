import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

describe("tags", () => {
  it("are given and taken off, and listed with how many tasks have each", async () => {
    await cli.succeed("add One --tag home --tag @loud")
    await cli.succeed("add Two")
    expect(await cli.json("edit 1 2 --tag new --no-tag HOME")).toMatchObject([
      { tags: ["loud", "new"] },
      { tags: ["new"] }
    ])
    await cli.succeed("project add Work")
    // With a date the service computes what it writes, all of which is written.
    expect(await cli.json("edit 2 --project Work --tag newer --due 2999-01-01")).toMatchObject({
      tags: ["new", "newer"],
      projectId: expect.any(String),
      due: { date: "2999-01-01" }
    })
    await cli.succeed("edit 2 --no-project --no-tag newer --no-due")
    expect(await cli.succeed("list")).toMatch(/^2\topen\tTwo\t\S+\t\t\t\t@new\n1\topen\tOne\t\S+\t\t\t\t@loud @new\n$/)
    expect(await cli.succeed("tag add urgent 1 2")).toBe("Tagged 1  One\nTagged 2  Two\n")
    expect(await cli.succeed("tag")).toBe("home\t0\t0\nloud\t1\t0\nnew\t2\t0\nnewer\t0\t0\nurgent\t2\t0\n")
    expect(await cli.succeed("show 1")).toMatch(/Tags\s+@loud @new @urgent\n/)
  })

  it("are renamed, made one, and deleted, which undo takes back", async () => {
    await cli.succeed("add One --tag home")
    await cli.succeed("add Two --tag house")
    expect(await cli.todo("tag rename home House")).toMatchObject({
      exitCode: 5,
      stderr: "error: There is a tag House already\n--merge makes one of both.\n"
    })
    expect(await cli.succeed("tag rename home House --merge")).toBe("Renamed tag home to house\n")
    expect(await cli.succeed("tag --quiet")).toBe("house\n")
    expect(await cli.succeed("tag rm house")).toBe("Deleted tag house\n")
    expect(await cli.json("list")).toMatchObject([{ tags: [] }, { tags: [] }])
    await cli.succeed("undo")
    await cli.succeed("undo")
    expect(await cli.json("list")).toMatchObject([{ tags: ["house"] }, { tags: ["home"] }])
    expect(await cli.todo("tag rm nothing")).toMatchObject({
      exitCode: 3,
      stderr: "error: There is no such tag\n`todo tag` lists them.\n"
    })
  })
})
