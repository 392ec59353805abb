import { CommanderError } from "@commander-js/extra-typings"
import { ExitCode } from "./ExitCode.ts"
import { renderFailure, unexpected } from "./FailureReport.ts"
import { makeProgram } from "./program.ts"
import { asksForJson, usageError } from "./UsageError.ts"

// The reader of a pipe may stop reading, as `head` does: there is nobody left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? undefined : ExitCode.unexpected)
  })
}

const program = makeProgram(async (name, input, options) => {
  // All that talks to the service is loaded only now: `--help` and `--version` answer at once.
  const { execute } = await import("./execute.ts")
  process.exitCode = await execute(name, input, options)
})

try {
  await program.parseAsync()
} catch (error) {
  const failure = error instanceof CommanderError ? usageError(error) : unexpected(error)
  if (failure !== undefined) {
    process.stderr.write(renderFailure(failure, { json: asksForJson(process.argv) }))
    process.exitCode = failure.exitCode
  }
}
