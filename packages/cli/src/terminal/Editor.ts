import { Effect } from "effect"
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { decodeUtf8 } from "./Utf8.ts"

/** The user's editor, as git and others find it; it may have arguments. */
const editorCommand = (): string =>
  process.env.VISUAL || process.env.EDITOR || (process.platform === "win32" ? "notepad" : "vi")

/** How an editor ended that did not end well: undefined where it did. */
const troubleOf = (editor: string, status: number | null, signal: string | null): string | undefined => {
  if (status === 0) return undefined
  return `The editor (${editor}) ${status === null ? `was ended by ${signal}` : `ended with status ${status}`}`
}

/** Opens a file and waits until the editor is closed. Its screen is stderr's terminal: stdout may go elsewhere. */
const open = async (file: string): Promise<void> => {
  const { spawnSync } = await import("node:child_process")
  const editor = editorCommand()
  const stdio = ["inherit", 2, "inherit"] as const
  const { error, signal, status } = process.platform === "win32"
    ? spawnSync(`${editor} "${file}"`, { shell: true, stdio: [...stdio] })
    : spawnSync("sh", ["-c", `${editor} "$@"`, editor, file], { stdio: [...stdio] })
  if (error !== undefined) throw error
  const trouble = troubleOf(editor, status, signal)
  if (trouble !== undefined) throw new Error(trouble)
}

const failed = (cause: unknown): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "editor_failed",
    message: cause instanceof Error ? cause.message : String(cause),
    status: null,
    hints: ["Set VISUAL or EDITOR to your editor, or use --title and --description."],
    cause
  })

/** The editor ran: it is not for want of another. */
const leftNone = (): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "editor_failed",
    message: `The editor (${editorCommand()}) left no file: nothing is changed`,
    status: null,
    hints: []
  })

const notUtf8: Failure = usage("What the editor saved is not UTF-8", "Have it save UTF-8.")

/** Whether a file is as it was written, or gone: nothing of the user's is in it. */
const isUntouched = (file: string, text: string): boolean => {
  try {
    return readFileSync(file, "utf8") === text
  } catch {
    return true
  }
}

/**
 * Lets the user edit a text, then saves it. Whatever comes in between, the file
 * stays when there is work in it, and the failure says where.
 */
export const editInEditor = Effect.fn("editInEditor")(function*<A, R>(
  name: string,
  text: string,
  save: (edited: string) => Effect.Effect<A, Failure, R>
): Effect.fn.Return<A, Failure, R> {
  const directory = yield* Effect.try({ try: () => mkdtempSync(join(tmpdir(), "todo-")), catch: failed })
  const file = join(directory, name)
  const remove = () => rmSync(directory, { recursive: true, force: true })
  const saved = yield* Effect.tryPromise({
    try: async () => {
      writeFileSync(file, text, { mode: 0o600 })
      await open(file)
      return statSync(file, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(file)
    },
    catch: failed
  }).pipe(
    Effect.flatMap((bytes) => bytes === undefined ? Effect.fail(leftNone()) : Effect.succeed(decodeUtf8(bytes))),
    Effect.flatMap((edited) => edited === undefined ? Effect.fail(notUtf8) : save(edited)),
    Effect.mapError((failure) => {
      if (isUntouched(file, text)) {
        remove()
        return failure
      }
      return new Failure({
        ...failure,
        message: failure.message,
        hints: [...failure.hints, `Your text is in ${file}.`]
      })
    })
  )
  yield* Effect.sync(remove)
  return saved
})
