import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { fieldsOf, templateOf } from "../../src/format/Format.ts"
import { linesIn, unknownIn } from "../../src/terminal/FormattedLines.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

describe("formats", () => {
  it("are read or refused", () => {
    expect(fieldsOf("number, due.date")).toEqual(["number", "due.date"])
    for (const text of ["", ",", "a,", ".a", "a..b", "a."]) expect(fieldsOf(text)).toBeUndefined()
    expect(templateOf("{{number}}\\t{{ due.date }}\\\\n")).toEqual([
      { path: "number" },
      { text: "\t" },
      { path: "due.date" },
      { text: "\\n" }
    ])
    for (const text of ["{{a", "a}}", "{{}}", "{{ a b }}", "{{a}} {{", "", "{title}"]) {
      expect(templateOf(text)).toBeUndefined()
    }
  })

  it("print any text on one line, whatever it has", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (title) => {
      const [line = "", ...more] = linesIn([{ title, tags: [title] }], { kind: "fields", fields: ["title", "tags"] })
      expect(more).toEqual([])
      expect(line).not.toMatch(/[\n\r]/)
      expect(line.split("\t")).toHaveLength(2)
      const [json = ""] = linesIn([{ title }], { kind: "ndjson", fields: undefined })
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ title })))
    }))
  })

  it("do not look into what a value inherits", () => {
    const format = { kind: "fields", fields: ["constructor", "title.length", "__proto__"] } as const
    expect(unknownIn([{ title: "x" }], format)).toEqual(["constructor", "title.length", "__proto__"])
    expect(linesIn({ title: "x" }, format)).toEqual(["\t\t"])
  })
})

describe("results for programs", () => {
  it("are a line for each thing, or the members that are named", async () => {
    await cli.add("One", "Two")
    await cli.succeed("edit 1 --due 2999-01-05 --tag a --tag b")
    const lines = (await cli.succeed("list --ndjson")).trimEnd().split("\n").map((line) => JSON.parse(line))
    expect(lines).toEqual(await cli.json("list"))
    expect(await cli.succeed("list --fields number,title,due.date,tags")).toBe("2\tTwo\t\t\n1\tOne\t2999-01-05\ta,b\n")
    expect(await cli.json("list --fields number,due.date")).toEqual([
      { number: 2, due: { date: null } },
      { number: 1, due: { date: "2999-01-05" } }
    ])
    expect(await cli.succeed("list --ndjson --fields title")).toBe("{\"title\":\"Two\"}\n{\"title\":\"One\"}\n")
    expect(await cli.succeed(["list", "--template", "{{number}}: {{title}}\\t{{due.date}}"])).toBe(
      "2: Two\t\n1: One\t2999-01-05\n"
    )
    // What a command has changed, too.
    expect(await cli.succeed(["done", "1", "2", "--template", "{{number}} {{completed}}"])).toBe("1 true\n2 true\n")
    expect(await cli.succeed(["add", "Three", "--fields", "number"])).toBe("3\n")
    expect(await cli.succeed("history --limit 1 --fields kind")).toBe("task.create\n")
  })

  it("say what no thing has: exit code 2", async () => {
    await cli.add("One")
    expect(await cli.todo("list --fields number,titel")).toEqual({
      stdout: "",
      stderr: "error: No member is called titel\n`--json` shows all there are.\n",
      exitCode: 2
    })
    for (
      const line of [
        "list --json --fields title,bogus",
        "list --ndjson --fields title,tags.bogus",
        "show 1 --fields bogus"
      ]
    ) {
      expect(await cli.todo(line)).toMatchObject({ stdout: "", exitCode: 2 })
    }
    for (const template of ["{{bogus}}", "{{title}} {{bogus}}", "{{title.length}}"]) {
      expect(await cli.todo(["list", "--template", template])).toMatchObject({
        stdout: "",
        stderr: expect.stringContaining("No member is called"),
        exitCode: 2
      })
    }
    expect(JSON.parse((await cli.todo("list --ndjson --fields x")).stderr).error.code).toBe("usage")
    // Of nothing nobody knows.
    expect(await cli.todo("list @none --fields number")).toMatchObject({ stdout: "", exitCode: 0 })
    expect(await cli.todo("list --fields due.date")).toMatchObject({ stdout: "\n", exitCode: 0 })
  })

  it.each([
    ["list --fields ,", "--fields takes names"],
    ["list --template {title}", "--template has no member, or a {{ or a }} alone"],
    ["list --template {{a", "--template has no member, or a {{ or a }} alone"],
    ["list --json --ndjson", "cannot be used with"],
    ["list --quiet --fields number", "cannot be used with"],
    ["list --template x --json", "cannot be used with"]
  ])("are refused: todo %s", async (line, message) => {
    const { exitCode, stderr, stdout } = await cli.todo(line)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
    expect(stderr).toContain(message)
  })
})
