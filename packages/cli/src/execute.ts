import { Cause, Effect, Layer, Option } from "effect"
import { isatty } from "node:tty"
import { ApiClient } from "./client/ApiClient.ts"
import { AuthClient } from "./client/AuthClient.ts"
import { configDirectoryOf } from "./client/ConfigDirectory.ts"
import { Credentials } from "./client/Credentials.ts"
import { accountNames } from "./client/CredentialsFile.ts"
import { type ApiError, failureOf } from "./client/HttpFailure.ts"
import { HttpTransport } from "./client/HttpTransport.ts"
import { lastService } from "./client/LastServiceFile.ts"
import { TokenSource } from "./client/TokenSource.ts"
import type { Verb, VerbError } from "./commandLine/Verb.ts"
import { completedFor, outdateCompletions } from "./completion/AfterChange.ts"
import { configIn } from "./config/ConfigInUse.ts"
import type { Config } from "./config/ConfigKeys.ts"
import { configuredEnvironment, configuredOptions } from "./config/Configured.ts"
import { ExitCode } from "./failures/ExitCode.ts"
import { Failure, queuedCode } from "./failures/Failure.ts"
import { unexpected } from "./failures/FailureReport.ts"
import { Offline } from "./offline/Offline.ts"
import { tellWithout } from "./offline/Told.ts"
import { AlreadyReported } from "./refs/ForEach.ts"
import { type GlobalOptions, Settings, settingsFrom } from "./Settings.ts"
import { columnsOfStderr, renderFailure } from "./terminal/FailureText.ts"
import { Output } from "./terminal/Output.ts"
import { printableLines } from "./terminal/TerminalText.ts"

/** All services but the settings, which tell them how to behave. */
export const services = ApiClient.layer.pipe(
  Layer.provide(TokenSource.layer),
  Layer.provideMerge(Offline.layer),
  Layer.provideMerge(AuthClient.layer),
  Layer.provideMerge(HttpTransport),
  Layer.provideMerge(Layer.mergeAll(Credentials.layer, Output.layer))
)

/** Reports on stderr why a command ended early, unless that was done already. Answers the exit code. */
const report = (cause: Cause.Cause<Failure | AlreadyReported>, { json, ndjson }: GlobalOptions): ExitCode => {
  if (process.env.TODO_DEBUG === "1") process.stderr.write(`${printableLines(Cause.pretty(cause))}\n`)
  const error = Option.getOrElse(Cause.findErrorOption(cause), () => unexpected(Cause.squash(cause)))
  if (!(error instanceof AlreadyReported)) {
    process.stderr.write(renderFailure(error, { json: json || ndjson, columns: columnsOfStderr() }))
  }
  return error.exitCode
}

/** What waits in the queue has not failed. */
const isQueued = (error: Failure | AlreadyReported): boolean => error instanceof Failure && error.code === queuedCode

const isApiError = (error: VerbError): error is ApiError => !(error instanceof AlreadyReported)

/** What a verb has changed is completed anew. */
const afterwards = (verb: Verb, settings: Settings["Service"]): void => {
  if (verb.hintsOnLostResult.length > 0) outdateCompletions(completedFor(settings), process.stdout.isTTY)
}

/** The verb of a name such as `tasks.add`, with its work. */
const verbNamed = async (name: string): Promise<Verb> => {
  const [noun = "", verb = ""] = name.split(".")
  const { everyday } = await import("./everyday.ts")
  const { verbs } = everyday[noun] ?? (await import("./nouns.ts")).nouns[noun]!
  return verbs[verb]!
}

/** What is configured; what mends that, and what tells about it, does without it where it cannot be read. */
const configFor = (verb: string, configDirectory: string): Effect.Effect<Config, Failure> => {
  const config = configIn(configDirectory)
  return /^(?:completion|config|diagnosis|guide)\./.test(verb) ? Effect.orElseSucceed(config, () => ({})) : config
}

/** Runs a verb with the services it needs, and reports how it went. Answers the exit code. */
export const execute = (verb: string, input: unknown, typed: GlobalOptions): Promise<ExitCode> => {
  const configDirectory = configDirectoryOf(process.env)
  let options = typed
  return Effect.gen(function*() {
    const config = yield* configFor(verb, configDirectory)
    options = configuredOptions(typed, config)
    const settings = yield* settingsFrom(options, {
      env: configuredEnvironment(process.env, config),
      stdout: process.stdout,
      stderr: process.stderr,
      configDirectory,
      lastService: () => lastService(configDirectory),
      accounts: () => accountNames(configDirectory),
      listDefaults: config.list,
      // Unlike `process.stdin.isTTY`, this does not open stdin.
      hasPerson: () => isatty(0) && isatty(2)
    })
    const found = yield* Effect.promise(() => verbNamed(verb))
    // The command of the same file made the input: `Dispatch` says that it fits.
    return yield* found.run(input as never).pipe(
      Effect.catchIf(isApiError, (error) => Effect.flip(failureOf(error, settings))),
      Effect.tap(() => Effect.sync(() => afterwards(found, settings))),
      Effect.catchIf(isQueued, () => Effect.void),
      Effect.onExit(() => tellWithout),
      Effect.andThen(Effect.map(Output, ({ exitCode }) => exitCode())),
      Effect.provide(services),
      Effect.provideService(Settings, settings)
    )
  }).pipe(
    Effect.catchCause((cause) => Effect.sync(() => report(cause, options))),
    Effect.runPromise
  )
}
