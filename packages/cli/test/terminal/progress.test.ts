import { describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const cli = useService()
const titles = Array.from({ length: 8 }, (_, index) => `Task ${index + 1}`)
const refs = titles.map((_, index) => index + 1).join(" ")
const wipe = "\r\u001b[2K"

/** Has every answer take so long, whatever else this machine does. */
const slow = (millis: number) => {
  cli.instead = () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis)
    return undefined
  }
}

/** What was told of how far it is. */
const told = (screen: string) =>
  screen.split("\u001b[").flatMap((text) => /^\d*[a-zA-Z](\d.*) \(Ctrl-C ends it\)/.exec(text)?.[1] ?? [])

describe.skipIf(!hasTerminals)("work of many requests", () => {
  it("that takes long says how far it is, and leaves nothing of that on the screen", async () => {
    await cli.account.addTasks(titles)
    slow(150)
    const { exitCode, screen, text } = await onTerminal(cli.program, `show ${refs}`, { env: { NO_COLOR: "1" } })
    expect(exitCode).toBe(0)
    const steps = told(screen)
    expect(steps.at(-1)).toBe("7 of 8 done")
    expect(new Set(steps).size).toBeGreaterThan(2)
    expect(screen.split(wipe).at(-1)).toMatch(/^1 {2}Task 1/)
    expect(text).not.toContain("Ctrl-C ends it")
    for (const title of titles) expect(text).toContain(title)
  })

  it("says how many are looked up, and how many there are so far", async () => {
    await cli.account.addTasks(Array.from({ length: 401 }, () => "x"))
    slow(600)
    expect(told((await onTerminal(cli.program, "list --limit 401 --no-pager")).screen)).toContain("400 tasks")
    slow(150)
    const { screen, text } = await onTerminal(cli.program, `done ${refs} 9 10 11 12 13 14 15 16 17 18 19 20 21 22`)
    expect(told(screen).join("\n")).toMatch(/^\d+ of 22 looked up$/m)
    expect(text).toMatch(/Done 22 {2}x\n$/)
  })

  it.each([
    ["--quiet", {}, ""],
    ["--json", {}, ""],
    ["", { CI: "true" }, ""],
    ["", { TERM: "dumb" }, ""],
    ["", {}, "2>/dev/null"]
  ])("says nothing to nobody, nor to a program: %s %j %s", async (option, env, redirection) => {
    await cli.account.addTasks(titles)
    slow(100)
    const { exitCode, screen } = await onTerminal(cli.program, `show ${refs} ${option}`, { env, redirection })
    expect(exitCode).toBe(0)
    expect(screen).not.toContain("Ctrl-C ends it")
    expect(screen).not.toContain(wipe)
  })

  it("says nothing where stderr is no terminal", async () => {
    await cli.account.addTasks(titles)
    slow(100)
    expect(await cli.succeed(`show ${refs}`)).toContain("Task 8")
  })
})
