import { ExitCode } from "../failures/ExitCode.ts"
import { renderFailure } from "./FailureText.ts"

/**
 * Makes a command and its exit code the same whoever reads its streams. Who stops reading a pipe, as `head` does, has had
 * what they wanted, and nobody has to read stderr. A result that cannot be written, as on a full disk, is told there, and
 * is the failure that decides the exit code when there was none before.
 */
export const outliveReaders = (options: {
  readonly json: boolean
  /** What to say below it when a result could not be written. */
  readonly hintsOnLoss: () => ReadonlyArray<string>
}): void => {
  let isLost = false
  process.stderr.on("error", () => {})
  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || isLost) return
    isLost = true
    process.stderr.write(
      renderFailure({
        exitCode: ExitCode.unexpected,
        code: "output_failed",
        message: `The result could not be written: ${code === "ENOSPC" ? "no space is left" : message}`,
        status: null,
        hints: options.hintsOnLoss()
      }, options)
    )
    process.once("exit", () => {
      process.exitCode ||= ExitCode.unexpected
    })
  })
}
