import { Effect, Result, Schema } from "effect"
import { join } from "node:path"
import { type AccountName, accountsIn, Entries } from "../accounts/StoredAccounts.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { targetOf, withLock, writeAtomically } from "./AtomicFile.ts"
import { makeFolder } from "./MakeFolder.ts"
import { OthersFile, peekPrivateFile, privateMode, readPrivateFile } from "./PrivateFile.ts"

const decodeEntries = Schema.decodeUnknownResult(Schema.fromJsonString(Entries))
const encodeEntries = Schema.encodeSync(Entries)

/** Nobody but its user lists it. */
const directoryMode = 0o700

const pathIn = (configDirectory: string): string => join(configDirectory, "credentials.json")

/** The accounts of a file, where it can be read, for somebody to name one of them; what is wrong with it is told when it is used. */
export const accountNames = (configDirectory: string): ReadonlyArray<AccountName & { readonly name: string }> => {
  try {
    const entries = decodeEntries(peekPrivateFile(pathIn(configDirectory)) ?? "{}")
    if (Result.isFailure(entries)) return []
    return accountsIn(entries.success).map(({ apiUrl, email, entry }) => ({ apiUrl, email, name: entry.user.name }))
  } catch {
    return []
  }
}

/** The file with the accounts of this user, which other `todo` processes may read and change at the same time. */
export const credentialsFile = Effect.gen(function*() {
  const { configDirectory, json, quiet, timeoutSeconds } = yield* Settings
  const path = pathIn(configDirectory)

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
    // It is closed to others where somebody is told that it was open.
    try: () => {
      if (!json && !quiet) return readPrivateFile(path)
      const text = peekPrivateFile(path)
      return text === undefined ? undefined : { text, warning: undefined }
    },
    catch: (cause) => {
      if (cause instanceof OthersFile) return othersCredentials(cause)
      return cause instanceof Error && "code" in cause && cause.code === "EISDIR" ? notAFile : failed(cause)
    }
  }).pipe(
    Effect.tap((file) => tell(file?.warning)),
    Effect.flatMap((file): Effect.Effect<Entries, Failure> =>
      file === undefined ? Effect.succeed({}) : parse(path, file.text)
    )
  )

  const attempt = <A>(work: () => A) => Effect.try({ try: work, catch: failed })

  return {
    read,
    /** Replaces what is there by what `change` makes of it, alone among all processes; undefined leaves it as it is. */
    change: Effect.fnUntraced(function*(change: (entries: Entries) => Entries | undefined) {
      yield* attempt(() => makeFolder(configDirectory, directoryMode))
      const file = yield* attempt(() => targetOf(path))
      const work = Effect.flatMap(read, (entries) => {
        const changed = change(entries)
        if (changed === undefined) return Effect.void
        const text = `${JSON.stringify(encodeEntries(changed), null, 2)}\n`
        return attempt(() => writeAtomically(file, text, privateMode))
      })
      yield* withLock({ path: `${file}.lock`, patienceSeconds: timeoutSeconds, onError: failed })(work)
    })
  }
})

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
