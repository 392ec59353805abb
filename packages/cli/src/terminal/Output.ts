import { Context, Effect, Layer } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { usage } from "../failures/Failure.ts"
import type { FailureReport } from "../failures/FailureReport.ts"
import { Settings } from "../Settings.ts"
import { columnsOfStderr, renderFailure } from "./FailureText.ts"
import { linesIn, unknownIn, valuesOf } from "./FormattedLines.ts"
import { showInPager } from "./Pager.ts"
import { asciiSigns } from "./Signs.ts"
import { printable } from "./TerminalText.ts"
import { wrapped } from "./TextWidth.ts"

/** One result in each form that a user may have asked for; only that one is made. */
export interface Result {
  readonly json: () => unknown
  /** For `--quiet`: numbers or ids, a line each. */
  readonly quiet: () => ReadonlyArray<string>
  /** Lines for people; what others wrote in them must be printable already. */
  readonly human: () => ReadonlyArray<string>
  /** Whether people look through it, where it is longer than their screen. */
  readonly isLookedThrough?: true
}

const textOf = (lines: ReadonlyArray<string>): string => lines.map((line) => `${line}\n`).join("")

/** Waits where whoever reads is behind. */
const writtenText = (text: string) =>
  Effect.callback<void>((resume) => {
    if (text === "") return resume(Effect.void)
    // A failure to write is for `outliveReaders` to tell.
    if (process.stdout.write(text, () => resume(Effect.void))) resume(Effect.void)
  })

const written = (lines: ReadonlyArray<string>) => writtenText(textOf(lines))

/** stdout takes the result and nothing else; stderr is for people. */
export class Output extends Context.Service<Output, {
  /** Waits where whoever reads is behind. */
  result(result: Result): Effect.Effect<void>
  /** A result that is a file, as it is, or some of it. */
  raw(text: string): Effect.Effect<void>
  /** What somebody has to do now, for the command to go on: never silent. */
  instruction(lines: ReadonlyArray<string>): Effect.Effect<void>
  /** A remark for people: silent with `--json` and `--quiet`. */
  note(text: string): Effect.Effect<void>
  failure(report: FailureReport): Effect.Effect<void>
  /** That of a result which could not be printed as it was asked for. */
  readonly exitCode: () => ExitCode
}>()("todo/cli/Output") {
  static readonly layer = Layer.effect(
    Output,
    Effect.gen(function*() {
      const { ascii = false, columns, format, json, pager, quiet, rows = Infinity } = yield* Settings
      const shown = ascii ? asciiSigns : (text: string) => text
      const isJson = json && (format.kind === "json" || format.kind === "ndjson")
      let exitCode: ExitCode = ExitCode.done
      const sayUnknown = (names: ReadonlyArray<string>) => {
        exitCode = ExitCode.usage
        const failure = usage(`No member is called ${names.join(", ")}`, "`--json` shows all there are.")
        process.stderr.write(renderFailure(failure, { json: isJson, columns: columnsOfStderr() }))
      }
      return Output.of({
        result: Effect.fnUntraced(function*(result) {
          if (json) {
            const value = result.json()
            const unknown = unknownIn(valuesOf(value), format)
            // What is not as it was asked for would be taken for it.
            if (unknown.length > 0) return sayUnknown(unknown)
            return yield* written(linesIn(value, format))
          }
          const made = quiet ? result.quiet() : result.human()
          // Where it goes elsewhere it is as it is everywhere.
          const lines = ascii && columns !== undefined ? made.map(asciiSigns) : made
          const isPaged = pager !== undefined && !quiet && result.isLookedThrough && lines.length >= rows
          if (!(isPaged && (yield* showInPager(textOf(lines), pager)))) yield* written(lines)
        }),
        raw: writtenText,
        instruction: (lines) =>
          Effect.sync(() => {
            process.stderr.write(shown(lines.map((line) => `${printable(line)}\n`).join("")))
          }),
        note: (text) =>
          Effect.sync(() => {
            if (!json && !quiet) {
              process.stderr.write(shown(textOf(wrapped(printable(text), columnsOfStderr() ?? Infinity))))
            }
          }),
        exitCode: () => exitCode,
        failure: (report) =>
          Effect.sync(() => {
            process.stderr.write(renderFailure(report, { json: isJson, columns: columnsOfStderr() }))
          })
      })
    })
  )
}
