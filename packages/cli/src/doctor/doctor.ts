import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { commandNames } from "../commandLine/CommandNames.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { AlreadyReported } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { exitCodeOf, type Finding } from "./Check.ts"
import { configFindings, credentialsFileFindings, folderFindings } from "./FileChecks.ts"
import { findingLines } from "./FindingLines.ts"
import { completionFinding, nodeFinding, terminalFindings } from "./MachineChecks.ts"
import { accountFindings, serviceFindings, versionFinding, wayFindings } from "./ServiceChecks.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("doctor")
    .description(withExamples(
      "Check that all is well here, and say what to do",
      "todo doctor",
      "todo doctor --json"
    ))
    .action(() => dispatch({ commands: commandNames(parent) }))

export const hintsOnLostResult = []

export const run = Effect.fn("doctor.doctor")(function*({ commands }: { readonly commands: ReadonlyArray<string> }) {
  const { apiUrl, color, configDirectory } = yield* Settings
  const output = yield* Output
  // Before they are read, which closes them.
  const files = credentialsFileFindings(configDirectory)
  const service = yield* serviceFindings()
  const isThere = service.every(({ status }) => status !== "fail")
  const findings: ReadonlyArray<Finding> = [
    nodeFinding(process.versions.node),
    ...folderFindings(configDirectory),
    ...configFindings(configDirectory, commands),
    ...wayFindings(apiUrl, process.env),
    ...service,
    ...isThere ? [yield* versionFinding] : [],
    ...files,
    // Nobody to ask who is signed in.
    ...isThere ? yield* accountFindings() : [],
    ...terminalFindings(process.env, process.stdout, color),
    completionFinding(process.env)
  ]
  yield* output.result({
    json: () => findings,
    quiet: () => findings.filter(({ status }) => status !== "ok").map(({ check }) => check),
    human: () => findingLines(findings, color)
  })
  const exitCode = exitCodeOf(findings)
  if (exitCode !== 0) return yield* new AlreadyReported({ exitCode })
})
