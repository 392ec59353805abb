import { afterEach, describe, expect, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Running } from "../support/Running.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const all: Array<Running> = []
afterEach(async () => {
  for (const one of all.splice(0)) await one.stop("SIGKILL")
})

const run = (...args: ReadonlyArray<string>) => {
  const running = new Running(cli.program, ["watch", ...args])
  all.push(running)
  return running
}

const watch = async (...args: ReadonlyArray<string>) => {
  const cursor = await cli.account.cursor()
  return { cursor, watching: run("--since", cursor, ...args) }
}

describe("watch", () => {
  it("begins now, where no cursor says otherwise", async () => {
    await cli.add("Before")
    const watching = run()
    // Nobody but the service knows when it listens.
    while (watching.stdout === "") await cli.add("After")
    expect((await watching.lines(1))[0]).toContain("\tadded\t")
    expect(watching.stdout).not.toContain("Before")
  })

  it("prints a line for each change in its order, where there is no terminal with tabs between columns", async () => {
    const { watching } = await watch()
    const id = (await cli.json("add One")).id
    const { number } = await cli.json(["show", id].join(" "))
    await cli.succeed(`edit ${number} --title Two`)
    await cli.succeed(`done ${number}`)
    await cli.succeed(`rm ${number}`)
    await cli.succeed(`trash rm ${number}`)
    const lines = await watching.lines(5)
    expect(lines.map((line) => line.split("\t").slice(1))).toEqual([
      ["added", String(number), "One", id],
      ["changed", String(number), "Two", id],
      ["done", String(number), "Two", id],
      ["deleted", String(number), "Two", id],
      ["deleted for good", "", "", id]
    ])
    expect(lines[0]).toMatch(/^\d{4}-.*Z\t/)
  })

  it("prints numbers alone with --quiet", async () => {
    const { watching } = await watch("--quiet")
    const { number } = await cli.json("add One")
    expect(await watching.lines(1)).toEqual([String(number)])
  })

  it("is NDJSON with --json, of the changes as the service has them, each with the cursor after it", async () => {
    const { watching } = await watch("--json")
    await cli.add("One", "Two")
    const [one, two] = (await watching.lines(2)).map((line) => JSON.parse(line))
    // What depends on who asks, and when, is not in the feed.
    const tasks: ReadonlyArray<Record<string, unknown>> = await cli.json("list")
    const derived = new Set(["blocked", "dueAt", "openChildren", "overdue", "ready", "startAt"])
    const listed = tasks.find(({ title }) => title === "One")!
    const stored = Object.fromEntries(Object.entries(listed).filter(([member]) => !derived.has(member)))
    expect(one).toEqual({
      noun: "task",
      id: one.value.id,
      operationId: expect.any(String),
      at: expect.stringMatching(/Z$/),
      value: stored,
      cursor: expect.any(String)
    })
    await watching.stop()
    const again = run("--json", "--since", one.cursor)
    expect(JSON.parse((await again.lines(1))[0]!)).toEqual(two)
  })

  it("ends with 130 on SIGINT and with 143 on SIGTERM, and says how to go on", async () => {
    for (const [signal, exitCode] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
      const { watching } = await watch()
      await cli.add("One")
      await watching.lines(1)
      expect(await watching.stop(signal)).toBe(exitCode)
      expect(watching.stderr).toMatch(/^`todo watch --since \S+` goes on from there\.\n$/)
    }
  })

  it("ends with 0 when nobody reads it any more", async () => {
    const cursor = await cli.account.cursor()
    await cli.add("One", "Two", "Three")
    const { binary, env } = cli.program
    const script = `"$0" "$@" | head -n 1; echo "\${PIPESTATUS[0]}"`
    const child = spawn("bash", ["-c", script, process.execPath, binary, "watch", "--since", cursor, "--quiet"], {
      env: { ...env }
    })
    let stdout = ""
    child.stdout.setEncoding("utf8").on("data", (text: string) => stdout += text)
    const ended = new Promise((resolve) => child.once("close", resolve))
    // What it writes after `head` has gone tells it.
    while (child.exitCode === null) await cli.add("More")
    await ended
    expect(stdout).toMatch(/^\d+\n0\n$/)
  })

  it("ends when the session does: exit code 4", async () => {
    const { watching } = await watch()
    await cli.add("One")
    await watching.lines(1)
    await cli.succeed("sessions --json")
    await cli.succeed("logout")
    expect(await watching.ended).toBe(4)
    expect(watching.stderr).toMatch(/todo login/)
  })

  it("is refused where nobody is signed in: exit code 4", async () => {
    await cli.succeed("logout")
    expect(await cli.todo("watch")).toMatchObject({ stdout: "", exitCode: 4 })
  })

  it("of a cursor that is none: exit code 2", async () => {
    expect(await cli.todo("watch --since nonsense")).toMatchObject({ stdout: "", exitCode: 2 })
    expect(await cli.todo(["watch", "--since", "x".repeat(501)])).toMatchObject({ stdout: "", exitCode: 2 })
  })
})

describe("watch --exec", () => {
  const scratch = () => {
    const folder = mkdtempSync(join(tmpdir(), "todo-watch-"))
    return { file: join(folder, "out"), remove: () => rmSync(folder, { recursive: true, force: true }) }
  }

  it("runs a command for each change, in order, which has it as JSON on stdin", async () => {
    const { file, remove } = scratch()
    const { watching } = await watch("--exec", `sleep 0.1; cat >> ${file}; echo "a b"`)
    const titles = ["One", "$(touch /tmp/no); 'x' \"y\"", "Three"]
    await cli.add(...titles)
    expect(await watching.lines(3)).toEqual(["a b", "a b", "a b"])
    const changes = readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line))
    expect(changes.map(({ value }) => value.title)).toEqual(titles)
    expect(changes[2].cursor).toEqual(expect.any(String))
    expect(await watching.stop()).toBe(143)
    remove()
  })

  it("need not read what it is given", async () => {
    const { watching } = await watch("--exec", "echo done")
    await cli.add("One", "Two")
    expect(await watching.lines(2)).toEqual(["done", "done"])
  })

  it("stops at the first that fails, and names the cursor before it: exit code 1", async () => {
    const { cursor, watching } = await watch("--exec", "exit 3")
    await cli.add("One")
    expect(await watching.ended).toBe(1)
    expect(watching.stderr).toBe(
      `error: The command ended with status 3\n\`todo watch --since ${cursor}\` goes on from there.\n`
    )
    const again = run("--since", cursor, "--exec", "jq -r .value.title")
    expect(await again.lines(1)).toEqual(["One"])
  })

  it("is ended with it, and its change counts as not handled", async () => {
    const { cursor, watching } = await watch("--exec", "echo begun; sleep 60")
    await cli.add("One")
    await watching.lines(1)
    expect(await watching.stop("SIGTERM")).toBe(143)
    expect(watching.stderr).toContain(`--since ${cursor}\``)
  })
})
