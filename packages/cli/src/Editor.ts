import { Effect } from "effect"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ExitCode } from "./ExitCode.ts"
import { Failure } from "./Failure.ts"
import { type ApiError, failureOf } from "./HttpFailure.ts"
import { Settings } from "./Settings.ts"

/** The user's editor, as git and others find it; it may have arguments. */
const editorCommand = (): string =>
  process.env.VISUAL || process.env.EDITOR || (process.platform === "win32" ? "notepad" : "vi")

/** Opens a file and waits until the editor is closed. Its screen is stderr's terminal: stdout may go elsewhere. */
const open = async (file: string): Promise<void> => {
  const { spawnSync } = await import("node:child_process")
  const editor = editorCommand()
  const stdio = ["inherit", 2, "inherit"] as const
  const { error, status } = process.platform === "win32"
    ? spawnSync(`${editor} "${file}"`, { shell: true, stdio: [...stdio] })
    : spawnSync("sh", ["-c", `${editor} "$@"`, editor, file], { stdio: [...stdio] })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`The editor (${editor}) ended with status ${status}`)
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

/**
 * Lets the user edit a text, then saves it. When it cannot be saved, the file
 * stays and the failure says where, so that no work is lost.
 */
export const editInEditor = Effect.fn("editInEditor")(function*<A, R>(
  name: string,
  text: string,
  save: (edited: string) => Effect.Effect<A, ApiError, R>
): Effect.fn.Return<A, Failure, R | Settings> {
  const { apiUrl } = yield* Settings
  const directory = yield* Effect.try({ try: () => mkdtempSync(join(tmpdir(), "todo-")), catch: failed })
  const file = join(directory, name)
  const edited = yield* Effect.tryPromise({
    try: async () => {
      writeFileSync(file, text, { mode: 0o600 })
      await open(file)
      return readFileSync(file, "utf8")
    },
    catch: failed
  })
  const saved = yield* save(edited).pipe(
    Effect.catch((error) => Effect.flip(failureOf(error, apiUrl))),
    Effect.mapError((failure) =>
      new Failure({ ...failure, message: failure.message, hints: [...failure.hints, `Your text is in ${file}.`] })
    )
  )
  yield* Effect.sync(() => rmSync(directory, { recursive: true, force: true }))
  return saved
})
