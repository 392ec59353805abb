import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const apply = (file: string) => cli.todo("apply -f -", { stdin: file })

const circle = "It is an alias of what it stands in\n"

describe("an alias of todo apply", () => {
  it.each([
    ["a list", "tasks: &t\n  - externalId: a\n    title: x\n    tasks: *t\n", "4:12: tasks[0].tasks"],
    ["a task", "tasks:\n  - &t\n    externalId: a\n    title: x\n    tasks: [*t]\n", "5:13: tasks[0].tasks[0]"],
    ["what is kept with a task", "tasks:\n  - externalId: a\n    extra: &e { b: *e }\n", "3:20: tasks[0].extra.b"],
    ["the document", "&d\ntasks: []\nset: *d\n", "3:6: set"],
    ["JSON's kind of list", "tasks: &t [ { externalId: a, after: &n [ *n ] } ]\n", "1:42: tasks[0].after[0]"]
  ])("is refused by its line and path where %s holds itself", async (_, file, place) => {
    expect(await apply(file)).toMatchObject({ exitCode: 2, stdout: "", stderr: `error: stdin:${place}: ${circle}` })
    expect(cli.received).toEqual([])
  })

  it("tells all that hold themselves, of each document, beside what else is wrong", async () => {
    const { exitCode, stderr } = await apply(
      "tasks: &t\n  - { externalId: a, tasks: *t }\n  - { externalId: b, tasks: *t }\n---\ntasks: [{}]\n"
    )
    expect(exitCode).toBe(2)
    expect(stderr).toBe(
      `error: stdin:2:29: tasks[0].tasks: ${circle}stdin:3:29: tasks[1].tasks: ${circle}` +
        "stdin:5:9: tasks[0]: There is no externalId\n"
    )
  })

  it("stands for the same thing twice", async () => {
    const file = "tasks:\n  - { externalId: a, title: A, tags: &t [x] }\n  - { externalId: b, title: B, tags: *t }\n"
    expect((await apply(file)).exitCode).toBe(0)
    expect((await cli.account.tasks()).map(({ tags }) => tags)).toEqual([["x"], ["x"]])
  })
})
