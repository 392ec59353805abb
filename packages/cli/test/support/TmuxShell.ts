import { execFileSync, spawnSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { scripts } from "../../src/completion/Scripts.ts"
import type { Cli } from "./Cli.ts"

/** The shells whose completion can be typed at here. */
export type TypedShell = "bash" | "zsh" | "fish"

const isHere = (program: string, ...args: ReadonlyArray<string>): boolean => spawnSync(program, args).status === 0

/** Whether a shell is here, and a terminal to type into it. */
export const canType = (shell: TypedShell): boolean => isHere("tmux", "-V") && isHere(shell, "--version")

/** Prints its arguments as JSON into a file: what a completed line means to the shell. */
const tellArguments = (out: string, arguments_: string): string =>
  `'${process.execPath}' -e 'const fs = require("fs"); fs.writeFileSync(process.argv[1] + "~", JSON.stringify(process.argv.slice(2))); fs.renameSync(process.argv[1] + "~", process.argv[1])' -- '${out}' ${arguments_}`

const startOf: Readonly<Record<TypedShell, (folder: string, out: string) => string>> = {
  bash: (folder, out) => {
    const file = join(folder, "bashrc")
    writeFileSync(
      file,
      [
        scripts.bash,
        "PS1='ready> '",
        `todo() { ${tellArguments(out, "\"$@\"")}; }`,
        "bind 'set show-all-if-ambiguous on'",
        "bind 'set bell-style none'",
        "bind 'set enable-bracketed-paste off'",
        ""
      ].join("\n")
    )
    return `bash --noprofile --rcfile '${file}' -i`
  },
  zsh: (folder, out) => {
    writeFileSync(
      join(folder, ".zshrc"),
      [
        "autoload -Uz compinit && compinit -u -D",
        "setopt no_beep no_prompt_sp no_list_ambiguous",
        scripts.zsh,
        "PROMPT='ready> '",
        `todo() { ${tellArguments(out, "\"$@\"")}; }`,
        ""
      ].join("\n")
    )
    return `env ZDOTDIR='${folder}' zsh -d -i`
  },
  fish: (folder, out) => {
    const config = join(folder, "fish")
    mkdirSync(config)
    writeFileSync(
      join(config, "config.fish"),
      [
        "set -g fish_greeting",
        "set -g fish_autosuggestion_enabled 0",
        "function fish_prompt; echo 'ready> '; end",
        scripts.fish,
        `function todo; ${tellArguments(out, "$argv")}; end`,
        ""
      ].join("\n")
    )
    return `env XDG_CONFIG_HOME='${folder}' XDG_DATA_HOME='${folder}/data' fish -i`
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20))

/** A shell in a terminal of its own, in an empty folder, with the completion of `todo` in it. */
export class TmuxShell {
  /** Where the shell is: whatever is made there somebody has run. */
  readonly place: string
  private readonly folder: string
  private readonly out: string
  private readonly socket: string

  constructor(shell: TypedShell, cli: Cli) {
    this.folder = realpathSync(mkdtempSync(join(tmpdir(), "todo-shell-")))
    this.place = join(this.folder, "place")
    this.out = join(this.folder, "arguments.json")
    this.socket = join(this.folder, "tmux")
    const programs = join(this.folder, "bin")
    mkdirSync(this.place)
    mkdirSync(programs)
    const program = join(programs, "todo")
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${cli.binary}' "$@"\n`)
    chmodSync(program, 0o755)
    const env = {
      ...cli.env,
      PATH: `${programs}:${process.env.PATH}`,
      HOME: this.folder,
      LANG: "C.UTF-8",
      LC_ALL: "C.UTF-8",
      TERM: "xterm-256color",
      SHELL: "/bin/sh"
    }
    execFileSync("tmux", [
      "-f",
      "/dev/null",
      "-S",
      this.socket,
      "new-session",
      "-d",
      "-x",
      "120",
      "-y",
      "40",
      "-c",
      this.place,
      startOf[shell](this.folder, this.out)
    ], { env, cwd: this.place })
  }

  private tmux(...args: ReadonlyArray<string>): string {
    return execFileSync("tmux", ["-S", this.socket, ...args], { encoding: "utf8" })
  }

  /** What is on the screen. */
  screen(): string {
    return this.tmux("capture-pane", "-p")
  }

  /** Waits until the screen is so. */
  async until(is: (screen: string) => boolean): Promise<string> {
    for (;;) {
      const screen = this.screen()
      if (is(screen)) return screen
      await pause()
    }
  }

  /** Waits until lines can be typed. */
  async ready(): Promise<void> {
    await this.until((screen) => screen.includes("ready>"))
  }

  /** The arguments that `todo` gets of a line in which Tab was pressed behind what was typed. */
  async completed(line: string): Promise<ReadonlyArray<string>> {
    rmSync(this.out, { force: true })
    this.tmux("send-keys", "-l", "--", line, ";", "send-keys", "Tab", "Enter")
    while (!existsSync(this.out)) await pause()
    return JSON.parse(readFileSync(this.out, "utf8"))
  }

  /** The screen when Tab was pressed behind a line, as soon as it is so; the line is taken back. */
  async listed(line: string, is: (screen: string) => boolean): Promise<string> {
    this.tmux("send-keys", "C-l", ";", "send-keys", "-l", "--", line, ";", "send-keys", "Tab")
    const screen = await this.until(is)
    this.tmux("send-keys", "C-e", "C-u")
    return screen
  }

  end(): void {
    spawnSync("tmux", ["-S", this.socket, "kill-server"])
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20 })
  }
}
