import { Context, Effect, Layer, Result, Schema } from "effect"
import { join } from "node:path"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, notSignedIn } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { targetOf, withLock, writeAtomically } from "./AtomicFile.ts"
import { makeFolder } from "./MakeFolder.ts"
import { OthersFile, privateMode, readPrivateFile } from "./PrivateFile.ts"

/** What is kept for one service. */
export const Entry = Schema.Struct({
  sessionToken: Schema.String,
  /** Without an id where an earlier release has kept it. */
  user: Schema.Struct({ id: Schema.optionalKey(Schema.String), name: Schema.String, email: Schema.String }),
  jwt: Schema.NullOr(Schema.String),
  /** Seconds since 1970, as the `exp` claim has it. */
  jwtExpiresAt: Schema.NullOr(Schema.Finite)
})
export interface Entry extends Schema.Schema.Type<typeof Entry> {}

/** The file: an entry for each base URL. */
const Entries = Schema.fromJsonString(Schema.Record(Schema.String, Entry))
type Entries = typeof Entries.Type

const decodeEntries = Schema.decodeUnknownResult(Entries)
const encodeEntries = Schema.encodeSync(Schema.Record(Schema.String, Entry))

const noEntries: Effect.Effect<Entries> = Effect.succeed({})

/** Nobody but its user lists it. */
const directoryMode = 0o700

/** The sessions this user has, kept in a file that other `todo` processes may read and change at the same time. */
export class Credentials extends Context.Service<Credentials, {
  /** The entry of the service in use, if there is one. */
  readonly get: Effect.Effect<Entry | undefined, Failure>
  /** The same. Without one it fails (exit code 4), and names the services that have one. */
  readonly required: Effect.Effect<Entry, Failure>
  /** Fails where an entry could not be replaced: for what is of no use unless it is kept, before the service is asked. */
  readonly writable: Effect.Effect<void, Failure>
  /** Replaces that entry by what `change` makes of it; undefined removes it. Other entries stay as they are. */
  update(change: (entry: Entry | undefined) => Entry | undefined): Effect.Effect<void, Failure>
}>()("todo/cli/Credentials") {
  static readonly layer = Layer.effect(
    Credentials,
    Effect.gen(function*() {
      const { apiUrl, configDirectory, timeoutSeconds } = yield* Settings
      const path = join(configDirectory, "credentials.json")

      const failed = (cause: unknown) =>
        new Failure({
          exitCode: ExitCode.unexpected,
          code: "credentials_unavailable",
          message: `Cannot use ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
          status: null,
          hints: ["Set TODO_CONFIG_DIR to a directory that you can write to."],
          cause
        })

      const notAFile = new Failure({
        exitCode: ExitCode.unexpected,
        code: "credentials_unavailable",
        message: `${path} is a directory, and has to be a file`,
        status: null,
        hints: ["Remove it, or set TODO_CONFIG_DIR to another directory."]
      })

      const output = yield* Output
      let told: string | undefined
      // A command reads it more than once.
      const tell = (warning: string | undefined) => {
        if (warning === undefined || warning === told) return Effect.void
        told = warning
        return output.note(warning)
      }

      const read = Effect.try({
        try: () => readPrivateFile(path),
        catch: (cause) => {
          if (cause instanceof OthersFile) return othersCredentials(cause)
          return cause instanceof Error && "code" in cause && cause.code === "EISDIR" ? notAFile : failed(cause)
        }
      }).pipe(
        Effect.tap((file) => tell(file?.warning)),
        Effect.flatMap((file) => file === undefined ? noEntries : parse(path, file.text))
      )

      const attempt = <A>(work: () => A) => Effect.try({ try: work, catch: failed })

      const write = (file: string, entries: Entries) =>
        attempt(() => writeAtomically(file, `${JSON.stringify(encodeEntries(entries), null, 2)}\n`, privateMode))

      const alone = Effect.fnUntraced(
        function*(work: (file: string, entries: Entries) => Effect.Effect<void, Failure>) {
          yield* attempt(() => makeFolder(configDirectory, directoryMode))
          const file = yield* attempt(() => targetOf(path))
          yield* read.pipe(
            Effect.flatMap((entries) => work(file, entries)),
            withLock({ path: `${file}.lock`, patienceSeconds: timeoutSeconds, onError: failed })
          )
        }
      )

      return Credentials.of({
        get: Effect.map(read, (entries) => entries[apiUrl]),
        required: Effect.flatMap(
          read,
          ({ [apiUrl]: entry, ...others }) =>
            entry === undefined ? Effect.fail(notSignedIn(apiUrl, Object.keys(others))) : Effect.succeed(entry)
        ),
        // The lock is a file beside it, and so is what takes its place.
        writable: alone(() => Effect.void),
        update: (change) =>
          alone((file, { [apiUrl]: entry, ...others }) => {
            const changed = change(entry)
            return write(file, changed === undefined ? others : { ...others, [apiUrl]: changed })
          })
      })
    })
  ).pipe(Layer.provide(Output.layer))
}

const othersCredentials = (cause: OthersFile): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "credentials_of_another",
    message: cause.message,
    status: null,
    hints: ["What it holds is not yours. Remove it, or set TODO_CONFIG_DIR to a directory of your own."],
    cause
  })

const parse = (path: string, text: string): Effect.Effect<Entries, Failure> => {
  const entries = decodeEntries(text)
  return Result.isSuccess(entries) ? Effect.succeed(entries.success) : Effect.fail(
    new Failure({
      exitCode: ExitCode.unexpected,
      code: "credentials_corrupt",
      message: `${path} is damaged: it does not hold credentials of todo`,
      status: null,
      hints: ["Remove the file and sign in again with `todo login`."],
      cause: entries.failure
    })
  )
}
