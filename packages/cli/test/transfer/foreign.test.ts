import { describe, expect, it } from "@effect/vitest"
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()
const folder = mkdtempSync(join(tmpdir(), "todo-foreign-"))
const written = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const todoTxt =
  "(A) 2026-01-02 Call Mum +Family @phone due:2999-01-02 rec:+1w\nx 2026-01-03 2026-01-01 Post it\nMilk\nMilk\n"
const taskwarrior = JSON.stringify([
  {
    uuid: "a1b2c3d4-0000-4000-8000-000000000001",
    description: "Roses",
    status: "pending",
    entry: "20261001T080000Z",
    project: "home.garden",
    depends: ["a1b2c3d4-0000-4000-8000-000000000002"],
    annotations: [{ entry: "20261002T080000Z", description: "Before March" }],
    jiraid: "ABC-7"
  },
  {
    uuid: "a1b2c3d4-0000-4000-8000-000000000002",
    description: "Buy shears",
    status: "completed",
    entry: "20261001T080000Z",
    end: "20261003T080000Z"
  }
])
const todoist = `\ufeff${
  [
    "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE",
    "task,Buy milk @shop,,1,1,,,2999-01-02,en,",
    "note,They close at six,,,,,,,,",
    "task,Oat,,4,2,,,tous les lundis,fr,"
  ].join("\r\n")
}\r\n`

describe("todo import of another program's file", () => {
  it.each([
    ["todo.txt", todoTxt, "1 project, 4 tasks", "1 project, 4 tasks"],
    // What is as the account would write it is not said again.
    ["tasks.json", taskwarrior, "2 projects, 2 tasks, 1 comment", "2 tasks"],
    ["Home.csv", todoist, "1 project, 2 tasks, 1 comment", "1 project, 2 tasks, 1 comment"]
  ])("%s makes its tasks, and none the second time", async (name, text, things, again) => {
    const file = written(name, text)
    expect(await cli.succeed(`import ${file} --dry-run`)).toContain(`Would import ${things}\n`)
    expect(await cli.succeed(`import ${file}`)).toContain(`Imported ${things}\n`)
    const had = await cli.succeed("export --csv")
    expect(await cli.succeed(`import ${file}`)).toContain(`There already: ${again}\n`)
    expect(await cli.succeed("export --csv")).toBe(had)
    await cli.succeed("undo")
    expect(await cli.json("list --all")).toEqual([])
  })

  it("says what is not carried over", async () => {
    expect(await cli.succeed("import -", { stdin: todoist })).toContain(
      "Not carried over as it was:\n  record 4, Oat: no date is read of \"tous les lundis\" (fr)"
    )
  })

  it("is told what has written it, where that is not to be seen", async () => {
    expect((await cli.todo("import -", { stdin: "Milk\n" })).exitCode).toBe(2)
    expect(await cli.succeed("import - --from todotxt", { stdin: "Milk\n" })).toContain("Imported 1 task\n")
    expect((await cli.todo("import - --from outlook")).exitCode).toBe(2)
  })
})

describe("todo export for another program", () => {
  const prepare = async () => {
    await cli.succeed("project add Home")
    await cli.succeed([
      ..."add --literal Buy milk, oat --project Home --tag shop --due 2999-01-02 -d".split(" "),
      "Two \"litres\""
    ])
    await cli.succeed("add --literal Done --start 2999-01-01")
    await cli.succeed("done 2")
  }

  it("is a table that can be read again", async () => {
    await prepare()
    const [head, milk] = (await cli.succeed("export --csv")).split("\r\n")
    expect(head).toMatch(/^number,title,description,project,parent,priority,tags,start,due,/)
    expect(milk).toMatch(/^1,"Buy milk, oat","Two ""litres""",Home,,,shop,,2999-01-02,/)
  })

  it("is todo.txt, and says what that has no room for", async () => {
    await prepare()
    const { stderr, stdout } = await cli.todo("export --todotxt")
    expect(stdout).toMatch(/^\d{4}-\d\d-\d\d Buy milk, oat \+Home @shop due:2999-01-02\nx .* Done t:2999-01-01\n$/m)
    expect(stderr).toBe("todo.txt has no room for descriptions (1)\n")
  })

  it("is what todo import reads of Taskwarrior", async () => {
    await prepare()
    const file = join(folder, "out.json")
    await cli.succeed(`export --taskwarrior --output ${file}`)
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject([
      { description: "Buy milk, oat", project: "Home", tags: ["shop"], status: "pending" },
      { description: "Done", status: "completed" }
    ])
    await cli.signInAsAnother()
    expect(await cli.succeed(`import ${file}`)).toContain("Imported 1 project, 2 tasks, 1 comment\n")
  })

  it("is recognised by the account that has written it: it changes nothing, but for what was changed in it", async () => {
    await cli.succeed(["project", "add", "Big House"])
    await cli.succeed(["project", "add", "v1.2", "--parent", "Big House"])
    await cli.succeed(
      [..."add --literal Roses --project Big/House --tag".split(" "), "cut flowers", "-d", "Before March"]
        .map((word) => word === "Big/House" ? "Big House/v1.2" : word)
    )
    await cli.succeed("add --literal Shears --due 2999-01-02 --repeat FREQ=WEEKLY --parent 1")
    await cli.succeed("add --literal Rake --due 2999-01-02 --repeat".split(" ").concat("FREQ=MONTHLY;BYDAY=2TU"))
    await cli.succeed("add --literal Done --priority p1")
    await cli.succeed("done 4")
    await cli.succeed("block 1 --by 3")
    await cli.succeed("comment 1 They close at six")
    // One that is of Taskwarrior, with more said of it here.
    await cli.succeed("import -", { stdin: taskwarrior })
    await cli.succeed("comment 5 Said here")
    await cli.succeed("edit 5 -d Described")
    const { stdout: text } = await cli.todo("export --taskwarrior")
    const there = async () => JSON.parse(await cli.succeed("export"))
    const { exportedAt: _, ...was } = await there()
    for (const options of ["--dry-run", "", "--overwrite"]) {
      expect(await cli.succeed(`import - ${options}`.trim(), { stdin: text })).toBe("There already: 6 tasks\n")
    }
    const { exportedAt: _now, ...is } = await there()
    expect(is).toEqual(was)

    const [first, ...others] = JSON.parse(text).toSorted((one: { annotations?: object }) =>
      one.annotations === undefined ? 1 : -1
    )
    const annotation = { entry: "20300101T000000Z", description: "In spring" }
    const changed = [
      { ...first, description: "Red roses", tags: ["cut"], annotations: [...first.annotations, annotation] },
      ...others
    ]
    const said = await cli.succeed("import - --overwrite", { stdin: JSON.stringify(changed) })
    expect(said).toContain(
      "Imported 1 comment\nChanged 1 task:\n  task Red roses: title, tags\nThere already: 5 tasks\n"
    )
    expect((await there()).tasks.filter(({ title }: { title: string }) => title === "Red roses")).toMatchObject([
      { tags: ["cut"] }
    ])
    expect((await there()).tasks).toHaveLength(6)
  })

  it("is one format at a time", async () => {
    expect((await cli.todo("export --csv --todotxt")).exitCode).toBe(2)
  })
})
