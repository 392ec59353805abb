import { describe, expect, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { taskJson } from "../../src/tasks/TaskOutput.ts"
import { openTask } from "../support/openTask.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const json = async (line: string | ReadonlyArray<string>) => {
  const { exitCode, stderr, stdout } = await cli.todo(line)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
  return JSON.parse(stdout)
}
const tasks = () => cli.account.tasks()
const taskId = (start: string) => start + "0198c0de-7a5c-7000-8000-0000000000a1".slice(start.length)

describe("add", () => {
  it("joins words to a title and says the number", async () => {
    expect(await cli.todo("add Buy milk")).toEqual({ stdout: "Added 1  Buy milk\n", stderr: "", exitCode: 0 })
    expect((await tasks())[0]).toMatchObject({ title: "Buy milk", description: null })
  })

  it("prints the number alone, or the task as JSON", async () => {
    expect((await cli.todo("add one --quiet")).stdout).toBe("1\n")
    const task = await json("add two --json")
    expect(task).toEqual({
      ...taskJson(openTask()),
      id: (await tasks())[1]?.id,
      number: 2,
      title: "two",
      position: expect.stringMatching(/^[0-9a-f]{8}$/),
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      updatedAt: expect.stringMatching(/^\d{4}-.*Z$/)
    })
  })

  it("takes a description, from an option or from stdin", async () => {
    await cli.todo(["add", "a", "-d", "More"])
    await cli.todo(["add", "b", "--description", "-"], { stdin: "Line 1\nLine 2\n" })
    expect((await tasks()).map(({ description }) => description)).toEqual(["More", "Line 1\nLine 2"])
  })

  it("takes a priority, which is shown, changed and removed", async () => {
    await cli.succeed("add a --priority p2")
    await cli.succeed("add b")
    expect((await cli.succeed("list")).split("\n").map((line) => line.split("\t")[4])).toEqual(["", "p2", undefined])
    expect(await cli.succeed("show 1")).toMatch(/^Priority\s+p2$/m)
    await cli.succeed("edit 1 2 -p p1")
    expect((await tasks()).map(({ priority }) => priority)).toEqual(["p1", "p1"])
    await cli.succeed("edit 1 --no-priority")
    expect((await tasks()).map(({ priority }) => priority)).toContain(null)
    expect(await cli.succeed("show 1")).not.toContain("Priority")
    expect(await cli.todo("add c --priority 1")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("p1, p2, p3")
    })
  })

  it("refuses stdin that is not UTF-8: exit code 2", async () => {
    const { exitCode, stderr } = await cli.todo(["add", "a", "-d", "-"], { stdin: Buffer.from([0x61, 0xff]) })
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "error: What came in on stdin is not UTF-8\n" })
  })

  it.skipIf(process.platform !== "linux")("refuses an argument that is not UTF-8: exit code 2", () => {
    const script = "exec \"$0\" \"$1\" add \"$(printf 'caf\\351')\" --json"
    const { status, stderr } = spawnSync("sh", ["-c", script, process.execPath, cli.program.binary], {
      env: { ...cli.program.env },
      encoding: "utf8"
    })
    expect([status, JSON.parse(stderr).error]).toEqual([2, {
      code: "usage",
      message: "The argument caf\ufffd is not UTF-8",
      status: null
    }])
    expect(cli.received).toEqual([])
  })

  it("takes a U+FFFD that was typed", async () => {
    expect(await cli.todo(["add", "caf\ufffd"])).toMatchObject({ exitCode: 0 })
    expect((await tasks())[0]?.title).toBe("caf\ufffd")
  })

  it("says all that is wrong without asking the service: exit code 2", async () => {
    expect(await cli.todo(["add", "  ", "-d", "x".repeat(20_001)])).toEqual({
      stdout: "",
      stderr: "error: title: Expected a title of 1 to 500 characters; " +
        "description: Expected a description of at most 20000 characters\n",
      exitCode: 2
    })
    expect(cli.received).toEqual([])
  })

  it("shows what a terminal would act upon, and sends it as it is", async () => {
    expect((await cli.todo(["add", "\u001b[31mred"])).stdout).toBe("Added 1  ␛[31mred\n")
    expect((await tasks())[0]?.title).toBe("\u001b[31mred")
  })
})

describe("add -", () => {
  it("adds a task for each line of stdin, in order, as one operation", async () => {
    expect(await cli.todo("add - --literal", { stdin: "Buy milk\r\n\n  \n  Call Bob  \n日本" })).toEqual({
      stdout: "Added 1  Buy milk\nAdded 2  Call Bob\nAdded 3  日本\n",
      stderr: "",
      exitCode: 0
    })
    expect(await cli.json("history")).toMatchObject([{ kind: "batch" }])
    expect((await cli.todo("add - --quiet", { stdin: "a\na\n" })).stdout).toBe("4\n5\n")
    expect(await cli.json("history")).toMatchObject([{ kind: "batch" }, { kind: "batch" }])
  })

  it("can be run again with the same key and lines", async () => {
    const run = (stdin: string) => cli.todo("add - --literal --idempotency-key k", { stdin })
    expect((await run(`One\n\n${"x".repeat(501)}\nTwo\n`)).exitCode).toBe(2)
    await run("One\n\n\nTwo\n")
    const again = await run("One\n\nThree\nTwo\n")
    expect(again).toEqual({
      stdout: "Added 1  One\nAdded 3  Three\nAdded 2  Two\n",
      stderr: "",
      exitCode: 0
    })
    expect(await cli.json("list")).toMatchObject([{ title: "Three" }, { title: "Two" }, { title: "One" }])
    expect(await cli.succeed("undo")).toBe("Undone: added 3  Three (now)\n")
    expect(await cli.succeed("undo")).toBe("Undone: added 2 tasks: 1  One, 2  Two (now)\n")
    expect(await cli.json("list")).toEqual([])
    expect(await cli.todo(["add", "-", "--idempotency-key", "x".repeat(256)], { stdin: "\n\nOne" })).toMatchObject({
      stderr: expect.stringMatching(/^error: --idempotency-key takes/),
      exitCode: 2
    })
  })

  it("is an array in JSON, also of one line and of none", async () => {
    const run = async (stdin: string) => JSON.parse((await cli.todo("add - --json", { stdin })).stdout)
    expect(await run("One\n")).toMatchObject([{ number: 1, title: "One" }])
    expect(await run("Two\nThree\n")).toEqual((await cli.json("list")).slice(0, 2).toReversed())
    expect(await run("\n")).toEqual([])
  })

  it("says that nothing came in", async () => {
    const stderr = "Nothing came in on stdin: no task was added.\n"
    expect(await cli.todo("add -", { stdin: "" })).toEqual({ stdout: "", stderr, exitCode: 0 })
    expect(await cli.todo("add - --quiet", { stdin: "\n" })).toEqual({ stdout: "", stderr: "", exitCode: 0 })
  })

  it("tells what is wrong with each line by its number, and adds none", async () => {
    const stdin = Buffer.concat([
      Buffer.from(`One\n${"x".repeat(501)}\n\n`),
      Buffer.from([0x61, 0xff, 0x0a]),
      Buffer.from("Two")
    ])
    for (const words of ["", " --literal"]) {
      expect(await cli.todo(`add -${words}`, { stdin })).toEqual({
        stdout: "",
        stderr: "error: Line 2: title: Expected a title of 1 to 500 characters\n" +
          "error: Line 4: What came in on stdin is not UTF-8\nNothing was added.\n",
        exitCode: 2
      })
      expect(await tasks()).toEqual([])
    }
    expect(await cli.json("history")).toEqual([])
    // Mended and run again, each is there once.
    expect((await cli.todo("add -", { stdin: "One\nOther\nTwo\n" })).stdout).toBe(
      "Added 1  One\nAdded 2  Other\nAdded 3  Two\n"
    )
    expect(await tasks()).toHaveLength(3)
    expect(JSON.parse((await cli.todo("add - --json", { stdin: `${"x".repeat(501)}\n` })).stderr)).toEqual({
      error: {
        code: "invalid_input",
        message: "Line 1: title: Expected a title of 1 to 500 characters",
        status: null
      }
    })
  })

  it("adds none where the service refuses one, and says which", async () => {
    cli.instead = ({ url }) =>
      url.endsWith("/batch") ?
        {
          status: 422,
          body: { code: "cycle", detail: "Not that", index: 1, path: ["blockedBy"] }
        } :
        undefined
    const { exitCode, stderr, stdout } = await cli.todo("add - --literal", { stdin: "One\n\nTwo\nThree\n" })
    expect([exitCode, stdout]).toEqual([2, ""])
    expect(stderr).toMatch(/^error: Line 3: .*\nNothing was added\.\n$/)
    expect(await tasks()).toEqual([])
  })

  it("adds by a key what was not there, and refuses what another line has become, with all others", async () => {
    const run = (stdin: string) => cli.todo("add - --literal --idempotency-key k", { stdin })
    expect((await run("One\nTwo\n")).exitCode).toBe(0)
    expect(await run("One\nTwo\nThree\n")).toMatchObject({
      exitCode: 0,
      stdout: "Added 1  One\nAdded 2  Two\nAdded 3  Three\n"
    })
    expect(await run("One\nOther\nThree\nFour\n")).toMatchObject({
      exitCode: 5,
      stdout: "",
      stderr: expect.stringMatching(/^error: Line 2: /)
    })
    expect(await tasks()).toHaveLength(3)
  })

  it("stops where the rest would fail as well, and says at which line", async () => {
    await cli.todo("logout")
    expect(await cli.todo("add -", { stdin: "\nOne\nTwo\n" })).toEqual({
      stdout: "",
      stderr: `error: Line 2: You are not signed in at ${cli.url}\n` +
        "Sign in with `todo login`, make an account with `todo signup`, or set TODO_TOKEN.\n" +
        "What stands below line 2 was not tried.\n",
      exitCode: 4
    })
  })
})

describe("what is missing where there is no terminal", () => {
  it.each([
    ["add", "argument 'title'"],
    ["add -d x", "argument 'title'"],
    ["show", "argument 'ref'"],
    ["done", "argument 'ref'"],
    ["reopen", "argument 'ref'"],
    ["edit --title x", "argument 'ref'"],
    ["edit", "argument 'ref'"],
    ["rm --yes", "argument 'ref'"],
    ["restore", "argument 'ref'"],
    ["trash rm --yes", "argument 'ref'"],
    ["token create", "option '--name <name>'"],
    ["token revoke", "argument 'token'"],
    ["sessions end", "argument 'id'"],
    ["account change-name", "argument 'name'"]
  ])("todo %s: exit code 2, and nothing is asked", async (line, missing) => {
    expect(await cli.todo(line)).toEqual({
      stdout: "",
      stderr: `error: missing required ${missing}\nThere is no terminal to ask on.\n`,
      exitCode: 2
    })
    expect(JSON.parse((await cli.todo(`${line} --json`)).stderr).error.code).toBe("usage")
    expect(cli.received).toEqual([])
  })
})

describe("list", () => {
  it("shows what is open, newest first; where there is no terminal with tabs between columns, whole and without colors", async () => {
    const one = await cli.account.addTask("One")
    const done = await cli.account.addTask("Done", { completed: true })
    const three = await cli.account.addTask("日本")
    expect(await cli.todo("list")).toEqual({
      stdout: `3\topen\t日本\t${three.createdAt}\t\t\t\t\n1\topen\tOne\t${one.createdAt}\t\t\t\t\n`,
      stderr: "",
      exitCode: 0
    })
    expect((await cli.todo("list --done")).stdout).toBe(`2\tdone\tDone\t${done.createdAt}\t\t\t\t\n`)
    expect((await cli.todo("ls --all --quiet")).stdout).toBe("3\n2\n1\n")
    expect((await cli.todo("list --done --quiet")).stdout).toBe("2\n")
  })

  it("is an array in JSON, of the same tasks", async () => {
    await cli.account.addTask("One")
    await cli.account.addTask("Two", { completed: true })
    expect((await json("list --json")).map(({ title }: { readonly title: string }) => title)).toEqual(["One"])
    expect(await json("list --all --json")).toHaveLength(2)
  })

  it("follows every page, or stops at the limit", async () => {
    await cli.account.addTasks(Array.from({ length: 450 }, (_, index) => `Task ${index + 1}`))
    expect((await cli.todo("list --quiet")).stdout.trim().split("\n")).toHaveLength(450)
    cli.received.length = 0
    expect((await cli.todo("list --quiet --limit 201")).stdout.trim().split("\n")).toHaveLength(201)
    expect(cli.received.map(({ url }) => url)).toEqual([
      "/api/v1/tasks?completed=false&limit=200",
      expect.stringMatching(/^\/api\/v1\/tasks\?completed=false&limit=2&cursor=.+/)
    ])
  })

  it("of nothing is empty, with a hint for people", async () => {
    expect(await cli.todo("list")).toEqual({
      stdout: "",
      stderr: "Nothing to do. `todo add` adds a task; `todo list --all` shows what is done, too.\n",
      exitCode: 0
    })
    expect(await json("list --json")).toEqual([])
    expect((await cli.todo("list --quiet")).stderr).toBe("")
  })

  it("has colors when they are forced", async () => {
    await cli.account.addTask("One")
    expect((await cli.todo("list", { env: { FORCE_COLOR: "1" } })).stdout).toContain("\u001b[")
    expect((await cli.todo("list --no-color", { env: { FORCE_COLOR: "1" } })).stdout).not.toContain("\u001b[")
  })
})

describe("show", () => {
  it("prints all of a task", async () => {
    const { completedAt, createdAt, id, updatedAt } = await cli.account.addTask("Buy\u001b[2J milk", {
      description: "Oat\nTwo\u0007",
      completed: true
    })
    expect((await cli.todo("show 1")).stdout).toBe([
      "1  Buy␛[2J milk",
      "State      done",
      `Created    ${createdAt}`,
      `Changed    ${updatedAt}`,
      `Completed  ${completedAt}`,
      `Id         ${id}`,
      "",
      "Oat",
      "Two␇",
      ""
    ].join("\n"))
  })

  it("prints one task as an object, several as an array", async () => {
    await cli.account.addTask("One")
    await cli.account.addTask("Two")
    expect(await json("show 1 --json")).toMatchObject({ number: 1, title: "One" })
    expect(await json("show 2 1 --json")).toMatchObject([{ number: 2 }, { number: 1 }])
    expect((await cli.todo("show 2 1 --quiet")).stdout).toBe("2\n1\n")
  })
})

describe("show of several", () => {
  it("has an empty line between them, also where one is not there", async () => {
    for (const title of ["One", "Two"]) await cli.account.addTask(title)
    const whole = (await cli.todo("show 1 2")).stdout
    expect(whole).toMatch(/\nId .*\n\n2 {2}Two\n/)
    expect((await cli.todo("show 1 7 2")).stdout).toBe(whole)
  })
})

describe("references", () => {
  it("are a number, an id, or the beginning of one", async () => {
    const { id } = await cli.account.addTask("One", { id: taskId("0198c0de-7a5c") })
    for (const ref of ["1", "#1", id, id.toUpperCase(), "0198c0", "0198c0de-7a5c", "0198C0DE7A5C"]) {
      expect(await json(["show", ref, "--json"])).toMatchObject({ id })
    }
  })

  it("of digits are the beginning of an id where there is no such number", async () => {
    await cli.account.addTask("By id", { id: taskId("12345678") })
    expect(await json("show 123456 --json")).toMatchObject({ title: "By id" })
  })

  it("that could mean several tasks are refused with the candidates: exit code 2", async () => {
    const ids = [taskId("0198c0de-1"), taskId("0198c0de-2")]
    for (const id of ids) await cli.account.addTask("x", { id })
    const { exitCode, stderr } = await cli.todo("rm 0198c0de")
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`0198c0de is the beginning of 2 ids: ${ids[1]} (2  x), ${ids[0]} (1  x)`)
    expect(await tasks()).toHaveLength(2)
  })

  it("are refused with no more than ten candidates", async () => {
    for (let digit = 0; digit < 12; digit++) {
      await cli.account.addTask("x", { id: taskId(`0198c0de-${digit.toString(16)}`) })
    }
    expect((await cli.todo("show 0198c0de")).stderr).toMatch(
      / is the beginning of 12 ids: (?:\S+ \(\d+ {2}x\),? ){10}and 2 more\n/
    )
  })

  it.each(["99", "abcdef", "0198c0de-7a5c-7000-8000-0000000000ff"])("to no task, as %s: exit code 3", async (ref) => {
    const { exitCode, stderr } = await cli.todo(`show ${ref} --json`)
    expect(exitCode).toBe(3)
    expect(JSON.parse(stderr).error.code).toBe("task_not_found")
  })

  it("that no task is like: exit code 3", async () => {
    expect(await cli.todo("show milk")).toMatchObject({
      stderr: "error: There is no task like \"milk\"\n`todo list --all` lists them.\n",
      exitCode: 3
    })
  })

  it("do not reach another user's tasks", async () => {
    const other = await cli.another()
    const { id } = await other.addTask("Bob's")
    expect(await cli.todo(`show ${id}`)).toMatchObject({ exitCode: 3, stdout: "" })
  })
})

describe("done and reopen", () => {
  it("mark tasks and say so", async () => {
    await cli.account.addTask("One")
    await cli.account.addTask("Two")
    expect((await cli.todo("done 1 2")).stdout).toBe("Done 1  One\nDone 2  Two\n")
    expect((await tasks()).map(({ completed }) => completed)).toEqual([true, true])
    expect((await cli.todo("reopen 2")).stdout).toBe("Reopened 2  Two\n")
    expect(await json("reopen 1 --json")).toMatchObject({ number: 1, completed: false, completedAt: null })
  })

  it("do each task once, however often it is named", async () => {
    const { id } = await cli.account.addTask("One")
    expect((await cli.todo(["done", "1", "#1", id])).stdout).toBe("Done 1  One\n")
    expect((await tasks())[0]?.version).toBe(2)
  })

  it("go on after a failure, report each, and end with the code of the first", async () => {
    await cli.account.addTask("One")
    expect(await cli.todo("done 7 1 milk")).toEqual({
      stdout: "Done 1  One\n",
      stderr: "error: There is no task 7\n`todo list --all` lists them.\n" +
        "error: There is no task like \"milk\"\n`todo list --all` lists them.\n",
      exitCode: 3
    })
    const { exitCode, stderr, stdout } = await cli.todo("done milk 7 --json")
    expect(JSON.parse(stdout)).toEqual([])
    expect(stderr.trim().split("\n").map((line) => JSON.parse(line).error.code)).toEqual([
      "task_not_found",
      "task_not_found"
    ])
    expect(exitCode).toBe(3)
  })

  it("do not try the rest when nobody is signed in", async () => {
    await cli.todo("logout")
    const { exitCode, stderr } = await cli.todo("done 1 2 3 --json")
    expect(stderr.trim().split("\n")).toHaveLength(1)
    expect(exitCode).toBe(4)
  })
})

describe("edit", () => {
  it("changes what is given and nothing else", async () => {
    await cli.account.addTask("One", { description: "D" })
    expect((await cli.todo(["edit", "1", "--title", "Uno"])).stdout).toBe("Changed 1  Uno\n")
    expect((await tasks())[0]).toMatchObject({ title: "Uno", description: "D" })
    await cli.todo("edit 1 -d -", { stdin: "From stdin\n" })
    expect((await tasks())[0]).toMatchObject({ title: "Uno", description: "From stdin" })
    expect(await json("edit 1 --no-description --json")).toMatchObject({ title: "Uno", description: null })
  })

  it("checks before it sends: exit code 2", async () => {
    await cli.account.addTask("One")
    expect(await cli.todo(["edit", "1", "--title", " "])).toMatchObject({
      stderr: "error: title: Expected a title of 1 to 500 characters\n",
      exitCode: 2
    })
    expect(cli.received).toEqual([])
  })

  it("takes no empty stdin for a description: exit code 2", async () => {
    await cli.account.addTask("One", { description: "D" })
    expect(await cli.todo("edit 1 -d -")).toEqual({
      stdout: "",
      stderr: "error: The description on stdin is empty\n--no-description removes the one there is.\n",
      exitCode: 2
    })
    expect((await tasks())[0]).toMatchObject({ description: "D" })
  })

  it("needs to be told what to change where there is no terminal: exit code 2", async () => {
    expect(await cli.todo("edit 1")).toMatchObject({
      stderr: "error: Nothing to change: say what, as with --title or --due\n" +
        "There is no terminal to ask on.\n`todo help edit` lists all of it.\n",
      exitCode: 2
    })
  })
})

describe("rm", () => {
  it("deletes without asking where there is no terminal", async () => {
    const ids = [(await cli.account.addTask("One")).id, (await cli.account.addTask("Two")).id]
    expect((await cli.todo("rm 1")).stdout).toBe("Deleted 1  One\n")
    expect(await json("rm 2 --json")).toEqual({ deleted: [{ id: ids[1], number: 2 }] })
    expect(await tasks()).toEqual([])
  })

  it("of what is gone: exit code 3, and no result", async () => {
    expect(await cli.todo("rm 7 --quiet")).toMatchObject({ stdout: "", exitCode: 3 })
  })
})

it("todo alone is what there is to do, in a pipe as well", async () => {
  await cli.succeed("add Later")
  await cli.succeed("add Sooner --due 2026-10-01")
  const lines = (await cli.succeed([])).split("\n")
  expect(lines.map((line) => line.split("\t")[2])).toEqual(["Sooner", "Later", undefined])
  expect(JSON.parse(await cli.succeed(["--json"]))).toMatchObject([{ title: "Sooner" }, { title: "Later" }])
  expect(await cli.succeed(["-q"])).toBe("2\n1\n")
})
