import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { scripts } from "../../src/completion/Scripts.ts"
import { buildCli, type Cli } from "../support/Cli.ts"

let cli: Cli
let home: string
beforeAll(async () => {
  cli = await buildCli("http://127.0.0.1:9")
})
afterAll(() => cli.remove())
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "todo-home-"))
  return () => rmSync(home, { recursive: true })
})

const todo = async (line: string, env: Readonly<Record<string, string>> = {}) =>
  cli.run(line.split(" "), { env: { HOME: home, SHELL: "/bin/fish", ...env } })
const text = (path: string) => readFileSync(join(home, path), "utf8")

describe("todo completion install", () => {
  it("puts the script where the shell of the user reads it, and again changes nothing", async () => {
    const path = join(home, ".config/fish/completions/todo.fish")
    expect(await todo("completion install")).toEqual({
      exitCode: 0,
      stdout: `Written  ${path}\n`,
      stderr: "Shells that you open from now on complete todo.\n"
    })
    expect(readFileSync(path, "utf8")).toBe(scripts.fish)
    expect(await todo("completion install")).toEqual({ exitCode: 0, stdout: `As it was  ${path}\n`, stderr: "" })
    expect(JSON.parse((await todo("completion uninstall --json")).stdout)).toEqual({
      shell: "fish",
      files: [{ path, change: "removed" }]
    })
    expect(existsSync(path)).toBe(false)
  })

  it("has the start file of zsh read it, by one line, which goes again", async () => {
    writeFileSync(join(home, "dotfiles"), "alias x=y")
    symlinkSync("dotfiles", join(home, ".zshrc"))
    await todo("completion install zsh")
    await todo("completion install zsh")
    expect(text(".zshrc").split("\n").filter((line) => line.includes("# todo completion"))).toHaveLength(1)
    expect(text("dotfiles")).toContain("alias x=y\n")
    expect(lstatSync(join(home, ".zshrc")).isSymbolicLink()).toBe(true)
    await todo("completion uninstall zsh")
    expect(text("dotfiles")).toBe("alias x=y\n")
    expect(existsSync(join(home, ".local/share/todo/completion.zsh"))).toBe(false)
  })

  it("leaves a file that it has not made", async () => {
    mkdirSync(join(home, ".config/fish/completions"), { recursive: true })
    writeFileSync(join(home, ".config/fish/completions/todo.fish"), "mine")
    expect(await todo("completion install")).toMatchObject({ exitCode: 5, stdout: "" })
    expect(await todo("completion uninstall")).toMatchObject({ exitCode: 5, stdout: "" })
    expect(text(".config/fish/completions/todo.fish")).toBe("mine")
  })

  it("wants a shell that it knows", async () => {
    expect(await todo("completion install", { SHELL: "/bin/nu" })).toMatchObject({
      exitCode: 2,
      stderr: "error: SHELL names none that can be completed\nName one: bash, zsh, fish, powershell\n"
    })
    expect(await todo("completion install nu")).toMatchObject({ exitCode: 2 })
  })

  it.runIf(spawnSync("zsh", ["--version"]).status === 0)("is read by zsh as it starts", async () => {
    await todo("completion install zsh")
    const { stdout } = spawnSync("zsh", ["-i", "-c", "print -r -- ${_comps[todo]}"], {
      env: { PATH: process.env.PATH, HOME: home, TERM: "dumb" },
      encoding: "utf8"
    })
    expect(stdout.trim()).toBe("_todo")
  })

  it("is read by bash as it starts", async () => {
    await todo("completion install bash", { BASH_COMPLETION_USER_DIR: join(home, "it's") })
    const script = join(home, "it's/completions/todo")
    const { stdout } = spawnSync("bash", ["--noprofile", "--norc", "-c", `. "$1"; complete -p todo`, "bash", script], {
      encoding: "utf8"
    })
    expect(stdout).toBe("complete -F _todo todo\n")
  })
})

describe("the scripts", () => {
  it.each(["bash", "zsh", "fish"] as const)("are ones of %s", (shell) => {
    const file = join(home, "script")
    writeFileSync(file, scripts[shell])
    const { error, status, stderr } = spawnSync(shell, ["-n", file], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: home }
    })
    // It is not installed everywhere.
    if (error === undefined) expect([status, stderr]).toEqual([0, ""])
  })

  it.each(["bash", "zsh", "fish", "powershell"] as const)("are what `todo completion %s` prints", async (shell) => {
    expect(await todo(`completion ${shell}`)).toEqual({ exitCode: 0, stdout: scripts[shell], stderr: "" })
  })

  it("have nothing evaluated that was typed or completed", () => {
    for (const script of Object.values(scripts)) {
      expect(script).not.toMatch(/\beval\b|compgen -W|Invoke-Expression|\biex\b/)
    }
  })
})
