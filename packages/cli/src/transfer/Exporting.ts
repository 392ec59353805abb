import { Effect } from "effect"
import { openAtomically, targetOf } from "../client/AtomicFile.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Output } from "../terminal/Output.ts"
import { type NounOfDocument, nouns } from "./Document.ts"
import { eachPart, everything } from "./Everything.ts"
import { type ForeignFormat, writers } from "./formats/Writers.ts"

export type ExportFormat = "todo" | ForeignFormat

type Noun = NounOfDocument

/** Where an export goes: text by text. */
type Write = (text: string) => Effect.Effect<void, Failure>

/** Writes the document as its parts come: not all of it is in memory. A noun begins where its first thing comes. */
const writeDocument = Effect.fnUntraced(function*(write: Write) {
  const counts: Record<Noun, number> = { projects: 0, tags: 0, views: 0, tasks: 0, comments: 0 }
  let open: Noun | undefined
  let begun = false
  yield* eachPart((part) =>
    Effect.gen(function*() {
      if (!begun) {
        const { exportedAt, format, version } = part
        yield* write(JSON.stringify({ format, version, exportedAt }, null, 1).slice(0, -2))
        begun = true
      }
      // In the order in which the service reads them: each noun is in parts that follow each other.
      for (const noun of nouns.toReversed()) {
        if (part[noun].length === 0) continue
        const things = part[noun].map((thing) => `\n  ${JSON.stringify(thing)}`).join(",")
        yield* write(
          noun === open ? `,${things}` : `${open === undefined ? "" : "\n ]"},\n ${JSON.stringify(noun)}: [${things}`
        )
        open = noun
        counts[noun] += part[noun].length
      }
    })
  )
  yield* write(`${open === undefined ? "" : "\n ]"}\n}\n`)
  return { counts, notes: [] as ReadonlyArray<string> }
})

/** Everything at once, for formats that name a task's project with it. */
const writeForeign = Effect.fnUntraced(function*(write: Write, format: ForeignFormat) {
  const all = yield* everything
  const { notes, text } = yield* writers[format](all)
  yield* write(text)
  const counts = Object.fromEntries(nouns.map((noun) => [noun, all[noun].length])) as Record<Noun, number>
  return { counts, notes }
})

const fileFailure = (file: string) => (cause: unknown) =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "file",
    message: `${file} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    status: null,
    hints: [],
    cause
  })

/** Exports to stdout, or to a file that only the user may read, which is there as a whole or not at all. */
export const exportedTo = Effect.fnUntraced(function*(file: string | undefined, format: ExportFormat) {
  const writeAll = (write: Write) => format === "todo" ? writeDocument(write) : writeForeign(write, format)
  if (file === undefined) {
    const output = yield* Output
    return yield* writeAll((text) => output.raw(text))
  }
  const attempt = <A>(evaluate: () => A) => Effect.try({ try: evaluate, catch: fileFailure(file) })
  return yield* Effect.acquireUseRelease(
    attempt(() => openAtomically(targetOf(file), 0o600)),
    (opened) =>
      Effect.gen(function*() {
        const done = yield* writeAll((text) => attempt(() => opened.write(text)))
        yield* attempt(() => opened.commit())
        return done
      }),
    (opened) => Effect.sync(() => opened.close())
  )
})
