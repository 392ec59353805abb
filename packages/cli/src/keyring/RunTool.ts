import { Effect } from "effect"
import { spawn } from "node:child_process"
import type { Call } from "./KeyringTool.ts"

/** How a program ended. */
export interface Ended {
  /** null where it was ended, or could not be started. */
  readonly status: number | null
  readonly output: string
  /** What it said, or what is wrong with it. */
  readonly errors: string
}

/** More than that is no secret. */
const mostOutput = 65_536

/** Runs a program until it ends, or for so long. It never fails: whoever asks a keyring has something else to do without. */
export const runTool = ({ args, input, program }: Call, patienceMillis: number): Effect.Effect<Ended> =>
  Effect.callback<Ended>((resume) => {
    const child = spawn(program, [...args], { stdio: ["pipe", "pipe", "pipe"] })
    let output = ""
    let errors = ""
    let why: string | undefined
    const end = (reason: string) => {
      why ??= reason
      child.kill("SIGKILL")
      // What it has started may hold its streams open, and with them this process.
      for (const stream of child.stdio) stream?.destroy()
      child.unref()
      clearTimeout(timer)
      resume(Effect.succeed({ status: null, output: "", errors: reason }))
    }
    const timer = setTimeout(() => end(`it did not answer within ${patienceMillis / 1000} seconds`), patienceMillis)
    const take = (add: (text: string) => void) => (text: string) => {
      add(text)
      if (output.length + errors.length > mostOutput) end("it says too much")
    }
    child.stdout.setEncoding("utf8").on("data", take((text) => output += text))
    child.stderr.setEncoding("utf8").on("data", take((text) => errors += text))
    // It need not read what it is given.
    child.stdin.on("error", () => {})
    child.stdin.end(input ?? "")
    child.on("error", ({ message }) => end(message))
    child.on("close", (status) => {
      clearTimeout(timer)
      resume(Effect.succeed({ status: why === undefined ? status : null, output, errors: why ?? errors }))
    })
    return Effect.sync(() => {
      clearTimeout(timer)
      child.kill("SIGKILL")
    })
  })
