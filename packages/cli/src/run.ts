import { CommanderError } from "@commander-js/extra-typings"
import { undecodable } from "./commandLine/Arguments.ts"
import { commandAt } from "./commandLine/CommandAt.ts"
import { commandNames } from "./commandLine/CommandNames.ts"
import { asksForJson, notUtf8, usageError } from "./commandLine/UsageError.ts"
import type { Verb } from "./commandLine/Verb.ts"
import { isShell } from "./completion/Shells.ts"
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

/** Answers the script of a shell that completes a command line, where that is what was asked. */
const completes = async (): Promise<boolean> => {
  const [, , asked, shell, ...args] = process.argv
  if (asked !== "complete" || !isShell(shell)) return false
  const { answer } = await import("./completion/Answer.ts")
  process.stdout.write(answer({ program, env: process.env, shell, args }))
  return true
}

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

const failure = await completes() ? undefined : await run()
if (failure !== undefined) {
  process.stderr.write(renderFailure(failure, { json }))
  process.exitCode = failure.exitCode
}
