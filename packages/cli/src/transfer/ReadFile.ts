import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { type Failure, usage } from "../failures/Failure.ts"
import { readAll } from "../terminal/StandardInput.ts"
import { decodeUtf8 } from "../terminal/Utf8.ts"
import { readers } from "./formats/Readers.ts"
import { sourceOf } from "./Recognised.ts"
import type { Source } from "./Sources.ts"

const fileText = (file: string): Effect.Effect<string, Failure> =>
  Effect.try({
    try: () => readFileSync(file),
    catch: (cause) => usage(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
  }).pipe(
    Effect.flatMap((bytes) => {
      const text = decodeUtf8(bytes)
      return text === undefined
        ? Effect.fail(usage(`${file} is not UTF-8`, "Save it as UTF-8, as with `iconv -f latin1 -t utf-8`."))
        : Effect.succeed(text)
    })
  )

/** Reads what is to be imported, of whatever program. Fails (exit code 2) with the line that cannot be read. */
export const readFileToImport = Effect.fnUntraced(function*(file: string, from: Source | undefined) {
  const text = file === "-" ? yield* readAll : yield* fileText(file)
  const source = from ?? sourceOf(text, file)
  if (source === undefined) {
    return yield* usage(
      `${file === "-" ? "What came in on stdin" : file} is no file that is known by its content`,
      "--from says what wrote it: todo, taskwarrior, todoist or todotxt."
    )
  }
  return yield* readers[source](text, file)
})
