import { spawn, spawnSync } from "node:child_process"
import { stripVTControlCharacters } from "node:util"

/** Whether there is util-linux's `script`, which runs a program on a pseudo-terminal. */
export const hasPseudoTerminal = process.platform === "linux" && /util-linux/.test(
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? ""
)

/** How a run on a terminal ended: all that was written, as it stands without colors and movements of the cursor. */
export interface Screen {
  readonly text: string
  readonly exitCode: number | null
}

/** What a person does: waits for words to appear, then types. */
export type Script = ReadonlyArray<readonly [words: string, keys: string]>

/** A run takes no longer. */
const mostMillis = 30_000

export const enter = "\r"
export const down = "\u001b[B"

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

/** Runs a program on a pseudo-terminal, and does there what a person does. */
export const onTerminal = (
  command: ReadonlyArray<string>,
  script: Script,
  { columns = 80, env, rows = 24 }: {
    readonly env: Readonly<Record<string, string | undefined>>
    readonly columns?: number
    readonly rows?: number
  }
): Promise<Screen> =>
  new Promise((resolve, reject) => {
    const line = `stty rows ${rows} cols ${columns}; exec ${command.map(quoted).join(" ")}`
    const child = spawn("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
      env: { TERM: "xterm", SHELL: "/bin/sh", ...env },
      // What never says the words that are waited for is not left behind.
      timeout: mostMillis
    })
    const steps = [...script]
    let text = ""
    // Where what the next step waits for may begin.
    let from = 0
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text = stripVTControlCharacters(text + chunk)
      for (let step = steps[0]; step !== undefined; step = steps[0]) {
        const at = text.indexOf(step[0], from)
        if (at === -1) break
        from = at + step[0].length
        child.stdin.write(step[1])
        steps.shift()
      }
    })
    child.on("error", reject)
    child.on("close", (exitCode) => resolve({ text: text.replaceAll("\r\n", "\n"), exitCode }))
    // A program that asks nothing may end before anything is typed.
    child.stdin.on("error", () => {})
  })
