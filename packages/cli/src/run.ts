import { CommanderError } from "@commander-js/extra-typings"
import { undecodable } from "./commandLine/Arguments.ts"
import { commandAt } from "./commandLine/CommandAt.ts"
import { commandNames } from "./commandLine/CommandNames.ts"
import { asksForJson, notUtf8, usageError } from "./commandLine/UsageError.ts"
import type { Verb } from "./commandLine/Verb.ts"
import { type FailureReport, unexpected } from "./failures/FailureReport.ts"
import { verbNamed } from "./nouns.ts"
import { makeProgram } from "./program.ts"
import { columnsOfStderr, renderFailure } from "./terminal/FailureText.ts"
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

/** The command line with what an alias stands for in its place; where there is none, what is configured is not read. */
const withoutAliases = async (args: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const commands = commandNames(program)
  const word = args[commandAt(args)]
  if (word === undefined || commands.includes(word)) return args
  const { resolveAlias } = await import("./config/ResolvedAlias.ts")
  return resolveAlias(args, commands, process.env)
}

/** Runs the command line. Answers why it could not be run, if it could not. */
const run = async (): Promise<FailureReport | undefined> => {
  const argument = undecodable(process.argv)
  if (argument !== undefined) return notUtf8(argument)
  try {
    await program.parseAsync(await withoutAliases(process.argv.slice(2)), { from: "user" })
    return undefined
  } catch (error) {
    return error instanceof CommanderError ? usageError(error) : unexpected(error)
  }
}

const failure = await run()
if (failure !== undefined) {
  process.stderr.write(renderFailure(failure, { json, columns: columnsOfStderr() }))
  process.exitCode = failure.exitCode
}
