import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { cacheFileOf } from "../../src/completion/CompletionCache.ts"
import { buildCli, type Cli } from "../support/Cli.ts"
import { canType, TmuxShell, type TypedShell } from "../support/TmuxShell.ts"

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
  "^a^b",
  "say \"so\"",
  "don't!"
]

/** A name that fish takes for somebody's home wherever it is completed is not completed there. */
const isCompleted = (shell: TypedShell, name: string) => !(shell === "fish" && name.startsWith("~"))

const shells: ReadonlyArray<TypedShell> = ["bash", "zsh", "fish"]

let cli: Cli
let file: string
beforeAll(async () => {
  const built = await buildCli("http://127.0.0.1:9")
  // Nobody answers there: all that is completed is what is kept.
  cli = { ...built, env: { ...built.env, TODO_TOKEN: "a-token" } }
  file = cacheFileOf(cli.env, { apiUrl: "http://127.0.0.1:9", account: undefined })!
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
})
afterAll(() => cli.remove())

/** Has this be what is kept. */
const keep = (values: object) => writeFileSync(file, JSON.stringify(values), { mode: 0o600 })

describe.each(shells.map((shell) => ({ shell, isHere: canType(shell) })))(
  "completion in $shell",
  ({ isHere, shell }) => {
    let terminal: TmuxShell
    beforeAll(async () => {
      if (!isHere) return
      terminal = new TmuxShell(shell, cli)
      await terminal.ready()
    })
    afterAll(() => terminal?.end())

    // Skipped where the shell, or tmux, is not installed.
    it.runIf(isHere)("completes commands, options and their choices", async () => {
      keep({})
      expect(await terminal.completed("todo who")).toEqual(["whoami"])
      expect(await terminal.completed("todo project una")).toEqual(["project", "unarchive"])
      expect(await terminal.completed("todo ls --sea")).toEqual(["ls", "--search"])
      expect(await terminal.completed("todo settings set --week-start su"))
        .toEqual(["settings", "set", "--week-start", "sun"])
      expect(await terminal.completed("todo list --sort due,prio")).toEqual(["list", "--sort", "due,priority"])
      expect(await terminal.completed("todo help wh")).toEqual(["help", "whoami"])
    })

    it.runIf(isHere)("completes projects, tags, views, tasks and the terms of filters", async () => {
      keep({
        projects: ["Home"],
        tags: ["errand"],
        views: ["Right now"],
        open: [{ number: 41, title: "Water the plants" }],
        done: [{ number: 7, title: "Pay the rent" }]
      })
      expect(await terminal.completed("todo add x --project ")).toEqual(["add", "x", "--project", "Home"])
      expect(await terminal.completed("todo add x --project=Ho")).toEqual(["add", "x", "--project=Home"])
      expect(await terminal.completed("todo add x --tag er")).toEqual(["add", "x", "--tag", "errand"])
      expect(await terminal.completed("todo list --view R")).toEqual(["list", "--view", "Right now"])
      expect(await terminal.completed("todo done ")).toEqual(["done", "41"])
      expect(await terminal.completed("todo done 3,4")).toEqual(["done", "3,41"])
      expect(await terminal.completed("todo reopen ")).toEqual(["reopen", "7"])
      expect(await terminal.completed("todo list @")).toEqual(["list", "@errand"])
      expect(await terminal.completed("todo list in:H")).toEqual(["list", "in:Home"])
      expect(await terminal.completed("todo list 'overdue and in:H")).toEqual(["list", "overdue and in:Home"])
      expect(await terminal.completed("todo add 'Pay the rent #Ho")).toEqual(["add", "Pay the rent #Home"])
    })

    it.runIf(isHere)("takes nothing away of what was typed, wherever the shell parts words", async () => {
      keep({ projects: ["Work", "Work/a@b"], tags: ["writing", "x:y"], open: [] })
      expect(await terminal.completed("todo list @wr")).toEqual(["list", "@writing"])
      expect(await terminal.completed("todo list @writing")).toEqual(["list", "@writing"])
      expect(await terminal.completed("todo list @zz")).toEqual(["list", "@zz"])
      expect(await terminal.completed("todo list not @wr")).toEqual(["list", "not", "@writing"])
      expect(await terminal.completed("todo list 'not @wr")).toEqual(["list", "not @writing"])
      expect(await terminal.completed("todo list \"@wr")).toEqual(["list", "@writing"])
      expect(await terminal.completed("todo list \\@wr")).toEqual(["list", "@writing"])
      expect(await terminal.completed("todo list @\"wr")).toEqual(["list", "@writing"])
      expect(await terminal.completed("todo list in:Work/a")).toEqual(["list", "in:Work/a@b"])
      expect(await terminal.completed("todo list in:Work/a@")).toEqual(["list", "in:Work/a@b"])
      expect(await terminal.completed("todo add Buy @wr")).toEqual(["add", "Buy", "@writing"])
      expect(await terminal.completed("todo add x --tag=@wr")).toEqual(["add", "x", "--tag=@writing"])
      expect(await terminal.completed("todo add x --tag x:")).toEqual(["add", "x", "--tag", "x:y"])
      expect(await terminal.completed("todo add x --project=Work/")).toEqual(["add", "x", "--project=Work/a@b"])
      expect(await terminal.completed("todo add x --project=Work/a@")).toEqual(["add", "x", "--project=Work/a@b"])
    })

    it.runIf(isHere)("puts a name there as it is, whatever it has in it, and runs nothing of it", async () => {
      for (const name of hostile.filter((name) => isCompleted(shell, name))) {
        keep({ projects: [name] })
        expect(await terminal.completed("todo add x --project ")).toEqual(["add", "x", "--project", name])
      }
      expect(readdirSync(terminal.place)).toEqual([])
    })

    it.runIf(isHere).each(["'", "\""])("does so where a quote is open, too: %s", async (quote) => {
      for (const name of hostile) {
        keep({ projects: [`W${name}`] })
        expect(await terminal.completed(`todo project show ${quote}W`)).toEqual(["project", "show", `W${name}`])
      }
      expect(readdirSync(terminal.place)).toEqual([])
    })

    it.runIf(isHere)("shows titles beside numbers, and nothing of them acts on the terminal", async () => {
      const titles = {
        "$(touch x)": "$(touch x)",
        "`touch x`": "`touch x`",
        "red \u001b[31m\u001b]0;x\u0007": "red ␛[31m␛]0;x␇",
        "two\nlines": "two␊lines",
        "a\ttab": "a␉tab",
        "%F{red} %n": "%F{red} %n",
        "it's \"so\"": "it's \"so\""
      }
      keep({ open: Object.keys(titles).map((title, index) => ({ number: 70 + index, title })) })
      const screen = await terminal.listed("todo done ", (screen) => screen.includes("76 "))
      for (const shown of Object.values(titles)) expect(screen).toContain(shown)
      expect(readdirSync(terminal.place)).toEqual([])
    })

    it.runIf(isHere)("completes no name that cannot be typed", async () => {
      keep({ projects: ["a\nb", "c\u001b[31m", "d\te", "Work"] })
      expect(await terminal.completed("todo project show ")).toEqual(["project", "show", "Work"])
    })

    it.runIf(isHere)("runs nothing of what was typed before", async () => {
      keep({ projects: ["Workshop"] })
      await terminal.listed(
        "todo add \"$(touch y)\" 'a;b' `touch y` --project W",
        (screen) => screen.includes("Workshop")
      )
      expect(readdirSync(terminal.place)).toEqual([])
    })
  }
)
