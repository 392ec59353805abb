import { spawn } from "node:child_process"
import type { Cli } from "./Cli.ts"

/** Whether a program can be given a terminal of its own here: with the `script` of util-linux. */
export const hasTerminals = process.platform === "linux"

interface Shown {
  /** All that came onto the screen, control sequences too. */
  readonly screen: string
  readonly exitCode: number | null
}

interface Session {
  readonly env?: Readonly<Record<string, string>>
  /** What somebody types, each when what is before it is on the screen. */
  readonly typing?: ReadonlyArray<readonly [seen: string, typed: string]>
  /** What the shell does with the streams, such as `2>/dev/null`. */
  readonly redirection?: string
}

/** Runs a command line as in a terminal. */
export const onTerminal = (
  cli: Cli,
  line: string,
  { env = {}, redirection = "", typing = [] }: Session = {}
): Promise<Shown> =>
  new Promise((resolve, reject) => {
    const command = `stty rows 24 cols 80; exec '${process.execPath}' '${cli.binary}' ${line} ${redirection}`
    const child = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
      env: { PATH: process.env.PATH, TERM: "xterm", SHELL: "/bin/sh", ...cli.env, ...env },
      // Nobody is asked for ever.
      timeout: 50_000
    })
    const waiting = [...typing]
    let screen = ""
    let seen = 0
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text
      for (let next = waiting[0]; next !== undefined && screen.includes(next[0], seen); next = waiting[0]) {
        seen = screen.indexOf(next[0], seen) + next[0].length
        child.stdin.write(next[1])
        waiting.shift()
      }
    })
    child.on("error", reject)
    // Its end would be typed as Ctrl-D.
    child.on("close", (exitCode) => resolve({ screen, exitCode }))
  })
