import { spawn, spawnSync } from "node:child_process"
import { stripVTControlCharacters } from "node:util"
import type { Cli } from "./Cli.ts"

/** Whether a program can be given a terminal of its own here: with the `script` of util-linux. */
export const hasTerminals = process.platform === "linux" &&
  (spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "").includes("util-linux")

interface Shown {
  /** All that came onto the screen, control sequences too. */
  readonly screen: string
  /** The same without them. */
  readonly text: string
  readonly exitCode: number | null
}

/** What somebody types, each when what is before it is on the screen. */
export type Typing = ReadonlyArray<readonly [seen: string, typed: string]>

interface Session {
  readonly env?: Readonly<Record<string, string>>
  readonly typing?: Typing
  /** What the shell does with the streams, such as `2>/dev/null`. */
  readonly redirection?: string
  readonly rows?: number
  readonly columns?: number
}

const wiped = "\r\u001b[2K"

/** What is left of lines that were wiped, such as that an answer is waited for. */
const unwiped = (screen: string): string =>
  screen.split("\n").map((line) => {
    const at = line.lastIndexOf(wiped)
    return at < 0 ? line : line.slice(at + wiped.length)
  }).join("\n")

/** Runs a command line as in a terminal. */
export const onTerminal = (
  cli: Cli,
  line: string,
  { columns = 80, env = {}, redirection = "", rows = 24, typing = [] }: Session = {}
): Promise<Shown> =>
  new Promise((resolve, reject) => {
    const command =
      `stty rows ${rows} cols ${columns}; exec '${process.execPath}' '${cli.binary}' ${line} ${redirection}`
    const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
      env: { PATH: process.env.PATH, TERM: "xterm", SHELL: "/bin/sh", ...cli.env, ...env },
      // Nobody is asked for ever.
      timeout: 50_000
    })
    const waiting = [...typing]
    let screen = ""
    let seen = 0
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      screen += chunk
      const text = stripVTControlCharacters(screen)
      for (let next = waiting[0]; next !== undefined && text.includes(next[0], seen); next = waiting[0]) {
        seen = text.indexOf(next[0], seen) + next[0].length
        child.stdin.write(next[1])
        waiting.shift()
      }
    })
    child.on("error", reject)
    // Its end would be typed as Ctrl-D.
    child.on("close", (exitCode) =>
      resolve({ screen, text: stripVTControlCharacters(unwiped(screen)).replaceAll("\r\n", "\n"), exitCode }))
  })
