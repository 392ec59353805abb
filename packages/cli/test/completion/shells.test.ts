import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { useService } from "../support/ServiceFixture.ts"
import { canType, TmuxShell, type TypedShell } from "../support/TmuxShell.ts"

const service = useService()

/** Names that mean something to a shell, each in its way. */
const hostile = [
  "$(touch x)",
  "`touch x`",
  "a$(touch x)",
  "it's; touch x",
  "\"quoted\" & touch x",
  "'; touch x; '",
  "\\",
  "a\\b\\",
  "-dash",
  "--project",
  "~",
  "~root",
  "!boom !!",
  "*",
  "{a,b}?[c]",
  "#hash",
  "a=b:c@d",
  "$HOME ${x} $((1+1))",
  "<(touch x) | touch x > x",
  "Wörk 日本 ❤️",
  "a  b",
  "%n %d",
  "(todo)",
  "^a^b"
]

const shells: ReadonlyArray<TypedShell> = ["bash", "zsh", "fish"]

/** The one file that is kept of the account. */
const cacheFile = () => {
  const folder = join(service.program.configDirectory, "completion")
  const name = readdirSync(folder).find((name) => name.endsWith(".json"))
  return join(folder, name!)
}

const nothing = { projects: [], archived: [], tags: [], views: [], open: [], done: [], trashed: [] }

/** Has this be what is kept. */
const keep = (values: object) => writeFileSync(cacheFile(), JSON.stringify({ ...nothing, ...values }), { mode: 0o600 })

describe.each(shells.map((shell) => ({ shell })))("completion in $shell", ({ shell }) => {
  // Where it is not installed these tests say so: they are skipped.
  const isHere = canType(shell)
  let terminal: TmuxShell
  beforeAll(async () => {
    if (!isHere) return
    terminal = new TmuxShell(shell, service.program)
    await terminal.ready()
  })
  afterAll(() => terminal?.end())
  beforeEach(async () => {
    await service.succeed("completion refresh")
  })

  it.runIf(isHere)("completes commands, options and their choices", async () => {
    expect(await terminal.completed("todo who")).toEqual(["whoami"])
    expect(await terminal.completed("todo proj")).toEqual(["project"])
    expect(await terminal.completed("todo project una")).toEqual(["project", "unarchive"])
    expect(await terminal.completed("todo ls --sea")).toEqual(["ls", "--search"])
    expect(await terminal.completed("todo settings set --week-start su")).toEqual([
      "settings",
      "set",
      "--week-start",
      "sun"
    ])
    expect(await terminal.completed("todo --js")).toEqual(["--json"])
  })

  it.runIf(isHere)("completes what there is of the account, from the service", async () => {
    await service.succeed(["project", "add", "Home $(touch x)"])
    await service.succeed(["add", "Water the \"plants\" `touch x` @out", "--project", "Home $(touch x)"])
    await service.succeed(["view", "add", "Soon; touch x", "today"])
    await service.succeed("completion refresh")
    expect(await terminal.completed("todo add x --project ")).toEqual(["add", "x", "--project", "Home $(touch x)"])
    expect(await terminal.completed("todo add x --tag ")).toEqual(["add", "x", "--tag", "out"])
    expect(await terminal.completed("todo list --view So")).toEqual(["list", "--view", "Soon; touch x"])
    expect(await terminal.completed("todo list @")).toEqual(["list", "@out"])
    expect(await terminal.completed("todo done ")).toEqual(["done", "1"])
    expect(readdirSync(terminal.place)).toEqual([])
  })

  it.runIf(isHere)("puts a name there as it is, whatever it has in it, and runs nothing of it", async () => {
    for (const name of hostile) {
      keep({ projects: [name] })
      expect(await terminal.completed("todo project show ")).toEqual(
        // What begins with a dash is typed behind --.
        ["project", "show", name]
      )
    }
    expect(readdirSync(terminal.place)).toEqual([])
  })

  it.runIf(isHere)("does so in quotes, too", async () => {
    for (const name of hostile) {
      keep({ projects: [`W${name}`] })
      for (const quote of ["'", "\""]) {
        const line = await terminal.completed(`todo project show ${quote}W`)
        expect(line).toEqual(["project", "show", `W${name}`])
      }
    }
    expect(readdirSync(terminal.place)).toEqual([])
  })

  it.runIf(isHere)("shows the titles of tasks beside their numbers, with nothing in them that acts", async () => {
    const titles = [
      "$(touch x)",
      "`touch x`",
      "red \u001b[31m\u001b]0;x\u0007",
      "two\nlines",
      "a\ttab",
      "%F{red} %n",
      "it's \"so\""
    ]
    keep({ open: titles.map((title, index) => ({ number: 70 + index, title })) })
    const screen = await terminal.listed("todo done ", (screen) => screen.includes("76"))
    for (
      const shown of ["$(touch x)", "`touch x`", "red ␛[31m␛]0;x␇", "two␊lines", "a␉tab", "%F{red} %n", "it's \"so\""]
    ) {
      expect(screen).toContain(shown)
    }
    expect(readdirSync(terminal.place)).toEqual([])
  })

  it.runIf(isHere)("runs nothing of what was typed before", async () => {
    keep({ projects: ["Work"] })
    const touching = "'a;b' \"$(touch y)\""
    const screen = await terminal.listed(`todo add ${touching} --project W`, (screen) => screen.includes("Work"))
    expect(screen).toContain("--project Work")
    expect(readdirSync(terminal.place)).toEqual([])
  })
})
