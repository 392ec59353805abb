import { CommanderError } from "@commander-js/extra-typings"
import { undecodable } from "./commandLine/Arguments.ts"
import { asksForJson, notUtf8, usageError } from "./commandLine/UsageError.ts"
import type { Verb } from "./commandLine/Verb.ts"
import { type FailureReport, unexpected } from "./failures/FailureReport.ts"
import { verbNamed } from "./nouns.ts"
import { makeProgram } from "./program.ts"
import { renderFailure } from "./terminal/FailureText.ts"
import { outliveReaders } from "./terminal/StandardStreams.ts"

const json = asksForJson(process.argv)
let running: Verb | undefined
outliveReaders({ json, hintsOnLoss: () => running?.hintsOnLostResult ?? [] })

const program = makeProgram(async (name, input, options) => {
  running = verbNamed(name)
  // All that talks to the service is loaded only now: `--help` and `--version` answer at once.
  const { execute } = await import("./execute.ts")
  process.exitCode = await execute(name, input, options)
})

/** Runs the command line. Answers why it could not be run, if it could not. */
const run = async (): Promise<FailureReport | undefined> => {
  const argument = undecodable(process.argv)
  if (argument !== undefined) return notUtf8(argument)
  try {
    await program.parseAsync()
    return undefined
  } catch (error) {
    return error instanceof CommanderError ? usageError(error) : unexpected(error)
  }
}

const failure = await run()
if (failure !== undefined) {
  process.stderr.write(renderFailure(failure, { json }))
  process.exitCode = failure.exitCode
}
