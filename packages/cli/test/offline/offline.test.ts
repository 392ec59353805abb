import { beforeEach, describe, expect, it } from "@effect/vitest"
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { RunOptions } from "../support/Cli.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

/** A command that queues, as on a terminal. */
const todo = (line: string | ReadonlyArray<string>, options: RunOptions = {}) =>
  cli.todo(line, { ...options, env: { TODO_QUEUE: "1", ...options.env } })

/** What it prints, where it has to succeed. */
const said = async (line: string | ReadonlyArray<string>, options?: RunOptions): Promise<string> => {
  const { exitCode, stderr, stdout } = await todo(line, options)
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
  return stdout + stderr
}

/** Nothing comes to the service from now on. */
const goOffline = () => {
  cli.instead = () => "request"
}
const comeBack = () => {
  cli.instead = () => undefined
}

const titles = async () => (await cli.account.tasks()).map(({ title }) => title)

const queue = async () => JSON.parse(await said("queue --json"))

const away = "(the service cannot be reached; it is sent when it is back)"

beforeEach(() => comeBack())

describe("without the service", () => {
  it("a write is queued, and is sent before the next command", async () => {
    goOffline()
    expect(await todo("add Buy milk")).toEqual({
      exitCode: 0,
      stderr: "",
      stdout: `Queued  +1  Buy milk ${away}\n`
    })
    expect(await titles()).toEqual([])
    comeBack()
    expect(await said("list")).toMatch(/Buy milk\t.*\nSent 1 queued write\n {2}\+1 is 1 {2}Buy milk\n/)
    expect(await titles()).toEqual(["Buy milk"])
    expect(await queue()).toEqual([])
  })

  it("scripts fail as ever, unless they say that they queue", async () => {
    goOffline()
    const outcomes = [await cli.todo("add Buy milk"), await todo("add Buy milk --no-queue"), await cli.todo("list")]
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([7, 7, 7])
    expect(outcomes[1]!.stderr).toMatch(/^error: Cannot reach /)
    expect((await todo("add a", { env: { TODO_QUEUE: "0" } })).exitCode).toBe(7)
    expect((await todo("add a", { env: { TODO_QUEUE: "yes" } })).exitCode).toBe(2)
    comeBack()
    expect(await queue()).toEqual([])
  })

  it("reads show what was last known and say as of when, in JSON too, and what is queued", async () => {
    await cli.add("Pay rent")
    const online = await todo("list --json")
    const plain = await todo("list")
    goOffline()
    await said("add Buy milk")
    const json = await todo("list --json")
    expect(json).toEqual({
      exitCode: 0,
      stdout: online.stdout,
      stderr: expect.stringMatching(/^As of \d+ [A-Z][a-z]{2} \d\d:\d\d: the service cannot be reached\n$/)
    })
    expect(await todo("list")).toEqual({
      exitCode: 0,
      stdout: `${plain.stdout}Queued  +1  Buy milk\n`,
      stderr: json.stderr
    })
    // What was never asked is not known.
    expect(await todo("list p1")).toMatchObject({ exitCode: 7, stdout: "" })
  })

  it("a task is shown as far as it is known", async () => {
    await cli.add("Pay rent")
    await said("list")
    goOffline()
    expect(await said("show 1")).toMatch(
      /^1 {2}Pay rent\nState .*\nThe tasks around it and its comments are not known here without the service\.\n/s
    )
    expect((await todo("show 1 --json")).exitCode).toBe(7)
  })

  it("tasks are named by the numbers that they had, and new ones by their signs; all is done in order", async () => {
    await cli.add("Pay rent", "Call Bob")
    await said("list")
    goOffline()
    expect(await said("done 1")).toBe(`Queued  done 1 ${away}\n`)
    await said("add Buy milk")
    await said("edit +1 --title Oats")
    await said("add Buy bread")
    await said("done +2 2")
    expect(await todo("done +7")).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("+7") })
    expect((await queue()).map(({ command }: { command: string }) => command)).toEqual([
      "done 1",
      "add Buy milk",
      "edit +1 --title Oats",
      "add Buy bread",
      "done +2 2"
    ])
    comeBack()
    await said("queue send")
    expect((await cli.account.tasks()).map(({ completed, title }) => [title, completed])).toEqual([
      ["Pay rent", true],
      ["Call Bob", true],
      ["Oats", false],
      ["Buy bread", true]
    ])
    expect(await queue()).toEqual([])
  })

  it("lines of stdin are queued as they are, to be read when they are sent", async () => {
    goOffline()
    expect(await said("add -", { stdin: "Pack tomorrow\n  passports @travel\n" })).toBe(
      `Queued  +1  Pack tomorrow\nQueued  +2  passports @travel ${away}\n`
    )
    expect(await said("add - --literal", { stdin: "Buy milk\nBuy bread\n" })).toContain("Queued  +4  Buy bread")
    comeBack()
    await said("queue send")
    const [pack, passports, ...others] = await cli.account.tasks()
    expect(passports).toMatchObject({ title: "passports", parentId: pack!.id, tags: ["travel"] })
    expect(others.map(({ title }) => title)).toEqual(["Buy milk", "Buy bread"])
  })

  it("one command waits for a service that says nothing, and the next do not; `queue send` asks", async () => {
    cli.instead = () => "all"
    const env = { TODO_TIMEOUT: "1" }
    await said("add first", { env })
    const { length } = cli.received
    expect(length).toBeGreaterThan(0)
    await said("add second", { env })
    expect(cli.received).toHaveLength(length)
    expect(await todo("queue send", { env })).toMatchObject({
      exitCode: 7,
      stderr: expect.stringContaining("did not answer within 1 s")
    })
    comeBack()
    await said("queue send")
    expect(await titles()).toEqual(["first", "second"])
  })

  it("a folder in which nothing can be written is told, and nothing counts as queued", async () => {
    goOffline()
    const folder = join(cli.program.configDirectory, "offline")
    writeFileSync(folder, "")
    expect(await todo("add Buy milk")).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringContaining(`Cannot use the queue in ${folder}`)
    })
    comeBack()
    expect((await todo("add Buy milk --no-queue")).exitCode).toBe(0)
  })

  it("a reference to a new task is good for the command that sends it", async () => {
    goOffline()
    await said("add Buy milk")
    comeBack()
    expect(await said("done +1")).toContain("Done 1  Buy milk")
    expect(await todo("done +1")).toMatchObject({ exitCode: 3 })
  })

  it("an answer that is lost is asked for again with the same key, and nothing is done twice", async () => {
    cli.instead = ({ method }) => method === "POST" ? "answer" : undefined
    expect(await said("add Buy milk tomorrow")).toContain("Queued  +1")
    expect(await titles()).toEqual(["Buy milk"])
    comeBack()
    await said("list")
    expect(await titles()).toEqual(["Buy milk"])
    const keys = cli.received.filter(({ method }) => method === "POST").map(({ headers }) => headers["idempotency-key"])
    expect(new Set(keys).size).toBe(1)
    expect(keys.length).toBeGreaterThan(1)
  })

  it("what is queued behind something is sent behind it, although the service is back", async () => {
    goOffline()
    await said("add first")
    cli.instead = ({ method }) => method === "POST" ? { status: 429, body: { code: "rate_limited" } } : undefined
    expect(await said("add second")).toContain("Queued  +2  second (it is sent after what waits already)")
    const sending = await todo("queue send")
    expect(sending).toMatchObject({ exitCode: 6, stderr: expect.stringContaining("2 writes wait still") })
    comeBack()
    await said("queue send")
    expect(await titles()).toEqual(["first", "second"])
  })

  it("a page that lets nobody into the network is not taken for the service", async () => {
    goOffline()
    await said("add Buy milk")
    cli.instead = () => ({ status: 302, body: {} })
    expect((await todo("queue send")).exitCode).toBe(7)
    comeBack()
    await said("queue send")
    expect(await titles()).toEqual(["Buy milk"])
  })

  it.each([200, 404, 500])("nor for an answer of it: %i", async (status) => {
    await cli.add("Pay rent")
    const known = await said("list")
    cli.instead = () => ({ status, body: "<html>Sign in to the network</html>" })
    expect(await said("list")).toMatch(/Pay rent.*\nAs of /s)
    expect(await said("add Buy milk")).toBe(`Queued  +1  Buy milk ${away}\n`)
    goOffline()
    expect(await said("list")).toContain(known.trim())
    comeBack()
    await said("queue send")
    expect(await titles()).toEqual(["Pay rent", "Buy milk"])
  })
})

describe("what the service refuses", () => {
  const changeElsewhere = async () => {
    const [task] = await cli.account.tasks()
    await cli.account.ask("PATCH", `/tasks/${task!.id}`, { description: "By wire" })
  }

  it("is kept and shown, and the rest is done; it is sent again or given up", async () => {
    await cli.add("Pay rent")
    await said("list")
    goOffline()
    await said("edit 1 --title Rent")
    await said("add Buy milk")
    comeBack()
    await changeElsewhere()
    const { exitCode, stderr } = await todo("list")
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr:
        "Sent 1 queued write\n  +1 is 2  Buy milk\n1 queued write was refused by the service: `todo queue` shows why.\n"
    })
    expect(await titles()).toEqual(["Pay rent", "Buy milk"])
    const [refused] = await queue()
    expect(refused).toMatchObject({ command: "edit 1 --title Rent", refusal: { status: 412 } })
    expect(await said("queue")).toMatch(/^edit 1 --title Rent\trefused: /)
    await said(["queue", "retry", refused.key])
    expect(await titles()).toEqual(["Rent", "Buy milk"])
    expect(await queue()).toEqual([])
  })

  it("in one of several tasks is all of them, which are sent again over what has changed", async () => {
    await cli.add("Pay rent", "Call Bob")
    await said("list")
    goOffline()
    await said("edit 1 2 --priority p1")
    comeBack()
    await changeElsewhere()
    await said("queue send")
    const [refused] = await queue()
    expect(refused.refusal.status).toBe(412)
    await said(["queue", "retry", refused.key])
    expect((await cli.account.tasks()).map(({ priority }) => priority)).toEqual(["p1", "p1"])
  })

  it("is given up by name, and what waits is, too", async () => {
    goOffline()
    await said("add Buy milk")
    await said("add Buy bread")
    expect(await said("queue drop +1")).toBe("Dropped  +1  Buy milk\n")
    expect((await todo("queue drop")).exitCode).toBe(2)
    expect((await todo("queue drop abcdef")).exitCode).toBe(3)
    expect((await todo("queue retry +2")).exitCode).toBe(2)
    await said("queue drop --all")
    comeBack()
    await said("queue send")
    expect(await titles()).toEqual([])
  })

  it.each([
    ["on a terminal", () => said("edit 1 --priority p1")],
    ["in a script", () => cli.succeed("edit 1 --priority p1")],
    ["past the queue", () => said("edit 1 --priority p1 --no-queue")]
  ])("is not what this client has changed itself %s", async (_, change) => {
    await cli.add("Pay rent")
    await said("list")
    await change()
    goOffline()
    await said("edit 1 --title Rent")
    comeBack()
    await said("queue send")
    expect(await titles()).toEqual(["Rent"])
  })

  it("takes along what builds on it, and so does sending it again", async () => {
    await cli.add("Pay rent")
    await said("list")
    goOffline()
    await said("edit 1 --title Rent --tag home")
    await said("edit 1 --tag flat")
    await said("done 1")
    comeBack()
    await changeElsewhere()
    await said("queue send")
    const [refused, dependent, ...others] = await queue()
    expect(others).toEqual([])
    expect(dependent.refusal).toMatchObject({
      code: "builds_on_refused",
      message: "It builds on `edit 1 --title Rent --tag home`, which was refused"
    })
    expect(await cli.account.tasks()).toMatchObject([{ title: "Pay rent", tags: [], completed: true }])
    await said(["queue", "retry", refused.key])
    expect(await queue()).toEqual([])
    expect(await cli.account.tasks()).toMatchObject([{ title: "Rent", tags: ["flat", "home"], completed: true }])
  })
})

describe("what is queued about one task", () => {
  const task = async (number: number) => JSON.parse(await said(`show ${number} --json`))

  it.each([
    [["edit 1 --tag a", "edit 1 --tag b"], { tags: ["a", "b"] }],
    [["tag add x 1", "edit 1 --tag y"], { tags: ["x", "y"] }],
    [["edit 1 --tag a", "edit 1 2 --tag b", "edit 1 --no-tag a"], { tags: ["b"] }],
    [["move 1 --first", "edit 1 --title Rent --tag q"], { title: "Rent", tags: ["q"] }],
    [["block 1 --by 2", "block 1 --by 3", "unblock 1 --by 2"], { blockedBy: 1 }],
    [["edit 1 --title Rent", "edit 1 --due fri", "postpone 1 sat", "done 1", "reopen 1"], { title: "Rent" }]
  ])("comes to one another: %j", async (lines, expected) => {
    await cli.add("Pay rent", "Call Bob", "Buy milk")
    await said("list")
    goOffline()
    for (const line of lines) await said(line)
    comeBack()
    await said("queue send")
    expect(await queue()).toEqual([])
    const { blockedBy, ...told } = await task(1)
    expect({ ...told, blockedBy: blockedBy.length }).toMatchObject(expected)
  })

  it("comes to tasks of a range that are known here", async () => {
    await cli.add("Pay rent", "Call Bob", "Buy milk")
    await said("list")
    goOffline()
    await said("done 1-2,3")
    comeBack()
    await said("queue send")
    expect((await cli.account.tasks()).map(({ completed }) => completed)).toEqual([true, true, true])
  })
})

describe("a script", () => {
  it("sends what was queued before what it does itself, and overtakes nothing", async () => {
    await cli.add("Pay rent")
    await said("list")
    goOffline()
    await said("done 1")
    expect(await cli.todo("reopen 1")).toMatchObject({ exitCode: 7, stdout: "" })
    comeBack()
    expect(await cli.todo("reopen 1")).toMatchObject({ exitCode: 0 })
    expect(await queue()).toEqual([])
    expect(await titles()).toEqual(["Pay rent"])
  })

  it("writes nothing before what cannot be sent, unless it says so", async () => {
    goOffline()
    await said("add Buy milk")
    cli.instead = (request) => request.method === "POST" ? { status: 500, body: {} } : undefined
    expect(await cli.todo("add Buy bread")).toMatchObject({
      exitCode: 7,
      stderr: expect.stringContaining("1 queued write comes first, and could not be sent")
    })
    expect((await cli.todo("list")).exitCode).toBe(0)
    comeBack()
    expect((await cli.todo("add Buy bread --no-queue")).exitCode).toBe(0)
    expect(await titles()).toEqual(["Buy bread"])
  })
})

describe("words", () => {
  it("are read as at the moment when they were typed", async () => {
    goOffline()
    await said("add Buy milk tomorrow")
    comeBack()
    await said("queue send")
    const sent = cli.received.findLast(({ url }) => url === "/api/v1/tasks/quick")
    expect(Math.abs(Date.now() - Date.parse(sent!.headers["said-at"]!))).toBeLessThan(60_000)
    expect((await cli.account.tasks())[0]!.due).not.toBeNull()
  })
})

describe("what is kept here", () => {
  const offline = () => join(cli.program.configDirectory, "offline")

  it("is for nobody else's eyes", async () => {
    await cli.add("Pay rent")
    await said("list")
    goOffline()
    await said("add Buy milk")
    const paths = readdirSync(offline(), { recursive: true, encoding: "utf8" }).map((path) => join(offline(), path))
    const modes = paths.map((path) => statSync(path)).map((stat) => [stat.isDirectory(), stat.mode & 0o777])
    expect(modes.length).toBeGreaterThan(4)
    expect(modes.filter(([isFolder, mode]) => mode !== (isFolder === true ? 0o700 : 0o600))).toEqual([])
  })

  it("is told where it is damaged, or of a later release, and left as it is; the rest is sent", async () => {
    await said("list")
    goOffline()
    await said("add Buy milk")
    const [name = ""] = readdirSync(offline(), { recursive: true, encoding: "utf8" }).filter((path) =>
      path.endsWith(".json") && path.includes("waiting")
    )
    const path = join(offline(), name)
    writeFileSync(path, "{\"key\":")
    await said("add Buy bread")
    comeBack()
    expect(await said("list")).toContain("1 queued write cannot be read: `todo queue` shows where.")
    expect(await titles()).toEqual(["Buy bread"])
    expect((await todo("queue")).stderr).toContain(`${path} cannot be read, and is not sent`)
    expect(await todo("logout")).toMatchObject({ exitCode: 5 })
    expect(readFileSync(path, "utf8")).toBe("{\"key\":")
  })

  it("is of one account: another neither sees nor sends it", async () => {
    await cli.add("Pay rent")
    await said("list")
    goOffline()
    await said("add Buy milk")
    const another = await cli.another()
    const env = { TODO_TOKEN: another.jwt }
    expect(JSON.parse(await said("queue --json", { env }))).toEqual([])
    expect((await todo("list", { env })).exitCode).toBe(7)
    comeBack()
    await said("list", { env })
    expect([await another.tasks(), await titles()]).toEqual([[], ["Pay rent"]])
  })

  it("is gone after a sign-out, which waits for what is queued", async () => {
    await cli.add("Pay rent")
    await said("list")
    goOffline()
    await said("add Buy milk")
    const kept = await todo("logout --local")
    expect(kept).toMatchObject({ exitCode: 5, stderr: expect.stringContaining("todo queue drop --all") })
    comeBack()
    const elsewhere = { TODO_TOKEN: await cli.account.signIn() }
    await said("logout")
    expect(JSON.parse((await cli.todo("list --json", { env: elsewhere })).stdout)).toMatchObject([
      { title: "Buy milk" },
      { title: "Pay rent" }
    ])
    expect(existsSync(offline()) ? readdirSync(offline()) : []).toEqual([])
  })
})

describe("what asks for an answer", () => {
  it("is not queued", async () => {
    goOffline()
    for (const line of ["undo", "settings set --week-start mon", "token create ci", "account rename Grace"]) {
      expect([line, (await todo(line)).exitCode]).not.toEqual([line, 0])
    }
    expect(await queue()).toEqual([])
  })
})
