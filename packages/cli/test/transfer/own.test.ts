import { describe, expect, it } from "@effect/vitest"
import { spawn, spawnSync } from "node:child_process"
import { lstatSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()
const folder = mkdtempSync(join(tmpdir(), "todo-transfer-"))
const path = (name: string) => join(folder, name)

const prepare = async () => {
  await cli.succeed("project add Home")
  await cli.succeed("project add Garden --parent Home")
  await cli.succeed("add --literal Milk --project Home --tag shop --due 2999-01-02")
  await cli.succeed("add --literal Oat --parent 1")
  await cli.succeed("done 2")
  await cli.succeed("comment 1 They close at six")
  await cli.succeed("view add Soon due:today")
}

/** Without what an account cannot take over. */
const essence = (text: string) =>
  JSON.parse(text.replaceAll(/"(?:exportedAt|updatedAt|version|position)": ?(?:"[^"]*"|\d+)/gu, "\"x\":0"))

describe("todo export and import", () => {
  it("carry an account to another, and change nothing the second time", async () => {
    await prepare()
    const file = path("backup.json")
    expect(await cli.succeed(`export --output ${file}`)).toBe(`Exported 2 tasks and 2 projects to ${file}\n`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const text = readFileSync(file, "utf8")
    expect(await cli.succeed("export")).toContain("\"title\":\"Milk\"")
    expect(await cli.succeed(`import ${file}`)).toBe("There already: 2 projects, 1 tag, 1 view, 2 tasks, 1 comment\n")

    await cli.signInAsAnother()
    expect(await cli.succeed(`import ${file} --dry-run`)).toBe(
      "Would import 2 projects, 1 tag, 1 view, 2 tasks, 1 comment\n"
    )
    expect(await cli.json("list --all")).toEqual([])
    expect(await cli.succeed("import -", { stdin: text })).toBe(
      "Imported 2 projects, 1 tag, 1 view, 2 tasks, 1 comment\n`todo undo` takes it back\n"
    )
    const again = await cli.succeed("export")
    expect(essence(again).tasks).toEqual(essence(text).tasks)
    expect(await cli.succeed(`import ${file}`)).toBe("There already: 2 projects, 1 tag, 1 view, 2 tasks, 1 comment\n")
    await cli.succeed("undo")
    expect(await cli.json("list --all")).toEqual([])
  })

  it("leave what differs unless it is to be changed, and say so", async () => {
    await prepare()
    const file = path("other.json")
    await cli.succeed(`export --output ${file}`)
    await cli.succeed("edit 1 -t Oat milk")
    expect(await cli.succeed(`import ${file}`)).toContain(
      "Left as they are, which --overwrite changes: 1 task\n  task Milk: title\n"
    )
    expect(await cli.succeed(`import ${file} --overwrite`)).toContain("Changed 1 task:\n  task Milk: title\n")
    expect(JSON.parse(await cli.succeed("show 1 --json")).title).toBe("Milk")
  })

  it("refuse what cannot be imported, or leave it out", async () => {
    const id = (end: string) => `0198c0de-7a5c-7000-8000-0000000000${end}`
    const file = path("bad.json")
    const document = {
      version: 1,
      tasks: [
        { id: id("01"), title: "Good" },
        { id: id("02"), title: "  " },
        { id: id("03"), title: "Lost", projectId: id("99") },
        { id: id("04"), title: "Odd", colour: "red" }
      ]
    }
    writeFileSync(file, JSON.stringify(document))
    const refused = await cli.todo(`import ${file}`)
    expect(refused.exitCode).toBe(2)
    expect(refused.stderr).toContain("2 things cannot be imported, and nothing was")
    expect(refused.stderr).toContain("task Odd: colour:")
    const partial = await cli.succeed(`import ${file} --partial`)
    expect(partial).toContain("Imported 1 task\nNot imported: 3 tasks\n")
    expect(partial).toContain("task Lost: projectId: ")
    expect(await cli.succeed("list --quiet")).toBe("1\n")
  })

  it.each([
    ["it is no JSON", "{\"version\": 1", "It is no JSON"],
    ["it is of a later form", "{\"version\": 2, \"tasks\": []}", "format \"todo\", version 2"],
    ["nobody knows it", "Hello", "is no file that is known by its content"]
  ])("refuse a file when %s", async (_, text, message) => {
    writeFileSync(path("odd"), text)
    const { exitCode, stderr } = await cli.todo(`import ${path("odd")}`)
    expect([exitCode, stderr.includes(message)]).toEqual([2, true])
  })

  it("refuse what says how results are printed where all of them are a file", async () => {
    for (
      const line of [
        "--csv --json",
        "--todotxt --ndjson",
        "--taskwarrior --fields title",
        "--ndjson",
        "--template {{title}}"
      ]
    ) {
      const { exitCode, stderr, stdout } = await cli.todo(`export ${line}`)
      expect({ line, exitCode, stdout }).toEqual({ line, exitCode: 2, stdout: "" })
      expect(stderr).toMatch(/option '--\w+' (?:cannot be used with option|says nothing of an export)/)
    }
    for (const line of ["--csv --quiet", "--json", `--json --csv --output ${path("tasks.csv")}`]) {
      expect(await cli.todo(`export ${line}`)).toMatchObject({ exitCode: 0 })
    }
  })

  it("are written into what is no file, which stays what it is", async () => {
    await cli.add("Pay rent")
    const pipe = path("pipe")
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0)
    const reader = spawn("cat", [pipe], { stdio: ["ignore", "pipe", "inherit"] })
    const read = text(reader.stdout)
    expect((await cli.todo(`export --todotxt --output ${pipe}`)).exitCode).toBe(0)
    expect(await read).toContain("Pay rent")
    expect(statSync(pipe).isFIFO()).toBe(true)
    writeFileSync(path("there"), "")
    symlinkSync(path("there"), path("link"))
    await cli.succeed(`export --todotxt --output ${path("link")}`)
    expect(lstatSync(path("link")).isSymbolicLink()).toBe(true)
    expect(readFileSync(path("there"), "utf8")).toContain("Pay rent")
  })

  it("refuse bytes that are no UTF-8, and files that are not there", async () => {
    writeFileSync(path("latin1.txt"), Buffer.from([0x78, 0x20, 0xe4]))
    expect((await cli.todo(`import ${path("latin1.txt")}`)).stderr).toContain("is not UTF-8")
    const absent = await cli.todo(`import ${path("absent")}`)
    expect([absent.exitCode, absent.stderr.includes("cannot be read")]).toEqual([2, true])
    expect((await cli.todo(`export --output ${path("no/such/folder")}`)).exitCode).toBe(1)
  })
})

describe("an account that is larger than a request", () => {
  const id = (nth: number) => `0198c0de-7a5c-7000-8000-${nth.toString(16).padStart(12, "0")}`

  it("comes in parts, of which what waits for a later one waits for it all the same", async () => {
    const many = 2_600
    const tasks = Array.from({ length: many }, (_, nth) => ({
      id: id(nth),
      number: nth + 1,
      title: `Task ${nth}`,
      description: "x".repeat(100),
      ...nth === 1 ? { parentId: id(0) } : {},
      // What is above it waits for it: so it has to come behind.
      ...nth === 0 ? { blockedBy: [id(1), id(many - 1)] } : {},
      ...nth === many - 1 ? { parentId: id(many - 2) } : {},
      ...nth === many - 2 ? { blockedBy: [id(many - 1)] } : {}
    }))
    const file = path("large.json")
    writeFileSync(file, JSON.stringify({ version: 1, tasks }))
    const text = await cli.succeed(`import ${file}`, { env: { TODO_TIMEOUT: "120" } })
    expect(text).toContain("Imported 2,600 tasks\n`todo undo`, ")
    const exported = JSON.parse(await cli.succeed("export", { env: { TODO_TIMEOUT: "120" } }))
    expect(exported.tasks).toHaveLength(many)
    const blockedBy = new Map(
      exported.tasks.map((task: { id: string; blockedBy: unknown }) => [task.id, task.blockedBy])
    )
    expect(blockedBy.get(id(0))).toEqual([id(1), id(many - 1)])
    expect(blockedBy.get(id(many - 2))).toEqual([id(many - 1)])
    expect(await cli.succeed(`import ${file}`, { env: { TODO_TIMEOUT: "120" } })).toBe("There already: 2,600 tasks\n")
  }, 240_000)
})
