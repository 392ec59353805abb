import { Effect } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { type Installation, installationFor, usedShell } from "./Installation.ts"
import { type FileChange, NotOurs } from "./InstalledFile.ts"
import { type Shell, shells } from "./Shells.ts"

/** The shell that was named, or that of the user. */
export const chosenShell = Effect.fnUntraced(function*(named: Shell | undefined) {
  const shell = named ?? usedShell(process.env)
  return shell ?? (yield* usage("SHELL names none that can be completed", `Name one: ${shells.join(", ")}`))
})

/** Changes files of the shell's, and fails where that cannot be. */
export const changeFiles = (
  shell: Shell,
  change: (installation: Installation) => ReadonlyArray<FileChange>
): Effect.Effect<ReadonlyArray<FileChange>, Failure> =>
  Effect.try({
    try: () => change(installationFor(shell, process.env)),
    catch: (cause) =>
      new Failure({
        exitCode: cause instanceof NotOurs ? ExitCode.conflict : ExitCode.unexpected,
        code: cause instanceof NotOurs ? "not_ours" : "completion_unavailable",
        message: cause instanceof Error ? cause.message : String(cause),
        status: null,
        hints: [
          cause instanceof NotOurs
            ? "Move it away, and run this again."
            : `\`todo completion ${shell}\` prints the script: put it where your shell reads it.`
        ],
        cause
      })
  })

const said: Readonly<Record<FileChange["change"], string>> = {
  written: "Written",
  unchanged: "As it was",
  removed: "Removed",
  absent: "Not there"
}

/** Says what became of each file, and what to do now. */
export const printChanges = Effect.fnUntraced(function*(
  shell: Shell,
  files: ReadonlyArray<FileChange>,
  next: string
) {
  const output = yield* Output
  yield* output.result({
    json: () => ({ shell, files }),
    quiet: () => files.map(({ path }) => printable(path)),
    human: () => files.map(({ change, path }) => `${said[change]}  ${printable(path)}`)
  })
  if (files.some(({ change }) => change === "written" || change === "removed")) yield* output.note(next)
})
