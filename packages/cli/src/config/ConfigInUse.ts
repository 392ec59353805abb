import { Effect } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { ConfigProblem, readConfig } from "./ConfigFile.ts"
import type { Config } from "./ConfigKeys.ts"

/** How what went wrong with the file is told. */
export const configFailure = (cause: unknown): Failure =>
  new Failure({
    exitCode: cause instanceof ConfigProblem ? ExitCode.usage : ExitCode.unexpected,
    code: cause instanceof ConfigProblem ? "config_invalid" : "config_unavailable",
    message: cause instanceof Error ? cause.message : String(cause),
    status: null,
    hints: cause instanceof ConfigProblem ? cause.hints : ["Set TODO_CONFIG_DIR to a directory of your own."],
    cause
  })

/** What is configured on this machine. */
export const configIn = (configDirectory: string): Effect.Effect<Config, Failure> =>
  Effect.try({ try: () => readConfig(configDirectory), catch: configFailure })
