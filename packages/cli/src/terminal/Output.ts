import { Context, Effect, Layer } from "effect"
import type { FailureReport } from "../failures/FailureReport.ts"
import { Settings } from "../Settings.ts"
import { renderFailure } from "./FailureText.ts"
import { printable, printableJson } from "./TerminalText.ts"

/** One result in each form that a user may have asked for; only that one is made. */
export interface Result {
  readonly json: () => unknown
  /** For `--quiet`: numbers or ids, a line each. */
  readonly quiet: () => ReadonlyArray<string>
  /** Lines for people; what others wrote in them must be printable already. */
  readonly human: () => ReadonlyArray<string>
}

/** stdout takes the result and nothing else; stderr is for people. */
export class Output extends Context.Service<Output, {
  /** Waits where whoever reads is behind. */
  result(result: Result): Effect.Effect<void>
  /** What somebody has to do now, for the command to go on: never silent. */
  instruction(lines: ReadonlyArray<string>): Effect.Effect<void>
  /** A remark for people: silent with `--json` and `--quiet`. */
  note(text: string): Effect.Effect<void>
  failure(report: FailureReport): Effect.Effect<void>
}>()("todo/cli/Output") {
  static readonly layer = Layer.effect(
    Output,
    Effect.gen(function*() {
      const { json, quiet } = yield* Settings
      const linesOf = (result: Result): ReadonlyArray<string> => {
        if (json) return [printableJson(result.json())]
        return quiet ? result.quiet() : result.human()
      }
      return Output.of({
        result: (result) =>
          Effect.callback<void>((resume) => {
            const text = linesOf(result).map((line) => `${line}\n`).join("")
            if (text === "") return resume(Effect.void)
            // A failure to write is for `outliveReaders` to tell.
            if (process.stdout.write(text, () => resume(Effect.void))) resume(Effect.void)
          }),
        instruction: (lines) =>
          Effect.sync(() => {
            process.stderr.write(lines.map((line) => `${printable(line)}\n`).join(""))
          }),
        note: (text) =>
          Effect.sync(() => {
            if (!json && !quiet) process.stderr.write(`${printable(text)}\n`)
          }),
        failure: (report) =>
          Effect.sync(() => {
            process.stderr.write(renderFailure(report, { json }))
          })
      })
    })
  )
}
