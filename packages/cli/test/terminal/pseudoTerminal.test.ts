import { beforeEach, describe, expect, it } from "@effect/vitest"
import { password } from "../support/Account.ts"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal, type Typing } from "../support/Terminal.ts"

const cli = useService()

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const enter = "\r"
const down = "\u001b[B"
/** Deletes what has been typed. */
const again = "\u0015"

/** What somebody sees, and how it ended. */
const todo = async (line: string, typing: Typing = [], { pager = "", rows = 24 } = {}) => {
  const env = { TZ: "Asia/Kathmandu", NO_COLOR: "1", PAGER: pager }
  const { exitCode, text } = await onTerminal(cli.program, line, { env, rows, typing })
  return { exitCode, text }
}

describe.skipIf(!hasTerminals)("on a terminal", () => {
  describe("signed out", () => {
    beforeEach(() => cli.signOut())

    it("todo alone says how to begin", async () => {
      expect(await todo("")).toEqual({
        text: `todo signup  make an account at ${cli.url}\n` +
          "todo login   sign in, if you have one\ntodo help    everything else\n",
        exitCode: 0
      })
    })

    it.each([
      ["signup --name Ada", "Missing --email, --password-stdin"],
      ["add", "missing required argument 'title'"]
    ])("with --no-input names that as the cause: todo %s", async (line, missing) => {
      expect(await todo(`${line} --no-input`)).toEqual({
        text: `error: ${missing}\nNothing is asked with --no-input.\n`,
        exitCode: 2
      })
    })

    it("signup says what is wrong with each answer before it asks the next", async () => {
      const email = `ada-${crypto.randomUUID()}@example.com`
      const { exitCode, text } = await todo("signup", [
        ["Name", `Ada${enter}`],
        ["Email", `not-an-address${enter}`],
        ["Expected an address such as ada@example.com", `${again}${email}${enter}`],
        ["Password", `short${enter}`],
        ["Expected a password of 8 to 128 characters", `${again}${password}${enter}`],
        ["Password, once more", `${password}${enter}`],
        ["Signed in", ""]
      ])
      expect(text).toContain(`Signed in at ${cli.url} as Ada <${email}>`)
      expect(exitCode).toBe(0)
      expect(cli.received.filter(({ url }) => url.includes("sign-up"))).toHaveLength(1)
    })
  })

  describe("signed in", () => {
    const tasks = () => cli.account.tasks()

    it("todo alone lists what can be done, with how many", async () => {
      await cli.account.addTask("One")
      await cli.account.addTask("Two")
      await cli.account.addTask("Three", { completed: true })
      expect(await todo("")).toEqual({ text: "Next (2)\n1  ○  One  now\n2  ○  Two  now\n2 open\n", exitCode: 0 })
      expect((await todo("list --all")).text).toMatch(/\n2 open, 1 done\n$/)
      expect((await todo("list --done")).text).toMatch(/\n1 done\n$/)
    })

    it("todo alone has what matters most at the top, as much as is on the screen, and nothing of what is archived", async () => {
      const tasks = [
        "One",
        `Two --due ${dayAfter(4)}`,
        `Three --due ${dayAfter(3)} -p p1`,
        "Four --project Work"
      ]
      await cli.succeed("project add Work")
      await cli.succeed("project add Below --parent Work")
      for (const line of tasks) await cli.succeed(`add ${line}`)
      await cli.succeed(`add Five --project Below --due ${dayAfter(3)}`)
      expect((await todo("")).text.split("\n").map((line) => line.replace(/ {2}.*$/, ""))).toEqual(
        [
          "Next (5)",
          "3",
          "5",
          "2",
          "1",
          "4",
          "5 open · 3 in the next 7 days: todo upcoming · 3 in the Inbox: todo inbox",
          ""
        ]
      )
      expect((await todo("", [], { rows: 6 })).text).toMatch(
        /^Next \(3\)\n3 {2}[^\n]*\n5 {2}[^\n]*\n2 {2}[^\n]*\n5 open · .*\ntodo list has all\n$/
      )
      await cli.succeed("project archive Work")
      expect((await todo("")).text).toMatch(
        /^Next \(3\)\n3 {2}○ {2}p1 {2}Three {2}\w+\n2 {2}○ {6}Two {4}\w+\n1 {2}○ {6}One\n3 open · 2 in the next 7 days: todo upcoming\n$/
      )
    })

    it("a list longer than the screen says where the newest are", async () => {
      await cli.account.addTasks(Array.from({ length: 9 }, (_, index) => `Task ${index + 1}`))
      expect((await todo("list", [], { rows: 10 })).text).toMatch(
        /\n9 open, newest first; --limit 8 fits the screen\n$/
      )
      expect((await todo("list", [], { rows: 11 })).text).toMatch(/\n9 open\n$/)
    })

    it("a list longer than the screen is looked through in a pager", async () => {
      await cli.account.addTasks(Array.from({ length: 9 }, (_, index) => `Task ${index + 1}`))
      const marked = async (line: string, pager: string) =>
        (await todo(line, [], { rows: 10, pager })).text.split("\n").filter((line) => line.startsWith("P:")).length
      expect(await marked("list", "sed s/^/P:/")).toBe(10)
      expect(await marked("list --limit 8", "sed s/^/P:/")).toBe(0)
      expect(await marked("list --no-pager", "sed s/^/P:/")).toBe(0)
      expect(await marked("list --json", "sed s/^/P:/")).toBe(0)
      // One that is not there, and one that ends before it has read all.
      expect((await todo("list", [], { rows: 10, pager: "no-such-pager" })).text).toContain("9 open\n")
      expect(await todo("list", [], { rows: 10, pager: "true" })).toMatchObject({ exitCode: 0 })
      const { exitCode, text } = await todo("list", [[":", "q"]], { rows: 10, pager: "less" })
      expect(text).toContain("9  ○  Task 9")
      expect(exitCode).toBe(0)
    })

    it("show has local times and ages", async () => {
      const { completedAt, createdAt } = await cli.account.addTask("One", { completed: true })
      // Of Kathmandu, a quarter of an hour off.
      const local = (time: string | null) => {
        const date = new Date(Date.parse(time ?? "") + 345 * 60_000).toUTCString()
        const [, day, month, year, clock] = date.split(" ")
        return `${Number(day)} ${month} ${year}, ${clock?.slice(0, 5)} (now)`
      }
      const { text } = await todo("show 1")
      expect(text).toContain(`\nCreated    ${local(createdAt)}\n`)
      expect(text).toContain(`\nCompleted  ${local(completedAt)}\n`)
      expect((await cli.todo("show 1")).stdout).toContain(`Created    ${createdAt}\n`)
    })

    it("add without a title asks for it, until it is one", async () => {
      const { exitCode, text } = await todo("add", [
        ["What is to be done?", `${"x".repeat(501)}${enter}`],
        ["Expected a title of 1 to 500 characters", `${again}Buy milk${enter}`]
      ])
      expect(text).toMatch(/\nAdded 1 {2}Buy milk\n$/)
      expect(exitCode).toBe(0)
      expect(await tasks()).toMatchObject([{ title: "Buy milk" }])
    })

    it("-d - says that a description is waited for, and takes none that is empty", async () => {
      await cli.account.addTask("One", { description: "D" })
      const asked = "The description, of as many lines as you like; Ctrl-D ends."
      expect((await todo("edit 1 -d -", [[asked, "\u0004"]])).exitCode).toBe(2)
      expect((await tasks())[0]).toMatchObject({ description: "D" })
      expect((await todo("add Two -d -", [[asked, "E\nF\n\u0004"]])).exitCode).toBe(0)
      expect(await tasks()).toMatchObject([{ description: "D" }, { title: "Two", description: "E\nF" }])
    })

    it("done without a ref lets one pick, by typing or by moving", async () => {
      for (const title of ["One", "Two", "Three"]) await cli.account.addTask(title)
      expect((await todo("done", [["Which task is done?", "tw"], ["2  Two", enter]])).text).toMatch(
        /\nDone 2 {2}Two\n$/
      )
      expect((await todo("done", [["Which task is done?", `${down}`], ["1  One", enter]])).text)
        .toMatch(/\nDone 1 {2}One\n$/)
      expect((await todo("reopen", [["Which task is open again?", enter]])).exitCode).toBe(0)
    })

    it("Enter picks nothing where nothing has what was typed", async () => {
      for (const title of ["One", "Two"]) await cli.account.addTask(title)
      const { exitCode, text } = await todo("done", [
        ["Which task is done?", "zzzz"],
        ["No matches found", enter],
        ["Delete some of it", `${again}one`],
        ["1  One", enter]
      ])
      expect(text).toMatch(/\nDone 1 {2}One\n$/)
      expect(exitCode).toBe(0)
      expect((await todo("show", [["Which task?", "zzzz"], ["No matches found", `${enter}\u0003`]])).exitCode).toBe(130)
    })

    it("what is done and what fails is told in order", async () => {
      for (const title of ["One", "Two"]) await cli.account.addTask(title)
      const { exitCode, text } = await todo("done 2 7 1")
      expect(text).toBe(
        "Done 2  Two\nerror: There is no task 7\n`todo list --all` lists them.\nDone 1  One\n"
      )
      expect(exitCode).toBe(3)
    })

    it("done where nothing is open says so", async () => {
      const { exitCode, text } = await todo("done")
      expect(text).toMatch(/^Nothing to do\./)
      expect(exitCode).toBe(0)
    })

    it("rm asks once for all, and says what it kept", async () => {
      await cli.account.addTask("One")
      await cli.account.addTask("Two")
      const kept = await todo("rm 2 1 2", [["Delete these 2 tasks?", "n"]])
      expect(kept.text).toMatch(/^Delete 2 {2}Two\nDelete 1 {2}One\n/)
      expect(kept.text).toMatch(/\nKept 2 {2}Two\nKept 1 {2}One\n$/)
      expect(kept.exitCode).toBe(0)
      expect(await tasks()).toHaveLength(2)
      const deleted = await todo("rm 2 7 1", [["Delete these 2 tasks?", "y"]])
      expect(deleted.text).toMatch(/^error: There is no task 7\n/)
      expect(deleted.text).toMatch(
        /\nDeleted 2 {2}Two\nDeleted 1 {2}One\nIn the trash for 30 days: `todo undo` or `todo restore <ref>` brings them back/
      )
      expect(deleted.exitCode).toBe(3)
      expect(await tasks()).toEqual([])
    })

    it("rm of one asks with its name, and Enter alone keeps it", async () => {
      await cli.account.addTask("One")
      const { text } = await todo("rm 1", [["Delete 1  One?", enter]])
      expect(text).toMatch(/\nKept 1 {2}One\n$/)
    })

    it("Ctrl-C at a question ends with 130 and does nothing", async () => {
      await cli.account.addTask("One")
      expect((await todo("rm 1", [["Delete 1  One?", "\u0003"]])).exitCode).toBe(130)
      expect(await tasks()).toHaveLength(1)
    })
  })
})
