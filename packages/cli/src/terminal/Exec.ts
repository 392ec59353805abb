import { Effect } from "effect"
import { type ChildProcess, spawn } from "node:child_process"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"

/** So long a command may take to end when it is told to. */
const patienceMillis = 5000

const failed = (message: string): Failure =>
  new Failure({ exitCode: ExitCode.unexpected, code: "exec_failed", message, status: null, hints: [] })

const isWindows = process.platform === "win32"

/** Tells a command and all that it has started to end; they are a process group. */
const end = ({ pid = 0 }: ChildProcess, signal: NodeJS.Signals): void => {
  try {
    process.kill(isWindows ? pid : -pid, signal)
  } catch {
    // It has ended by itself.
  }
}

/**
 * Runs a command line in the shell, with a text on its stdin, and waits for its end; what it prints goes where this
 * process's output goes. Nothing of the text is in the command line, so that nothing of it is read as one. Fails where it
 * does not end with 0. When it is interrupted, so is the command, with what it has started.
 */
export const execInShell = (command: string, input: string): Effect.Effect<void, Failure> =>
  Effect.callback<void, Failure>((resume) => {
    const child = spawn(command, { detached: !isWindows, shell: true, stdio: ["pipe", "inherit", "inherit"] })
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()))
    child.once("error", ({ message }) => resume(Effect.fail(failed(`The command could not be run: ${message}`))))
    child.once("exit", (status, signal) => {
      if (status === 0) return resume(Effect.void)
      const how = status === null ? `was ended by ${signal}` : `ended with status ${status}`
      resume(Effect.fail(failed(`The command ${how}`)))
    })
    // It need not read what it is given.
    child.stdin.on("error", () => {})
    child.stdin.end(input)
    return Effect.promise(async () => {
      end(child, "SIGTERM")
      const timer = setTimeout(() => end(child, "SIGKILL"), patienceMillis)
      await ended
      clearTimeout(timer)
    })
  })
